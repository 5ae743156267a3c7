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

/** What papers have in common that have the same year and the same marks. */
type Kind = { year: number; marks: number };

/** What filters, facets and lengths need of every paper, in columns by its number: 14 MB for a million. */
export class PaperColumns {
  #room = 0;
  days = new Uint16Array(0);
  #marks = new Uint16Array(0);
  /** BM25's lengths as one byte; see `decodeLength`. */
  lengths = new Uint8Array(0);
  titleLengths = new Uint8Array(0);
  /** Of each paper, the place in `#kinds`, and in `#classLists`: what a million papers are counted by has few values. */
  #kindOf = new Uint32Array(0);
  #classesOf = new Uint32Array(0);
  readonly #kinds = new Distinct<Kind>();
  /** Codes + 1. */
  readonly #classLists = new Distinct<readonly number[]>();
  /** Numbers of papers that were taken out. */
  readonly gone = new Set<number>();

  /** `records`: of this paper and those that follow. */
  put(number: number, records: Uint8Array): void {
    const count = Math.floor(records.length / recordLength);
    this.#makeRoom(number + count);
    for (let at = 0; at < count; at++) {
      this.#putOne(number + at, records.subarray(recordLength * at, recordLength * (at + 1)));
    }
  }

  markGone(number: number): void {
    this.#marks[number] = (this.#marks[number] ?? 0) | goneMark;
    this.gone.add(number);
  }

  /** Not taken out since it was put in. */
  isThere = (number: number): boolean => ((this.#marks[number] ?? 0) & goneMark) === 0;

  /** A test of one paper's number, or null: all pass. Papers that are gone never pass. */
  filter(query: ParsedQuery, codes: Codes): ((number: number) => boolean) | null {
    const days = this.days;
    const from = query.from === null ? 0 : dayNumber(query.from);
    const to = query.to === null ? 65_535 : dayNumber(query.to);
    const isMarked = this.#markTest(query, codes);
    const isOfClass = query.categories.length > 0 ? this.#classTest(query.categories, codes) : null;
    const byDay = query.from !== null || query.to !== null;
    if (!byDay && isMarked === null && isOfClass === null) return this.gone.size === 0 ? null : this.isThere;
    const isKept = isMarked ?? this.isThere;
    return (number) => {
      const day = days[number] ?? 0;
      return day >= from && day <= to && (isOfClass === null || isOfClass(number)) && isKept(number);
    };
  }

  countFacets(numbers: Int32Array, codes: Codes): Facets {
    const ofKinds = new Int32Array(this.#kinds.values.length);
    const ofLists = new Int32Array(this.#classLists.values.length);
    const [kindOf, classesOf] = [this.#kindOf, this.#classesOf];
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at] ?? 0;
      count(ofKinds, kindOf[number] ?? 0, 1);
      count(ofLists, classesOf[number] ?? 0, 1);
    }
    return { ...this.#sumKinds(ofKinds, codes), categories: this.#sumClasses(ofLists, codes) };
  }

  #sumKinds(papersOf: Int32Array, codes: Codes): Omit<Facets, "categories"> {
    const years = new Map<string, number>();
    const sources = new Int32Array(codes.sources.length);
    let code = 0;
    for (const [kind, { year, marks }] of this.#kinds.values.entries()) {
      const papers = papersOf[kind] ?? 0;
      if (papers === 0) continue;
      years.set(String(year), papers + (years.get(String(year)) ?? 0));
      if ((marks & codeMark) !== 0) code += papers;
      for (let source = 0; source < sources.length; source++) {
        if ((marks & bitOf(source)) !== 0) count(sources, source, papers);
      }
    }
    // The latest first.
    const byYear = [...years].toSorted(([a], [b]) => Number(b) - Number(a));
    return { years: byYear, sources: counted(codes.sources, sources), code };
  }

  #sumClasses(papersOf: Int32Array, codes: Codes): Facets["categories"] {
    const categories = new Int32Array(256);
    for (const [list, classes] of this.#classLists.values.entries()) {
      for (const one of classes) count(categories, one, papersOf[list] ?? 0);
    }
    return counted(codes.categories, categories.subarray(1));
  }

  #putOne(number: number, record: Uint8Array): void {
    const day = (record[dayAt] ?? 0) | ((record[dayAt + 1] ?? 0) << 8);
    const marks = (record[marksAt] ?? 0) | ((record[marksAt + 1] ?? 0) << 8);
    this.days[number] = day;
    this.#marks[number] = marks;
    this.lengths[number] = record[lengthAt] ?? 0;
    this.titleLengths[number] = record[titleAt] ?? 0;
    const year = yearOf[day] ?? 0;
    this.#kindOf[number] = this.#kinds.placeOf(year * 65_536 + marks, () => ({ year, marks }));
    this.#classesOf[number] = this.#classLists.placeOf(keyOfClasses(record), () =>
      Array.from(record.subarray(categoriesAt)).filter((code) => code !== 0),
    );
  }

