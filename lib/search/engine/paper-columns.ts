import { isInClass } from "#lib/papers/is-in-class.ts";
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
export const lengthAt = 4;
const titleAt = 5;
const categoriesAt = 6;

const codeMark = 1;
const goneMark = 2;
const firstSourceBit = 2;
const mostSources = 14;
const mostCategories = 255;

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

/** What filters, facets and lengths need of every paper, as bytes in memory: 16 MB for a million. */
export class PaperColumns {
  /** Of paper n, from n × 16. */
  records = new Uint8Array(recordLength * recordsPerRow);

  put(number: number, records: Uint8Array): void {
    const end = recordLength * number + records.length;
    if (end > this.records.length) {
      const grown = new Uint8Array(
        Math.max(end, recordLength * Math.ceil((1.25 * this.records.length) / recordLength)),
      );
      grown.set(this.records);
      this.records = grown;
    }
    this.records.set(records, recordLength * number);
  }

  markGone(number: number): void {
    const at = recordLength * number + marksAt;
    this.records[at] = (this.records[at] ?? 0) | goneMark;
  }

  /** Not taken out since it was put in. */
  isThere = (number: number): boolean => ((this.records[recordLength * number + marksAt] ?? 0) & goneMark) === 0;

  dayOf(number: number): number {
    const at = recordLength * number + dayAt;
    return (this.records[at] ?? 0) | ((this.records[at + 1] ?? 0) << 8);
  }

  titleLengthOf(number: number): number {
    return this.records[recordLength * number + titleAt] ?? 0;
  }

  /** A test of one paper's number. Papers that are gone never pass. */
  filter(query: ParsedQuery, codes: Codes): (number: number) => boolean {
    const { records } = this;
    const from = query.from === null ? 0 : dayNumber(query.from);
    const to = query.to === null ? 65_535 : dayNumber(query.to);
    const bySource = query.sources.length > 0;
    const asked = bySource ? query.sources.map((source) => codes.sources.indexOf(source)) : codes.sources.keys();
    const sources = [...asked].reduce((bits, code) => bits | bitOf(code), bySource ? 0 : -1);
    const must = query.hasCode ? codeMark : 0;
    const isWanted = query.categories.length > 0 ? categoryTest(records, query.categories, codes) : () => true;
    const words = new Uint32Array(records.buffer);
    return (number) => {
      const word = words[number << 2] ?? 0;
      const marks = word >>> 16;
      const day = word & 0xffff;
      const isMarked = (marks & (goneMark | must)) === must && ((marks & sources) !== 0 || !bySource);
      return isMarked && day >= from && day <= to && isWanted(recordLength * number);
    };
  }

  countFacets(numbers: Int32Array, codes: Codes): Facets {
    const { records } = this;
    const words = new Uint32Array(records.buffer);
    const categories = new Int32Array(256);
    const marks = marksCounted.fill(0);
    const years = new Int32Array(firstYear + 180);
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at] ?? 0;
      const word = words[number << 2] ?? 0;
      countOne(years, yearOf[word & 0xffff] ?? 0);
      countOne(marks, word >>> 16);
      // Most papers have one or two classes, which stand in one word.
      const first = words[(number << 2) + 1] ?? 0;
      countOne(categories, (first >>> 16) & 255);
      countOne(categories, first >>> 24);
      if (first >>> 24 !== 0) countMore(categories, records, number);
    }
    return {
      categories: counted(codes.categories, categories.subarray(1)),
      years: yearsIn(years),
      sources: counted(
        codes.sources,
        Int32Array.from(codes.sources, (_, code) => sumWith(marks, bitOf(code))),
      ),
      code: sumWith(marks, codeMark),
    };
  }
}

/** Counts a paper's third class and those after it. */
function countMore(categories: Int32Array, records: Uint8Array, number: number): void {
  const end = recordLength * (number + 1);
  for (let place = recordLength * number + categoriesAt + 2; place < end && records[place] !== 0; place++) {
    countOne(categories, records[place] ?? 0);
  }
}

const marksCounted = new Int32Array(65_536);

/** Of papers counted by their marks, how many have this one. */
function sumWith(counts: Int32Array, mark: number): number {
  let sum = 0;
  for (let marks = 0; marks < counts.length; marks++) if ((marks & mark) !== 0) sum += counts[marks] ?? 0;
  return sum;
}

/** A test of the record at a place: whether one of the wanted classes is in it. */
function categoryTest(records: Uint8Array, wanted: readonly string[], codes: Codes): (at: number) => boolean {
  const isWanted = Uint8Array.from([0, ...codes.categories.map((name) => (isInClass(name, wanted) ? 1 : 0))]);
  return (at) => {
    for (let place = at + categoriesAt; place < at + recordLength; place++) {
      if (isWanted[records[place] ?? 0] === 1) return true;
    }
    return false;
  };
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
  for (let year = counts.length - 1; year >= firstYear; year--) {
    if (counts[year]) years.push([String(year), counts[year] ?? 0]);
  }
  return years;
}
