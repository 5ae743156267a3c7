import { ByteReader } from "#lib/search/engine/bytes.ts";
import type { PaperReader, PostingsBlock, Term } from "#lib/search/engine/paper-reader.ts";

/** One of `terms` must stand `offset` places after the beginning. */
export type Step = { terms: readonly Term[]; offset: number };

/**
 * Papers, by rising number, and the places at which what was looked for begins: those of paper n stand in `begins` from
 * `starts[n]` to `starts[n + 1]`, rising. Flat lists, because there may be half a million of them.
 */
export type Found = { numbers: number[]; starts: number[]; begins: number[] };

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
    found = unite(terms.map(({ id }) => takeStep(reader, id, { offset, before })));
    if (found.numbers.length === 0) break;
  }
  return found ?? nothing();
}

function nothing(): Found {
  return { numbers: [], starts: [0], begins: [] };
}

function papersOf({ terms }: Step): number {
  return terms.reduce((sum, { papers }) => sum + papers, 0);
}

type Looked = { offset: number; before: Found | null };

function takeStep(reader: PaperReader, term: number, looked: Looked): Found {
  const found = nothing();
  for (const block of reader.postingsOf(term)) {
    const left = looked.before && lowerBound(looked.before.numbers, block.first);
    const next = left === null ? block.first : (looked.before?.numbers[left] ?? Number.POSITIVE_INFINITY);
    if (next > block.last) continue;
    readBlock(block, reader.placesOf(term, block), { ...looked, left: left ?? 0, found });
  }
  return found;
}

type Reading = Looked & { left: number; found: Found };

function readBlock(
  { first, postings }: PostingsBlock,
  places: Uint8Array,
  { offset, before, left, found }: Reading,
): void {
  const papers = new ByteReader(postings);
  const stands = new ByteReader(places);
  let paper = first;
  let next = left;
  while (!papers.ended) {
    paper += papers.number() >>> 5;
    if (before === null) {
      takeAll(stands, offset, found.begins);
    } else {
      while ((before.numbers[next] ?? Number.POSITIVE_INFINITY) < paper) next++;
      if (before.numbers[next] === paper) takeAllowed(stands, offset, { before, at: next, begins: found.begins });
      else passOver(stands);
    }
    endPaper(found, paper);
  }
}

function endPaper({ numbers, starts, begins }: Found, paper: number): void {
  if (begins.length === starts.at(-1)) return;
  numbers.push(paper);
  starts.push(begins.length);
}

// A code is the distance from the place before × 2, + 1 while more follow.

function takeAll(stands: ByteReader, offset: number, begins: number[]): void {
  let place = -offset;
  for (let code = 1; (code & 1) === 1; ) {
    code = stands.number();
    place += code >>> 1;
    begins.push(place);
  }
}

function takeAllowed(
  stands: ByteReader,
  offset: number,
  { before, at, begins }: { before: Found; at: number; begins: number[] },
): void {
  const end = before.starts[at + 1] ?? 0;
  let allowed = before.starts[at] ?? 0;
  let place = -offset;
  for (let code = 1; (code & 1) === 1; ) {
    code = stands.number();
    place += code >>> 1;
    while (allowed < end && (before.begins[allowed] ?? 0) < place) allowed++;
    if (allowed < end && before.begins[allowed] === place) begins.push(place);
  }
}

function passOver(stands: ByteReader): void {
  while ((stands.number() & 1) === 1);
}

/** What one or another has. */
function unite(all: readonly Found[]): Found {
  const [only, ...others] = all;
  if (!only) return nothing();
  if (others.length === 0) return only;
  const byNumber = new Map<number, Set<number>>();
  for (const { numbers, starts, begins } of all) {
    for (const [index, number] of numbers.entries()) {
      const known = byNumber.get(number) ?? new Set();
      byNumber.set(number, known);
      for (const begin of begins.slice(starts[index], starts[index + 1])) known.add(begin);
    }
  }
  const united = nothing();
  for (const [number, begins] of [...byNumber].toSorted(([a], [b]) => a - b)) {
    united.begins.push(...[...begins].toSorted((a, b) => a - b));
    endPaper(united, number);
  }
  return united;
}

/** The first index whose number is not below `least`. */
function lowerBound(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
