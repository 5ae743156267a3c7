import type { ChangedPart, PaperCard, PaperId, Reason, TextPart } from "#lib/papers/types.ts";

/** A paper in a list, with its place there. */
export type RankedPaper = PaperCard & {
  /** 1 is first. Null: a late arrival, shown below the frozen edition. */
  rank: number | null;
  score: number;
  reasons: Reason[];
};

/** One page of a list of papers. */
export type PaperPage = {
  papers: RankedPaper[];
  /** All papers of the list, late arrivals included. */
  total: number;
  /** 1 is the first page. */
  page: number;
  pages: number;
};

/** One day's edition as it is printed. Days are ISO dates, times ISO instants. */
export type Edition = PaperPage & {
  day: string;
  /** When the day closes or closed. */
  closesAt: string;
  /** Frozen: ranks and scores do not change any more. */
  frozen: boolean;
  sample: boolean;
  late: number;
  /** The nearest days that have papers. */
  previousDay: string | null;
  nextDay: string | null;
};

/** A paper as a list shows it. */
export type PaperView = Omit<PaperCard, "codeUrl" | "projectUrl"> & {
  /** For `<title>`, labels and links' names. */
  plainTitle: string;
  titleParts: TextPart[];
  abstractParts: TextPart[];
  links: { label: string; href: string }[];
  rank: number | null;
  /** In words, with their points. */
  reasons: string[];
  score: string;
};

/** A paper as its own page shows it. */
export type PaperSheetView = PaperView & {
  facts: { name: string; value: string }[];
  /** Why it is marked, in words; null when it stands. */
  withdrawnWords: string | null;
  /** The editions in which it stands, newest first; `rank` where it was printed with one. */
  places: { day: string; rank: number | null; words: string; reasons: string[] }[];
  /** Newest first. A paper with one version has no list of them. */
  versions: VersionView[];
  bibtex: string;
};

/** A line in the list of a paper's versions. */
export type VersionView = {
  version: number;
  /** In words, in the site's zone. */
  submitted: string;
  present: boolean;
  arxivUrl: string;
  /** What changed in it since the version that we know before it; null where a text is missing. */
  changes: { href: string; since: number } | null;
};

/** Two versions of a paper, laid over each other. */
export type PaperChangesView = {
  id: PaperId;
  plainTitle: string;
  /** Versions whose text is known here, oldest first. */
  known: { version: number; words: string }[];
  from: number;
  to: number;
  /** Null: less than two of the versions are known, or the same one was asked for twice. */
  changes: { title: ChangedPart[]; abstract: ChangedPart[]; summary: string } | null;
  /** Versions that were asked for and are not known. */
  unknown: { version: number; arxivUrl: string }[];
};
