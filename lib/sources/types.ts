import type { FoundPaper } from "#lib/papers/types.ts";

/** Something in an answer that could not be used, and where it stood there. */
export type Rejection = { where: string; reason: string };

/** What a parser made of one answer. Nothing that has an id and a title is missing from `papers`. */
export type ParsedPapers = { papers: FoundPaper[]; rejected: Rejection[] };

/** The answer is not what we asked for. `message` is one sentence for a person. */
export class UnexpectedAnswer extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnexpectedAnswer";
  }
}
