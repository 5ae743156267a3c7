import { ByteReader, ByteWriter } from "#lib/search/engine/bytes.ts";

/** A paper as the terms that it holds, in reading order: what lists are made of, and what the best candidates are read from. */
export type PaperBody = {
  titleLength: number;
  abstractLength: number;
  /** How many of the compounds are the title's. */
  titleCompounds: number;
  /** The title's terms, the abstract's, then both their compounds. */
  terms: Int32Array;
  /** Parts of names, each followed by the author whose it is, counted from 0. */
  names: Int32Array;
};

// Longer than any title: it keeps a title's length in one byte.
export const longestTitle = 250;

// Collaborations of thousands are found by their first names too.
export const mostAuthors = 1000;

/** A mark that no stem holds: parts of names are terms of their own. */
export const nameMark = "@";

/** The term of all names with a part that begins as `part` does. */
export function initialTerm(part: string): string {
  return `${nameMark}${[...part][0] ?? ""}.`;
}

const writer = new ByteWriter();

export function encodeBody({ titleLength, abstractLength, titleCompounds, terms, names }: PaperBody): Uint8Array {
  for (const length of [titleLength, abstractLength, titleCompounds, terms.length]) writer.number(length);
  for (let at = 0; at < terms.length; at++) writer.number(terms[at] ?? 0);
  let before = 0;
  for (let at = 0; at < names.length; at += 2) {
    const author = names[at + 1] ?? 0;
    writer.number(author - before);
    writer.number(names[at] ?? 0);
    before = author;
  }
  return writer.take();
}

/** `withAuthors` false leaves them out: ranking does not need them. */
export function decodeBody(bytes: Uint8Array, { withAuthors }: { withAuthors: boolean }): PaperBody {
  const reader = new ByteReader(bytes);
  const titleLength = reader.number();
  const abstractLength = reader.number();
  const titleCompounds = reader.number();
  const terms = new Int32Array(reader.number());
  for (let at = 0; at < terms.length; at++) terms[at] = reader.number();
  const names: number[] = [];
  let author = 0;
  while (withAuthors && !reader.ended) {
    author += reader.number();
    names.push(reader.number(), author);
  }
  return { titleLength, abstractLength, titleCompounds, terms, names: Int32Array.from(names) };
}

/** Each term once: those of the text and those of the authors. */
export function distinctTerms({ terms, names }: PaperBody): Set<number> {
  return new Set([...terms, ...names.filter((_, at) => at % 2 === 0)]);
}

/** BM25's length of a paper: the title counts twice, as its words do. */
export function lengthOf({ titleLength, abstractLength }: PaperBody): number {
  return 2 * titleLength + abstractLength;
}
