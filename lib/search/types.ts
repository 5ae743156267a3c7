import type { PaperCard, PaperId } from "#lib/papers/types.ts";

/** What a paper is found by, as Postgres has it. */
export type SearchableText = {
  id: PaperId;
  /** The paper's change number: a text with the same number is the same text. */
  seq: number;
  title: string;
  abstract: string;
  authors: readonly string[];
  /** arXiv classes, the primary one first. */
  categories: readonly string[];
  /** ISO date of its first submission, or of its announcement, or of the day we met it: the first that is known. */
  day: string;
  hasCode: boolean;
  /** Names of the sources that told of it. */
  sources: readonly string[];
};

/** A person's name as it is searched: folded parts. A given part of one letter stands for any name that begins with it. */
export type AuthorName = { family: string[]; given: string[] };

/** A search as the index understands it: stems and known values only, never the reader's own characters. */
export type ParsedQuery = {
  /** Distinct stems of the free text, in its order. Papers with more of them stand higher; none of them is a must. */
  words: string[];
  /** How often the reader wrote each of `words`; left out: once. A question repeats what it is about. */
  times?: number[];
  /** Stems that must stand side by side. */
  phrases: string[][];
  /** Stems, or stems side by side, that must be absent. */
  without: string[][];
  /** Stems, or stems side by side, that must stand in the title. */
  title: string[][];
  /** Stems, or stems side by side, that must stand in the abstract. */
  abstract: string[][];
  /** All of them must be among the authors. */
  authors: AuthorName[];
  /** One of them must be the paper's: a class such as `cs.LG`, or an archive, `cs`. None: any. */
  categories: string[];
  /** ISO dates, both included. */
  from: string | null;
  to: string | null;
  hasCode: boolean;
  /** One of them must have told of it. None: any. */
  sources: string[];
};

/** `best` is relevance of the text alone: neither date nor votes. `newest` is by day, the latest first. */
export type SearchOrder = "best" | "newest";

/** How the papers of an answer were found: with all the words, with the help of their authors' names, or with some words. */
export type FoundBy = "all-words" | "authors" | "some-words";

/** How many of the found papers have each value, the commonest first. Values that none has are left out. */
export type Facets = {
  /** Classes. */
  categories: [category: string, papers: number][];
  /** Latest first. */
  years: [year: string, papers: number][];
  sources: [source: string, papers: number][];
  /** With code. */
  code: number;
};

export type FoundPapers = {
  /**
   * At most `limit`. In the order `best`, all that match, those that match best first. In the order `newest`, those with all
   * the words, or, when no paper has all, those with some.
   */
  ids: PaperId[];
  /** All papers that match, also those beyond `limit`. Exact. */
  total: number;
  /** How many of them have all the words. */
  complete: number;
  foundBy: FoundBy;
  /** Of the papers with all the words; when there are none, of those with some. */
  facets: Facets;
};

export type Suggestions = {
  titles: { id: PaperId; title: string }[];
  /** Names as printed. */
  authors: string[];
  categories: string[];
};

/** A word that no paper has, and the commonest one that is a slip of the finger away. */
export type Correction = { word: string; instead: string };

export type SimilarPapers = {
  /** Most alike first. */
  ids: PaperId[];
  /** The words of the paper that tell most about it: as they are written, in small letters, not stemmed. */
  words: string[];
};

/** Up to where an index follows the store; see `catch-up` in commands.ts. */
export type Progress = {
  /** Which database it was made from. */
  database: string;
  /** Every change with a number up to this one is in the index. */
  settledSeq: number;
  /** Numbers up to `seq` will be settled when no transaction older than `xmax` is running. */
  pending: { seq: number; xmax: string } | null;
};

export type IndexedPaper = { id: PaperId; seq: number };

/**
 * What a search engine must do. One index; several readers, one writer. Any method throws `BrokenIndexError` when what
 * is stored cannot be used any more and must be built anew.
 */
