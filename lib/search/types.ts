import type { PaperCard, PaperId } from "#lib/papers/types.ts";

/** The text by which a paper is found, as Postgres has it. */
export type SearchableText = {
  id: PaperId;
  /** The paper's change number: a text with the same number is the same text. */
  seq: number;
  title: string;
  abstract: string;
  authors: readonly string[];
};

/** A search as the index understands it: stems only, never the reader's own characters. */
export type ParsedQuery = {
  /** Distinct stems in the order of the query; those of phrases are not among them. */
  words: string[];
  /** Stems that must stand side by side. */
  phrases: string[][];
  /** Stems, or stems side by side, that must be absent. */
  without: string[][];
};

/** How the papers of an answer were found: with all the words, with the help of their authors' names, or with some words. */
type FoundBy = "all-words" | "authors" | "some-words";

export type FoundPapers = {
  /** Best first: those with all the words, then those with some. At most `limit`. */
  ids: PaperId[];
  /** All papers that match, also those beyond `limit`. */
  total: number;
  /** How many of them have all the words. */
  complete: number;
  foundBy: FoundBy;
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
  /** Best first. Never throws for what the reader typed. */
  search(query: ParsedQuery, options: { limit: number }): Promise<FoundPapers>;
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

/** One page of an answer. */
export type SearchResults = {
  /** `no-words`: nothing to look for was typed. `building`: there is no index at this moment, but there will be. */
  state: "answered" | "no-words" | "building";
  /** Papers that match. Deleted ones are not counted as far as the results can be paged through. */
  total: number;
  /** How many of them have all the words; the rest, below them, has some. */
  complete: number;
  foundBy: FoundBy;
  /** 1 is the first page. */
  page: number;
  perPage: number;
  /** Pages that can be read: results are listed down to the thousandth. */
  pages: number;
  papers: PaperCard[];
  /** Stems to mark; see `markWords`. */
  words: string[];
  /** The line was the id or address of this paper. */
  jump: PaperId | null;
  /** The line was the id or address of a paper that is not here. */
  unknownPaper: PaperId | null;
};
