import type { IndexFile } from "#lib/search/engine/index-file.ts";
import type { Codes } from "#lib/search/engine/paper-columns.ts";

/** What an index knows of itself; written in the transaction of each change. */
export type IndexState = {
  /** Papers in it. */
  papers: number;
  /** The sum of their lengths. */
  length: number;
  /** The number of the next paper. Numbers are never given twice. */
  next: number;
  /** Papers up to this number are in the lists of the file; those after it are turned around by each reader for itself. */
  merged: number;
  codes: Codes;
};

/** Room for sixty-seven million papers and a hundred million terms in the whole numbers that JavaScript counts exactly. */
export const keyStep = 2 ** 26;

export function readState(file: IndexFile): IndexState {
  return (
    file.readFact<IndexState>("state") ?? {
      papers: 0,
      length: 0,
      next: 1,
      merged: 0,
      codes: { categories: [], sources: [] },
    }
  );
}