  #makeRoom(papers: number): void {
    if (papers <= this.#room) return;
    this.#room = Math.max(1024, Math.ceil(1.25 * papers));
    this.days = grown(this.days, this.#room);
    this.#marks = grown(this.#marks, this.#room);
    this.lengths = grown(this.lengths, this.#room);
    this.titleLengths = grown(this.titleLengths, this.#room);
    this.#kindOf = grown(this.#kindOf, this.#room);
    this.#classesOf = grown(this.#classesOf, this.#room);
  }

  #markTest({ hasCode, sources }: ParsedQuery, codes: Codes): ((number: number) => boolean) | null {
    if (!hasCode && sources.length === 0) return null;
    const marks = this.#marks;
    const must = hasCode ? codeMark : 0;
    const told = sources.reduce((bits, source) => bits | bitOf(codes.sources.indexOf(source)), 0);
    return (number) => {
      const marked = marks[number] ?? 0;
      return (marked & (goneMark | must)) === must && (sources.length === 0 || (marked & told) !== 0);
    };
  }

  /** Whether one of the wanted classes is the paper's. */
  #classTest(wanted: readonly string[], codes: Codes): (number: number) => boolean {
    const isWanted = [false, ...codes.categories.map((name) => isInClass(name, wanted))];
    const hasWanted = Uint8Array.from(this.#classLists.values, (list) => (list.some((code) => isWanted[code]) ? 1 : 0));
    const classesOf = this.#classesOf;
    return (number) => hasWanted[classesOf[number] ?? 0] === 1;
  }
}

/** Values by the place at which each was met first. */
class Distinct<Value> {
  readonly values: Value[] = [];
  readonly #places = new Map<number | string, number>();

  placeOf(key: number | string, make: () => Value): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.values.push(make()) - 1;
    this.#places.set(key, place);
    return place;
  }
}

/** The same for the same classes in the same order; a number, which is found more quickly, for up to six. */
function keyOfClasses(record: Uint8Array): number | string {
  let key = 0;
  for (let at = categoriesAt; at < categoriesAt + 6; at++) key = 256 * key + (record[at] ?? 0);
  return record[categoriesAt + 6] === 0 ? key : String(record.subarray(categoriesAt));
}

function count(counts: Int32Array, at: number, papers: number): void {
  counts[at] = (counts[at] ?? 0) + papers;
}

function bitOf(code: number): number {
  return code < 0 ? 0 : 1 << (firstSourceBit + code);
}

/** The commonest first, equal ones by name. */
function counted(names: readonly string[], counts: Int32Array): [string, number][] {
  const pairs = names.map((name, code): [string, number] => [name, counts[code] ?? 0]);
  return pairs.filter(([, papers]) => papers > 0).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** The year of each day that a record can tell. */
const yearOf = Uint16Array.from({ length: 65_536 }, (_, day) => new Date(day * dayMs).getUTCFullYear());
