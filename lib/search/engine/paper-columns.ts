import { isInClass } from "#lib/papers/is-in-class.ts";
import { grown } from "#lib/search/engine/bytes.ts";
import type { Facets, ParsedQuery } from "#lib/search/types.ts";

/** Bytes that are kept of each paper in memory. */
export const recordLength = 16;

/** How many papers' records stand in one row of the file. */
export const recordsPerRow = 1024;

/** Values that are written as numbers; a number is the place in its list. */
export type Codes = { categories: string[]; sources: string[] };

type PaperFacts = {
  day: string;
  hasCode: boolean;
  categories: readonly string[];
  sources: readonly string[];
  /** BM25's. */
  length: number;
  titleLength: number;
};

// A record: day (2 bytes), marks (2), length, title's length, and up to ten classes as their code + 1.
const dayAt = 0;
const marksAt = 2;
const lengthAt = 4;
const titleAt = 5;
const categoriesAt = 6;

const codeMark = 1;
const goneMark = 2;
const firstSourceBit = 2;
const mostSources = 14;
const mostCategories = 254;
/** Where the code of a third class is looked for: there are more, too. */
const manyCategories = 255;

const dayMs = 86_400_000;

/** Codes are given in `codes`, which grows when a value is new. */
export function makeRecord(paper: PaperFacts, codes: Codes): Uint8Array {
  const record = new Uint8Array(recordLength);
  const view = new DataView(record.buffer);
  view.setUint16(dayAt, dayNumber(paper.day), true);
  const sources = paper.sources.map((source) => codeOf(codes.sources, source, mostSources));
  const sourceBits = sources.reduce<number>((bits, code) => (code === null ? bits : bits | bitOf(code)), 0);
  view.setUint16(marksAt, sourceBits | (paper.hasCode ? codeMark : 0), true);
  record[lengthAt] = encodeLength(paper.length);
  record[titleAt] = paper.titleLength;
  const categories = [...new Set(paper.categories)].map((name) => codeOf(codes.categories, name, mostCategories));
  for (const [index, code] of categories.slice(0, recordLength - categoriesAt).entries()) {
    record[categoriesAt + index] = code === null ? 0 : code + 1;
  }
  return record;
}

function codeOf(known: string[], value: string, most: number): number | null {
  const code = known.indexOf(value);
  if (code >= 0) return code;
  // arXiv has had about 180 classes, and we three sources. What is beyond the room cannot be filtered by, but is found.
  return known.length < most ? known.push(value) - 1 : null;
}

/** Days since 1970; dates outside of 1970 to 2149 are taken as the nearest. */
function dayNumber(day: string): number {
  const days = Math.floor(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / dayMs);
  return Number.isNaN(days) ? 0 : Math.min(65_535, Math.max(0, days));
}

// Lengths in one byte: exact below 128, then by eights.
function encodeLength(length: number): number {
  return length < 128 ? length : Math.min(255, 128 + ((length - 128) >> 3));
}

export function decodeLength(code: number): number {
  return code < 128 ? code : 132 + 8 * (code - 128);
}

/** What filters, facets and lengths need of every paper, in columns by its number: 17 MB for a million. */
export class PaperColumns {
  #room = 0;
  days = new Uint16Array(0);
  marks = new Uint16Array(0);
  /** BM25's lengths as one byte; see `decodeLength`. */
  lengths = new Uint8Array(0);
  titleLengths = new Uint8Array(0);
  /** From 1970. */
  years = new Uint8Array(0);
  /** The first two classes, each as its code + 1: most papers have no more. */
  pairs = new Uint16Array(0);
  /** The third, or `manyCategories`: then all after the second are in `more`. */
  thirds = new Uint8Array(0);
  readonly more = new Map<number, readonly number[]>();
  /** Numbers of papers that were taken out. */
  readonly gone = new Set<number>();

  /** `records`: of this paper and those that follow. */
  put(number: number, records: Uint8Array): void {
    const count = Math.floor(records.length / recordLength);
    this.#makeRoom(number + count);
    for (let at = 0; at < count; at++) this.#putOne(number + at, records.subarray(recordLength * at));
  }

  markGone(number: number): void {
    const marks = this.marks[number] ?? 0;
    this.gone.add(number);
    this.marks[number] = marks | goneMark;
  }

  /** Not taken out since it was put in. */
  isThere = (number: number): boolean => ((this.marks[number] ?? 0) & goneMark) === 0;

  /** A test of one paper's number, or null: all pass. Papers that are gone never pass. */
  filter(query: ParsedQuery, codes: Codes): ((number: number) => boolean) | null {
    const { days, marks } = this;
    const from = query.from === null ? 0 : dayNumber(query.from);
    const to = query.to === null ? 65_535 : dayNumber(query.to);
    const bySource = query.sources.length > 0;
    const sources = query.sources.reduce((bits, source) => bits | bitOf(codes.sources.indexOf(source)), 0);
    const must = query.hasCode ? codeMark : 0;
    const isWanted = query.categories.length > 0 ? this.#categoryTest(query.categories, codes) : null;
    const byDay = query.from !== null || query.to !== null;
    if (!bySource && !byDay && must === 0 && isWanted === null) return this.gone.size === 0 ? null : this.isThere;
    return (number) => {
      const marked = marks[number] ?? 0;
      const day = days[number] ?? 0;
      if (day < from || day > to) return false;
      const isMarked = (marked & (goneMark | must)) === must && ((marked & sources) !== 0 || !bySource);
      return isMarked && (isWanted === null || isWanted(number));
    };
  }