export interface SearchEngine {
  /** Never throws for what the reader typed. A query of filters alone is one too: all papers that pass, newest first. */
  search(query: ParsedQuery, options: { limit: number; order?: SearchOrder }): Promise<FoundPapers>;
  /** What somebody who has typed `text` may be after: papers whose titles hold its words (the last one may be half typed), authors, classes. */
  suggest(text: string, options: { limit: number }): Promise<Suggestions>;
  /**
   * Of `words` (folded, not stemmed), those that no paper has although one at distance one is known: five letters or more, the
   * same first letter, the commonest wins.
   */
  correct(words: readonly string[]): Promise<Correction[]>;
  /** The papers most like this one. Nothing for an unknown id. */
  similar(id: PaperId, options: { limit: number }): Promise<SimilarPapers>;
  /** Puts papers in, replacing older texts of the same ids; all of them or, when it throws, none. */
  index(papers: readonly SearchableText[]): Promise<void>;
  /** Takes papers out. Unknown ids are no mistake. Answers how many it held. */
  remove(ids: readonly PaperId[]): Promise<number>;
  count(): Promise<number>;
  /** Of `papers`, those that the index lacks or has with another change number. */
  findStale(papers: readonly IndexedPaper[]): Promise<PaperId[]>;
  /** A page of what it holds, by id. */
  list(options: { after: string; limit: number }): Promise<IndexedPaper[]>;
  /** Null in a new index. */
  readProgress(): Promise<Progress | null>;
  writeProgress(progress: Progress): Promise<void>;
  /** After a bulk load: makes reading as quick as it gets and writes everything to the main file. */
  compact(): Promise<void>;
  close(): Promise<void>;
}

/** The stored index is damaged, gone, or of an older make. */
export class BrokenIndexError extends Error {
  readonly reason: string;
  /** By its name: Next loads this class once for each bundle, and the reader is shared between them. */
  static is(error: unknown): error is BrokenIndexError {
    return error instanceof Error && error.name === "BrokenIndexError";
  }
  constructor(reason: string) {
    super(`The search index cannot be used (${reason}). It is rebuilt by itself, or by: npm run reindex`);
    this.name = "BrokenIndexError";
    this.reason = reason;
  }
}

/** `upvotes`: the sources' and this site's together, most first. */
export type SearchSort = SearchOrder | "upvotes";

/** One search, wherever its papers are shown. */
export type SearchRequest = {
  /** The reader's line. */
  text: string;
  sort?: SearchSort;
  /** Search for what was typed, also where it looks misspelt. */
  verbatim?: boolean;
};

/** What a search found. */
export type SearchAnswer = {
  /** `no-words`: nothing to look for was typed. `building`: there is no index at this moment, but there will be. */
  state: "answered" | "no-words" | "building";
  /** In the order asked for, down to the thousandth. */
  ids: PaperId[];
  /** Papers that match. Deleted ones are not counted as far as the results can be paged through. */
  total: number;
  /** How many of them have all the words. */
  complete: number;
  foundBy: FoundBy;
  facets: Facets;
  /** The line that was searched, as the language writes it. */
  line: string;
  /** It is not what was typed: a word was misspelt. */
  corrected: boolean;
  /** There are words in it, by which papers fit better or worse. Without: filters alone, newest first. */
  ranked: boolean;
  /** Pieces that look like a filter and are none. */
  misread: string[];
  /** More was typed than is read. */
  cut: boolean;
  /** Where nothing was found. */
  waysOut: WayOut[];
  /** Stems to mark; see `markWords`. */
  words: string[];
  /** The line was the id or address of this paper. */
  jump: PaperId | null;
  /** The line was the id or address of a paper that is not here. */
  unknownPaper: PaperId | null;
};

/** A line that finds papers where a narrower one found none. */
export type WayOut = {
  /** What it leaves out. */
  dropped: string;
  line: string;
  total: number;
};

/** One page of an answer. */
export type SearchResults = Omit<SearchAnswer, "ids"> & {
  papers: PaperCard[];
  /** Papers that can be paged through. */
  listed: number;
  /** 1 is the first page. */
  page: number;
  perPage: number;
  pages: number;
};

/** What somebody who is typing may be after. */
export type Suggestion = {
  kind: "paper" | "author" | "category";
  /** The line to search for. */
  line: string;
  /** Where choosing it leads. */
  href: string;
};

/** A choice on the page of a search, with the address that it leads to. */
type Choice = { label: string; href: string };

/** What the page of a search shows beside its papers. */
export type SearchView = {
  /** The line as it was typed, as far as it is read. */
  typed: string;
  /** The words and phrases of the line that was searched; filters are named one by one. */
  words: string;
  /** Another line was searched; `href` searches for what was typed. */
  corrected: { line: string; typed: string; href: string } | null;
  /** The filters of the line, each with the search that does without it. */
  filters: Choice[];
  facets: { name: string; values: (Choice & { count: number })[] }[];
  sorts: (Choice & { current: boolean })[];
  waysOut: { dropped: string; total: number; href: string }[];
  sort: SearchSort;
  verbatim: boolean;
  hrefOf: (page: number) => string;
  feeds: { xml: string; json: string };
};
