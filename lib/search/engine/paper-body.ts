import { analyseName, analyseText } from "#lib/search/analyse-text.ts";
import { ByteReader, ByteWriter } from "#lib/search/engine/bytes.ts";
import type { SearchableText } from "#lib/search/types.ts";

/** A paper as the terms that it holds, in reading order: what lists are made of, and what the best candidates are read from. */
export type PaperBody = {
  titleLength: number;
  abstractLength: number;
  /** How many of the compounds are the title's. */
  titleCompounds: number;
  /** The title's terms, the abstract's, then both their compounds. */
  terms: Int32Array;
  /** Parts of names, each with the author whose it is, counted from 0. */
  authors: readonly { term: number; author: number }[];
};

// Longer than any title: it keeps a title's length in one byte.
const longestTitle = 250;

// Collaborations of thousands are found by their first names too.
const mostAuthors = 1000;

/** A mark that no stem holds: parts of names are terms of their own. */
export const nameMark = "@";

/** The term of all names with a part that begins as `part` does. */
export function initialTerm(part: string): string {
  return `${nameMark}${[...part][0] ?? ""}.`;
}

/** Gives terms their numbers. */
export type TermNumbers = {
  ofStem: (stem: string) => number;
  /** Is told how the stem was written. */
  ofWord: (word: string, stem: string) => number;
  /** Of the part itself, and of the initial that may stand for it. */
  ofName: (part: string) => readonly [part: number, initial: number];
};

export function analysePaper(paper: SearchableText, numbers: TermNumbers): PaperBody {
  const title = analyseText(paper.title);
  const abstract = analyseText(paper.abstract);
  const compounds = [...title.compounds, ...abstract.compounds];
  const titleLength = Math.min(title.stems.length, longestTitle);
  const abstractLength = abstract.stems.length;
  const terms = new Int32Array(titleLength + abstractLength + compounds.length);
  // Loops by hand: these lines see each word of a million papers.
  let length = 0;
  for (let at = 0; at < titleLength; at++)
    terms[length++] = numbers.ofWord(title.written[at] ?? "", title.stems[at] ?? "");
  for (let at = 0; at < abstractLength; at++) {
    terms[length++] = numbers.ofWord(abstract.written[at] ?? "", abstract.stems[at] ?? "");
  }
  for (const stem of compounds) terms[length++] = numbers.ofStem(stem);
  const authors = paper.authors.slice(0, mostAuthors).flatMap((name, author) => {
    const named = new Set(analyseName(name).flatMap(numbers.ofName));
    return Array.from(named, (term) => ({ term, author }));
  });
  // "Hinton 2015": the year stands with the names, as the number of an author that nobody is.
  authors.push({ term: numbers.ofStem(nameMark + yearOf(paper)), author: mostAuthors });
  return { titleLength, abstractLength, titleCompounds: title.compounds.length, terms, authors };
}

function yearOf({ day }: Pick<SearchableText, "day">): string {
  return day.slice(0, 4);
}

const writer = new ByteWriter();

export function encodeBody({ titleLength, abstractLength, titleCompounds, terms, authors }: PaperBody): Uint8Array {
  for (const length of [titleLength, abstractLength, titleCompounds, terms.length]) writer.number(length);
  for (const term of terms) writer.number(term);
  let before = 0;
  for (const { term, author } of authors) {
    writer.number(author - before);
    writer.number(term);
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
  const authors: { term: number; author: number }[] = [];
  let author = 0;
  while (withAuthors && !reader.ended) {
    author += reader.number();
    authors.push({ term: reader.number(), author });
  }
  return { titleLength, abstractLength, titleCompounds, terms, authors };
}

/** Each term once: those of the text and those of the authors. */
export function distinctTerms({ terms, authors }: PaperBody): Set<number> {
  return new Set([...terms, ...authors.map(({ term }) => term)]);
}

/** BM25's length of a paper: the title counts twice, as its words do. */
export function lengthOf({ titleLength, abstractLength }: PaperBody): number {
  return 2 * titleLength + abstractLength;
}
