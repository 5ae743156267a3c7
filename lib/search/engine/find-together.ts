import { ByteReader, NumberList } from "#lib/search/engine/bytes.ts";
import type { PaperReader, PostingsBlock, Term } from "#lib/search/engine/paper-reader.ts";
import { readPostings } from "#lib/search/engine/postings.ts";

/** One of `terms` must stand `offset` places after the beginning. */
export type Step = { terms: readonly Term[]; offset: number };

/**
 * Papers, by rising number, and the places at which what was looked for begins: those of paper n stand in `begins` from
 * `starts[n]` to `starts[n + 1]`, rising. Flat lists, because there may be half a million of them.
 */
export type Found = { numbers: NumberList; starts: NumberList; begins: NumberList };

/**
 * Papers in which all steps are taken from one beginning: words side by side (offsets 0, 1, 2 …), or parts of one author's name
 * (all of offset 0: a name's places are its author's number). Begins with the rarest step, and of the other lists reads only the
 * stretches in which a paper is left.
 */
export function findTogether(reader: PaperReader, steps: readonly Step[]): Found {
  const byRarity = steps.toSorted((a, b) => papersOf(a) - papersOf(b));
  let found: Found | null = null;
  for (const { terms, offset } of byRarity) {
    const before: Found | null = found;
    found = unite(terms.map((term) => takeStep(reader, term, { offset, before })));
    if (found.numbers.length === 0) break;
  }
  return found ?? nothing(0);
}

function nothing(papers: number): Found {
  const starts = new NumberList(papers + 1);
  starts.push(0);
  return { numbers: new NumberList(papers), starts, begins: new NumberList(2 * papers) };
}

function papersOf({ terms }: Step): number {
  return terms.reduce((sum, { papers }) => sum + papers, 0);
}

type Looked = { offset: number; before: Found | null };

function takeStep(reader: PaperReader, { id, papers }: Term, { offset, before }: Looked): Found {
  const found = nothing(Math.min(papers, before?.numbers.length ?? papers));
  for (const block of reader.postingsOf(id)) {
    if (before === null) {
      takeAll(block, reader.placesOf(id, block), { offset, found });
      continue;
    }
    const left = lowerBound(before.numbers, block.first);
    const next = left < before.numbers.length ? (before.numbers.values[left] ?? 0) : Number.POSITIVE_INFINITY;
    if (next <= block.last) takeAllowed(block, reader.placesOf(id, block), { offset, before, left, found });
  }
  return found;
}

// A code of a place is the distance from the place before × 2, + 1 while more follow.

function takeAll(block: PostingsBlock, places: Uint8Array, { offset, found }: { offset: number; found: Found }): void {
  const codes = readPostings(block);
  const stands = new ByteReader(places);
  for (let at = 0; at < codes.length; at++) {
    let place = -offset;
    for (let code = 1; (code & 1) === 1; ) {
      code = stands.number();
      place += code >>> 1;
      found.begins.push(place);
    }
    endPaper(found, (codes[at] ?? 0) >>> 5);
  }
}

type Allowed = { offset: number; before: Found; left: number; found: Found };

function takeAllowed(block: PostingsBlock, places: Uint8Array, { offset, before, left, found }: Allowed): void {
  const codes = readPostings(block);
  const stands = new ByteReader(places);
  const { values, length } = before.numbers;
  let next = left;
  for (let at = 0; at < codes.length && next < length; at++) {
    const paper = (codes[at] ?? 0) >>> 5;
    while (next < length && (values[next] ?? 0) < paper) next++;
    if (next < length && values[next] === paper) takePlaces(stands, { offset, before, at: next, begins: found.begins });
    else stands.skipOdd();
    endPaper(found, paper);
  }
}

function endPaper({ numbers, starts, begins }: Found, paper: number): void {
  if (begins.length === starts.values[starts.length - 1]) return;
  numbers.push(paper);
  starts.push(begins.length);
}

type Places = { offset: number; before: Found; at: number; begins: NumberList };

/** Those of one paper at which what was found before goes on. */
function takePlaces(stands: ByteReader, { offset, before, at, begins }: Places): void {
  const allowedPlaces = before.begins.values;
  const end = before.starts.values[at + 1] ?? 0;
  let allowed = before.starts.values[at] ?? 0;
  let place = -offset;
  for (let code = 1; (code & 1) === 1; ) {
    code = stands.number();
    place += code >>> 1;
    while (allowed < end && (allowedPlaces[allowed] ?? 0) < place) allowed++;
    if (allowed < end && allowedPlaces[allowed] === place) begins.push(place);
  }
}

/** What one or another has. */
function unite(all: readonly Found[]): Found {
  const [only, ...others] = all;
  if (!only) return nothing(0);
  if (others.length === 0) return only;
  const byNumber = new Map<number, Set<number>>();
  for (const { numbers, starts, begins } of all) {
    for (let index = 0; index < numbers.length; index++) {
      const number = numbers.values[index] ?? 0;
      const known = byNumber.get(number) ?? new Set();
      byNumber.set(number, known);
      for (const begin of begins.values.subarray(starts.values[index], starts.values[index + 1])) known.add(begin);
    }
  }
  const united = nothing(byNumber.size);
  for (const [number, begins] of [...byNumber].toSorted(([a], [b]) => a - b)) {
    for (const begin of [...begins].toSorted((a, b) => a - b)) united.begins.push(begin);
    endPaper(united, number);
  }
  return united;
}

/** The first index whose number is not below `least`. */
function lowerBound({ values, length }: NumberList, least: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
