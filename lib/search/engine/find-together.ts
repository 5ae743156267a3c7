import { ByteReader } from "#lib/search/engine/bytes.ts";
import type { PaperReader, PostingsBlock } from "#lib/search/engine/paper-reader.ts";

/** One of `terms` must stand `offset` places after the beginning. */
export type Step = { terms: readonly { id: number; papers: number }[]; offset: number };

/** Papers, by rising number, with the places at which what was looked for begins. */
export type Found = { numbers: number[]; begins: number[][] };

/**
 * Papers in which all steps are taken from one beginning: words side by side (offsets 0, 1, 2 …), or parts of one author's name
 * (all of offset 0: a name's places are its author's number). Begins with the rarest step, and of the other lists reads only the
 * stretches in which a paper is left.
 */
export function findTogether(reader: PaperReader, steps: readonly Step[]): Found {
  const byRarity = steps.toSorted((a, b) => papersOf(a) - papersOf(b));
  let found: Found | null = null;
  for (const step of byRarity) {
    found = takeStep(reader, step, found);
    if (found.numbers.length === 0) break;
  }
  return found ?? { numbers: [], begins: [] };
}

function papersOf({ terms }: Step): number {
  return terms.reduce((sum, { papers }) => sum + papers, 0);
}

function takeStep(reader: PaperReader, { terms, offset }: Step, before: Found | null): Found {
  const begins = new Map<number, number[]>();
  for (const { id } of terms) {
    for (const block of reader.postingsOf(id)) {
      const wanted = before && {
        numbers: before.numbers,
        begins: before.begins,
        from: lowerBound(before.numbers, block.first),
      };
      if (wanted && (wanted.numbers[wanted.from] ?? Number.POSITIVE_INFINITY) > block.last) continue;
      readBlock(block, reader.placesOf(id, block), { offset, wanted, begins });
    }
  }
  const numbers = [...begins.keys()];
  // One list is in order already; two that were read one after the other are not.
  if (terms.length > 1) numbers.sort((a, b) => a - b);
  return { numbers, begins: numbers.map((number) => begins.get(number) ?? []) };
}

type Wanted = Found & { from: number };
type Reading = { offset: number; wanted: Wanted | null; begins: Map<number, number[]> };

function readBlock({ first, postings }: PostingsBlock, places: Uint8Array, { offset, wanted, begins }: Reading): void {
  const papers = new ByteReader(postings);
  const stands = new ByteReader(places);
  const left = wanted ? new Left(wanted) : null;
  let paper = first;
  while (!papers.ended && left?.ended !== true) {
    paper += papers.number() >>> 5;
    const here = readPlaces(stands, offset, left?.beginsOf(paper));
    if (here.length > 0) begins.set(paper, [...(begins.get(paper) ?? []), ...here]);
  }
}

/** The papers that are left from the steps before, passed in their order. */
class Left {
  readonly #wanted: Wanted;
  #next: number;

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
    this.#next = wanted.from;
  }

  get ended(): boolean {
    return this.#next >= this.#wanted.numbers.length;
  }

  /** Nowhere when it is not left. Papers must be asked for by rising number. */
  beginsOf(paper: number): readonly number[] {
    const { numbers, begins } = this.#wanted;
    while ((numbers[this.#next] ?? Number.POSITIVE_INFINITY) < paper) this.#next++;
    return (numbers[this.#next] === paper && begins[this.#next]) || nowhere;
  }
}

const nowhere: number[] = [];

/** The beginnings that a paper's places speak for; of `allowed`, if it is given. */
function readPlaces(stands: ByteReader, offset: number, allowed: readonly number[] | undefined): number[] {
  const here: number[] = [];
  let place = 0;
  for (let more = true; more; ) {
    const code = stands.number();
    place += code >>> 1;
    more = (code & 1) === 1;
    if (allowed === undefined || allowed.includes(place - offset)) here.push(place - offset);
  }
  return here;
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
