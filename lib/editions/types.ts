import type { ChangedPart, PaperCard, PaperId, Reason, TextPart } from "#lib/papers/types.ts";

/** A paper in a list, with its place there. */
export type RankedPaper = PaperCard & {
  /** 1 is first. Null: a late arrival, shown below the frozen edition. */
  rank: number | null;
  score: number;
  reasons: Reason[];
};

/** By rank, by the date of submission, or by the comments that the sources show. */
export type ListSort = "ranked" | "newest" | "discussed";

/** Which part of a list a reader looks at, and how: all of it is in the address. */
export type ListView = {
  /** 1 is the first page. */
  page: number;
  /** An arXiv class; null for all. */
  category: string | null;
  sort: ListSort;
  /** Titles without abstracts. */
  compact: boolean;
};

/** How many papers of a list are in an arXiv class. */
export type CategoryCount = { name: string; count: number };

/** One page of a list of papers. */
export type PaperPage = {
  papers: RankedPaper[];
  /** All papers of the list, late arrivals included, of whatever class. */
  total: number;
  /** Those of the chosen class: what the pages hold. */
  matching: number;
  /** The classes of the whole list, most papers first. */
  categories: CategoryCount[];
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

/** What a day of the calendar has. `day` is an ISO date. */
export type DayCount = { day: string; papers: number; upvotes: number };

export type CalendarDay = {
  /** ISO date. */
  day: string;
  /** Of the month. */
  number: number;
  /** `ahead`: still to come. `empty`: no source listed a paper. */
  kind: "printed" | "empty" | "ahead";
  isToday: boolean;
  /** The day whose edition is on the page. */
  isCurrent: boolean;
  /** All that the drawing says, in words. */
  label: string;
  /** In percent of the fullest day's. */
  papers: number;
  upvotes: number;
};

export type CalendarWeek = {
  /** ISO week, `2026-W34`. */
  week: string;
  label: string;
  isAhead: boolean;
  /** The week of the page's day, or the one before: what a narrow screen shows. */
  isNear: boolean;
  days: CalendarDay[];
};

/** A way from a list to another view of it. */
export type ListChoice = { label: string; href: string; current: boolean };

/** The choices above a list. */
export type ListBar = {
  sorts: ListChoice[];
  densities: ListChoice[];
  /** Classes that filter, the first for all. None where no paper has a class. */
  chips: (ListChoice & { count: number })[];
  /** How many more classes there are than have a chip. */
  others: number;
  /** The list itself, for the form that asks for one of those, with what that form must carry along. */
  plainAddress: string;
  hidden: { sort?: string; view?: string };
};

/** A paper as a list shows it. */
export type PaperView = Omit<PaperCard, "codeUrl" | "projectUrl" | "formulas"> & {
  /** For `<title>`, labels and links' names. */
  plainTitle: string;
  titleParts: TextPart[];
  abstractParts: TextPart[];
  links: { label: string; href: string }[];
  /** When version 1 was submitted: "18 August 2026". */
  date: string | null;
  /** Where the comments are that are counted. Null when there are none. */
  discussion: { label: string; href: string } | null;
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

/** One page of a list as it is shown. */
export type ListSheet = Pick<PaperPage, "page" | "pages" | "total" | "matching"> & {
  papers: PaperView[];
  /** Titles without abstracts. */
  compact: boolean;
  /** The class that was chosen. */
  category: string | null;
  bar: ListBar;
  hrefOfPage: (page: number) => string;
};
