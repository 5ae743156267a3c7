import type { RankedPaper } from "#lib/editions/types.ts";
import type { PaperCard } from "#lib/papers/types.ts";

/** `xml` is Atom (RFC 4287), `json` is JSON Feed 1.1. */
export type FeedFormat = "xml" | "json";

/** A paper as a feed needs it: any card, with its place where it has one. */
export type FeedPaper = PaperCard & Partial<Pick<RankedPaper, "rank" | "score" | "reasons">>;

/** When a paper was printed here, and when its text changed last. */
export type FeedTimes = { printedAt: Temporal.Instant; changedAt: Temporal.Instant };

/** A list of papers that can be followed. */
export type FollowedList = {
  title: string;
  /** One sentence: what is in it. */
  subtitle: string;
  /** The page that shows the same list, as a path of ours: `/papers/trending`, `/papers?q=…`. */
  page: string;
  /** The feed's own path. */
  address: string;
  papers: readonly FeedPaper[];
  /** The papers most like each, by its id. */
  similar?: ReadonlyMap<string, readonly { id: string; title: string }[]>;
  /** The feed's time while it holds no paper. */
  emptyAt: Temporal.Instant;
};

/** Whose feed it is. */
export type FeedSite = {
  name: string;
  /** Scheme, host and port, no slash at the end. */
  origin: string;
  /** The beginning of every id (RFC 4151), e.g. `tag:papers.example.org,2026`. */
  ids: string;
};

/** A feed in neither format yet. Addresses are absolute, times RFC 3339, texts plain. */
export type Feed = {
  id: string;
  title: string;
  subtitle: string;
  pageUrl: string;
  feedUrl: string;
  siteName: string;
  siteUrl: string;
  updated: string;
  entries: FeedEntry[];
};

export type FeedEntry = {
  id: string;
  url: string;
  title: string;
  /** At most a hundred. */
  authors: string[];
  categories: string[];
  published: string;
  updated: string;
  /** The whole abstract as plain text. */
  text: string;
  html: string;
  arxivUrl: string;
  pdfUrl: string;
  /** Code, project. */
  related: { label: string; href: string }[];
  /** The papers most like it, by their plain titles. */
  similar: { title: string; href: string }[];
  rank: number | null;
  score: number | null;
  /** Why it is here, in words, with points. */
  reasons: string[];
};

/** What the picture says that is shown beside a link to a page of ours. Lengths are bounded, characters are the font's. */
export type LinkCardView = {
  siteName: string;
  /** A word above the title; may be empty. */
  kicker: string;
  title: string;
  lines: string[];
  foot: string;
};