  countFacets(numbers: Int32Array, codes: Codes): Facets {
    const { years, marks, pairs, thirds } = this;
    const ofYears = new Int32Array(256);
    const ofMarks = countedMarks.fill(0);
    const ofPairs = countedPairs.fill(0);
    const ofMore = new Int32Array(256);
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at] ?? 0;
      countOne(ofYears, years[number] ?? 0);
      countOne(ofMarks, marks[number] ?? 0);
      countOne(ofPairs, pairs[number] ?? 0);
      countOne(ofMore, thirds[number] ?? 0);
    }
    if (ofMore[manyCategories] !== 0) this.#countMore(numbers, ofMore);
    for (let pair = 0; pair < ofPairs.length; pair++) {
      const papers = ofPairs[pair] ?? 0;
      ofMore[pair & 255] = (ofMore[pair & 255] ?? 0) + papers;
      ofMore[pair >>> 8] = (ofMore[pair >>> 8] ?? 0) + papers;
    }
    return {
      categories: counted(codes.categories, ofMore.subarray(1, manyCategories)),
      years: yearsIn(ofYears),
      sources: counted(
        codes.sources,
        Int32Array.from(codes.sources, (_, code) => sumWith(ofMarks, bitOf(code))),
      ),
      code: sumWith(ofMarks, codeMark),
    };
  }

  #putOne(number: number, record: Uint8Array): void {
    const day = (record[dayAt] ?? 0) | ((record[dayAt + 1] ?? 0) << 8);
    this.days[number] = day;
    this.years[number] = (yearOf[day] ?? firstYear) - firstYear;
    this.marks[number] = (record[marksAt] ?? 0) | ((record[marksAt + 1] ?? 0) << 8);
    this.lengths[number] = record[lengthAt] ?? 0;
    this.titleLengths[number] = record[titleAt] ?? 0;
    this.pairs[number] = (record[categoriesAt] ?? 0) | ((record[categoriesAt + 1] ?? 0) << 8);
    // Most have none: that is seen before a list is made.
    const more =
      record[categoriesAt + 2] === 0
        ? []
        : Array.from(record.subarray(categoriesAt + 2, recordLength)).filter((code) => code !== 0);
    this.thirds[number] = more.length > 1 ? manyCategories : (more[0] ?? 0);
    if (more.length > 1) this.more.set(number, more);
  }

  #makeRoom(papers: number): void {
    if (papers <= this.#room) return;
    this.#room = Math.max(1024, Math.ceil(1.25 * papers));
    this.days = grown(this.days, this.#room);
    this.marks = grown(this.marks, this.#room);
    this.lengths = grown(this.lengths, this.#room);
    this.titleLengths = grown(this.titleLengths, this.#room);
    this.years = grown(this.years, this.#room);
    this.pairs = grown(this.pairs, this.#room);
    this.thirds = grown(this.thirds, this.#room);
  }

  /** Whether one of the wanted classes is the paper's. */
  #categoryTest(wanted: readonly string[], codes: Codes): (number: number) => boolean {
    const { pairs, thirds, more } = this;
    const isWanted = new Uint8Array(256);
    for (const [code, name] of codes.categories.entries()) isWanted[code + 1] = isInClass(name, wanted) ? 1 : 0;
    return (number) => {
      const pair = pairs[number] ?? 0;
      const third = thirds[number] ?? 0;
      if (isWanted[pair & 255] === 1 || isWanted[pair >>> 8] === 1 || isWanted[third] === 1) return true;
      return third === manyCategories && (more.get(number)?.some((code) => isWanted[code] === 1) ?? false);
    };
  }

  #countMore(numbers: Int32Array, counts: Int32Array): void {
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at] ?? 0;
      if (this.thirds[number] !== manyCategories) continue;
      for (const code of this.more.get(number) ?? []) countOne(counts, code);
    }
  }
}

// Kept, because new ones for each search would be waste.
const countedMarks = new Int32Array(65_536);
const countedPairs = new Int32Array(65_536);

/** Of papers counted by their marks, how many have this one. */
function sumWith(counts: Int32Array, mark: number): number {
  let sum = 0;
  for (let marks = 0; marks < counts.length; marks++) if ((marks & mark) !== 0) sum += counts[marks] ?? 0;
  return sum;
}

function countOne(counts: Int32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}

function bitOf(code: number): number {
  return code < 0 ? 0 : 1 << (firstSourceBit + code);
}

/** The commonest first, equal ones by name. */
function counted(names: readonly string[], counts: Int32Array): [string, number][] {
  const pairs = names.map((name, code): [string, number] => [name, counts[code] ?? 0]);
  return pairs.filter(([, papers]) => papers > 0).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

const firstYear = 1970;

/** The year of each day that a record can tell. */
const yearOf = Uint16Array.from({ length: 65_536 }, (_, day) => new Date(day * dayMs).getUTCFullYear());

/** The latest first. */
function yearsIn(counts: Int32Array): [string, number][] {
  const years: [string, number][] = [];
  for (let year = counts.length - 1; year >= 0; year--) {
    if (counts[year]) years.push([String(firstYear + year), counts[year] ?? 0]);
  }
  return years;
}
