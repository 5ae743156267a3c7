import type { PaperCard, Reason, TextPart } from "#lib/papers/types.ts";

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
  /** The editions in which it stands, newest first. */
  places: { day: string; words: string; reasons: string[] }[];
  bibtex: string;
};
