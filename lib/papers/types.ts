declare const brand: unique symbol;

/** An arXiv id without its version: `2608.12313`, `hep-th/9901001`. Made by `parsePaperId` only. */
export type PaperId = string & { readonly [brand]: "PaperId" };

export type SourceName = "huggingface" | "arxiv" | "sample";

/** A total that a source shows for a paper. */
export type FoundSignal = { kind: "upvotes" | "comments" | "stars"; value: number };

/** One paper as one source tells of it: what every parser of `lib/sources` makes, and `storePapers` takes. */
export type FoundPaper = {
  id: PaperId;
  source: SourceName;
  /** Null when the source does not say (Hugging Face). */
  version: number | null;
  title: string;
  /** May be empty. */
  abstract: string;
  authors: string[];
  /** arXiv classes, the primary one first. Empty when the source does not say. */
  categories: string[];
  comment: string | null;
  journalRef: string | null;
  doi: string | null;
  licenseUrl: string | null;
  projectUrl: string | null;
  codeUrl: string | null;
  /** Version 1's submission. */
  submittedAt: Temporal.Instant | null;
  /** This version's submission. */
  revisedAt: Temporal.Instant | null;
  /** When each version before this one was submitted, as far as the source lists them. */
  versionDates: { version: number; submittedAt: Temporal.Instant }[];
  /** Date of the arXiv listing that announced it. */
  announcedOn: Temporal.PlainDate | null;
  /** The edition day to which this source says it belongs; null adds no listing. */
  day: Temporal.PlainDate | null;
  signals: FoundSignal[];
  /** Fields of the source that have no place above, worth keeping. */
  fields: Record<string, unknown>;
};

/** Votes for a paper, by where they were cast. The number at a paper is their sum. */
export type UpvoteCount = { sources: number; ours: number };

/** Why a paper stands where it stands: the points of all reasons sum to its score. */
export type Reason = {
  kind: "upvotes" | "votes" | "comments" | "stars" | "sources";
  /** What was counted: votes, comments, new stars, or the number of sources. */
  count: number;
  /** Over how many hours it was counted; 0 where time plays no part. */
  hours: number;
  points: number;
  /** How many were usual in this field then: that many are worth one doubling. Missing in the oldest editions. */
  usual?: number;
  /** Which sources, of kind `sources`. Missing in the oldest editions. */
  names?: string[];
};

/** The formulas of a text as MathML, in its order; the empty string where one is shown as typed. Made by `setFormulas`. */
export type StoredFormulas = { typesetter: number; textHash: string; mathml: string[] };

/** What a list of papers shows of each. Times are ISO strings. */
export type PaperCard = {
  id: PaperId;
  title: string;
  abstract: string;
  authors: string[];
  categories: string[];
  submittedAt: string | null;
  upvotes: UpvoteCount;
  comments: number;
  stars: number | null;
  codeUrl: string | null;
  projectUrl: string | null;
  withdrawn: boolean;
  sample: boolean;
  /** Formulas of the title and abstract that are set already. */
  formulas?: { title?: StoredFormulas; abstract?: StoredFormulas };
};

/** One version of a paper. What nobody told us is null. */
export type PaperVersion = {
  version: number;
  /** ISO time. */
  submittedAt: string | null;
  /** As it was typed. Null: arXiv has this version, we have never seen its text. */
  text: { title: string; abstract: string } | null;
};

/** A paper's place in an edition: printed with a rank among so many, come after it closed, or in a day that is still open. */
export type PaperPlace = { day: string } & (
  | { state: "printed"; rank: number; of: number; reasons: Reason[] }
  | { state: "late" | "open" }
);

/** A paper on its own page. */
export type PaperDetail = PaperCard & {
  version: number;
  comment: string | null;
  journalRef: string | null;
  doi: string | null;
  licenseUrl: string | null;
  revisedAt: string | null;
  /** ISO date of arXiv's listing. */
  announcedOn: string | null;
  /** arXiv has deleted its record. */
  deleted: boolean;
  /** From the first to the present one, none left out. */
  versions: PaperVersion[];
  /** Sources that told of it. */
  sources: SourceName[];
  /** Editions in which it stands, newest first. */
  editions: PaperPlace[];
};

/**
 * A stretch of a title or abstract, made by `typesetText`. In `text`, an empty line parts paragraphs.
 * `marked` is set where a search found its words. `mathml` has been validated and may go into a page as it is.
 */
export type TextPart =
  | { kind: "text"; text: string; marked?: boolean }
  | { kind: "math"; mathml: string; display: boolean; tex: string }
  | { kind: "link"; href: string; text: string };

/** A stretch of two texts laid over each other, made by `compareTexts`. */
export type ChangedPart = { kind: "kept" | "removed" | "added"; parts: TextPart[] };
