import { ByteReader } from "#lib/search/engine/bytes.ts";

/**
 * A stretch of one term's list: which papers have it (by number, rising), how often, and where.
 *
 * `postings`: papers by segments of 2048 numbers. Of each segment that has one (or of a part of it), how many segments it is
 * after the one before (0 for the first of the stretch), how many papers follow, and for each of them its number in the segment
 * × 32, + 16 if the term is in the title, + how often it is there (a title counts twice; 15 is the most that is told). Two bytes a
 * paper, and each tells by itself which one: sums over a million papers need not wait for one another.
 *
 * `places` holds for each paper the places of the term, rising: the distance from the place before × 2, + 1 while more follow, as
 * `ByteWriter` writes numbers.
 */
export type Block = { first: number; last: number; papers: number; postings: Uint16Array; places: Uint8Array };

/**
 * A term's whole list while it grows: `postings` are then the distance from the paper before (0 for the first) × 32, + 16, + how
 * often, as `ByteWriter` writes numbers.
 */
export type GrowingList = { first: number; postings: Uint8Array; places: Uint8Array };

/** So many postings are a stretch at most: it fills two pages of the file, and a search for a rare neighbour can pass over most. */
export const longestBlock = 3900;

export const mostTimes = 15;
export const titleFlag = 16;

/** Of a paper's number, its place in the segment. */
export const segmentBits = 11;
const segmentMask = 2 ** segmentBits - 1;

/** The list in stretches. */
export function* toBlocks({ first, postings, places }: GrowingList): Generator<Block> {
  const codes = new ByteReader(postings);
  const stands = new ByteReader(places);
  let paper = first;
  while (!codes.ended) {
    const placesFrom = stands.at;
    writer.begin();
    while (!codes.ended && writer.length < longestBlock) {
      const code = codes.number();
      paper += code >>> 5;
      writer.add(paper, code & 31);
      stands.skipOdd();
    }
    yield { ...writer.take(), places: places.slice(placesFrom, stands.at) };
  }
}

/** `block` with `more`, whose papers come after it, at its end. */
export function joinBlocks(block: Block, more: Block): Block {
  const postings = new Uint16Array(block.postings.length + more.postings.length);
  postings.set(block.postings);
  postings.set(more.postings, block.postings.length);
  postings[block.postings.length] = (more.first >>> segmentBits) - (block.last >>> segmentBits);
  const places = new Uint8Array(block.places.length + more.places.length);
  places.set(block.places);
  places.set(more.places, block.places.length);
  return { first: block.first, last: more.last, papers: block.papers + more.papers, postings, places };
}

/** The papers of a stretch, each × 32 + what is told of it. The next call writes over them. */
export function readPostings({ first, postings }: Pick<Block, "first" | "postings">): Uint32Array {
  if (postings.length > read.length) read = new Uint32Array(2 * postings.length);
  let length = 0;
  let begin = (first >>> segmentBits) * 2 ** (segmentBits + 5);
  for (let at = 0; at < postings.length; ) {
    begin += (postings[at] ?? 0) * 2 ** (segmentBits + 5);
    const end = at + 2 + (postings[at + 1] ?? 0);
    for (at += 2; at < end; at++) read[length++] = begin + (postings[at] ?? 0);
  }
  return read.subarray(0, length);
}

/** As a file's row has them. */
export function toPostings(data: Uint8Array): Uint16Array {
  return new Uint16Array(data.buffer, data.byteOffset, data.length >> 1);
}

let read = new Uint32Array(8192);

class PostingsWriter {
  readonly #numbers = new Uint16Array(3 * longestBlock + 3);
  #end = 0;
  #countAt = 0;
  #first = 0;
  #last = 0;
  length = 0;

  begin(): void {
    this.#end = this.length = 0;
  }

  add(paper: number, told: number): void {
    const segment = paper >>> segmentBits;
    if (this.length === 0) this.#first = this.#last = paper;
    const before = this.#last >>> segmentBits;
    if (this.length === 0 || segment !== before) {
      this.#numbers[this.#end] = segment - before;
      this.#countAt = this.#end + 1;
      this.#numbers[this.#countAt] = 0;
      this.#end += 2;
    }
    this.#numbers[this.#countAt] = (this.#numbers[this.#countAt] ?? 0) + 1;
    this.#numbers[this.#end++] = ((paper & segmentMask) << 5) | told;
    this.#last = paper;
    this.length++;
  }

  take(): Omit<Block, "places"> {
    return { first: this.#first, last: this.#last, papers: this.length, postings: this.#numbers.slice(0, this.#end) };
  }
}

const writer = new PostingsWriter();
