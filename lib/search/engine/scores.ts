import { NumberList } from "#lib/search/engine/bytes.ts";
import { decodeLength } from "#lib/search/engine/paper-columns.ts";
import type { PostingsBlock } from "#lib/search/engine/paper-reader.ts";
import { mostTimes, readPostings, segmentBits, titleFlag } from "#lib/search/engine/postings.ts";
import { weights } from "#lib/search/weights.ts";

/** How telling a word is: the logarithm of how few papers have it. */
export function rarityOf(having: number, papers: number): number {
  return Math.log(1 + (papers - having + 0.5) / (having + 0.5));
}

/** What a word adds by how often it is there and by the paper's length, for all that a posting can tell: 16 × 256 numbers. */
export function makeImpacts(weight: number, usualLength: number): Float32Array {
  const { k1, b } = weights;
  const impacts = new Float32Array((mostTimes + 1) * 256);
  for (let times = 1; times <= mostTimes; times++) {
    for (let code = 0; code < 256; code++) {
      const norm = k1 * (1 - b + (b * decodeLength(code)) / Math.max(1, usualLength));
      impacts[times * 256 + code] = (weight * times * (k1 + 1)) / (times + norm);
    }
  }
  return impacts;
}

/** Scores of all papers for one query, added up list by list. Made once for each reader and used again. */
export class Scores {
  /** By number. */
  scores = new Float32Array(0);
  /** Bit n is set in a paper that has the query's word n. As narrow as the query allows: all of it is read and written. */
  masks: Uint8Array | Uint16Array | Uint32Array = new Uint8Array(0);
  /** Two lists of numbers with room for all: kept, because new ones for each search would be megabytes of waste. */
  found = new Int32Array(0);
  complete = new Int32Array(0);
  #bytes = new Uint32Array(0);
  /** Postings that were added: no fewer than the papers that match. */
  #added = 0;

  /** All nothing again, with room for numbers below `size` and for so many bits. */
  clear(size: number, bits: number): void {
    if (size > this.scores.length) {
      const room = 8 + Math.ceil(1.25 * size);
      this.scores = new Float32Array(room);
      this.found = new Int32Array(room);
      this.complete = new Int32Array(room);
      this.#bytes = new Uint32Array(room);
    } else {
      this.scores.fill(0, 0, size);
    }
    this.#added = 0;
    const { buffer } = this.#bytes;
    if (bits <= 8) this.masks = new Uint8Array(buffer);
    else this.masks = bits <= 16 ? new Uint16Array(buffer) : this.#bytes;
    // Whole words of four bytes: `matching` reads them so.
    this.masks.fill(0, 0, size + 3);
  }

  /** Papers below `end` that have one of the words, rising. */
  matching(end: number): Int32Array {
    const { masks, found } = this;
    if (this.#added > end / 4) {
      let length = 0;
      for (let number = 1; number < end; number++) {
        // Written in any case and kept if it matches: which of them do cannot be guessed, and wrong guesses take time.
        found[length] = number;
        length += masks[number] === 0 ? 0 : 1;
      }
      return found.subarray(0, length);
    }
    const together = 4 / masks.BYTES_PER_ELEMENT;
    let length = 0;
    for (let begin = 0, at = 0; begin < end; begin += together, at++) {
      if (this.#bytes[at] === 0) continue;
      for (let number = begin; number < begin + together; number++) if (masks[number] !== 0) found[length++] = number;
    }
    return found.subarray(0, length);
  }

  /** Adds what a word is worth to the papers of a stretch. `lengths`: of all papers, as `PaperColumns` has them. */
  add({ first, postings }: PostingsBlock, lengths: Uint8Array, { impacts, bit }: Added): void {
    const { scores, masks } = this;
    this.#added += postings.length;
    let begin = (first >>> segmentBits) << segmentBits;
    for (let at = 0; at < postings.length; ) {
      begin += (postings[at] ?? 0) << segmentBits;
      const end = at + 2 + (postings[at + 1] ?? 0);
      for (at += 2; at < end; at++) {
        const code = postings[at] ?? 0;
        const paper = begin + (code >>> 5);
        scores[paper] = (scores[paper] ?? 0) + (impacts[((code & mostTimes) << 8) + (lengths[paper] ?? 0)] ?? 0);
        masks[paper] = (masks[paper] ?? 0) | bit;
      }
    }
  }

  /** Sets a bit in the papers of a list, and nothing else. Answers those that did not have it. */
  addBit(blocks: readonly PostingsBlock[], bit: number, { onlyTitles = false } = {}): Int32Array {
    const { masks } = this;
    const skipped = onlyTitles ? 0 : titleFlag;
    const papers = new NumberList();
    for (const block of blocks) {
      this.#added += block.postings.length;
      for (const code of readPostings(block)) {
        if (((code | skipped) & titleFlag) === 0) continue;
        const paper = code >>> 5;
        if (((masks[paper] ?? 0) & bit) === 0) papers.push(paper);
        masks[paper] = (masks[paper] ?? 0) | bit;
      }
    }
    return papers.values.subarray(0, papers.length);
  }

  takeBit(papers: Int32Array, bit: number): void {
    for (const paper of papers) this.masks[paper] = (this.masks[paper] ?? 0) & ~bit;
  }
}

type Added = { impacts: Float32Array; bit: number };

/** The `most` highest of what is offered; of equal ones the higher number. */
export class Best {
  readonly #most: number;
  readonly #numbers: Int32Array;
  readonly #keys: Float64Array;
  #length = 0;
  #least = Number.NEGATIVE_INFINITY;

  constructor(most: number) {
    this.#most = most;
    this.#numbers = new Int32Array(most);
    this.#keys = new Float64Array(most);
  }

  /**
   * Offers each of `numbers`, which must rise, with its key of `keys`. From the end: of equal ones the higher number is better, and nearly all others are
   * passed over.
   */
  offerAll(numbers: Int32Array, keys: Float32Array | Uint16Array): void {
    for (let at = numbers.length - 1; at >= 0; at--) {
      const number = numbers[at] ?? 0;
      const key = keys[number] ?? 0;
      if (key > this.#least) this.offer(number, key);
    }
  }

  offer(number: number, key: number): void {
    if (this.#length < this.#most) this.#rise(this.#length++, number, key);
    else if (this.#isLess(0, key, number)) this.#sink(number, key);
    if (this.#length === this.#most) this.#least = this.#keys[0] ?? 0;
  }

  /** Highest first. */
  take(): { number: number; key: number }[] {
    const all = Array.from({ length: this.#length }, (_, at) => ({
      number: this.#numbers[at] ?? 0,
      key: this.#keys[at] ?? 0,
    }));
    return all.toSorted((a, b) => b.key - a.key || b.number - a.number);
  }

  // A heap: what stands at a place is less than what stands at 2 × place + 1 and + 2.
  #isLess(at: number, key: number, number: number): boolean {
    const held = this.#keys[at] ?? 0;
    return held < key || (held === key && (this.#numbers[at] ?? 0) < number);
  }

  #rise(start: number, number: number, key: number): void {
    let at = start;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#isLess(above, key, number)) break;
      this.#copy(above, at);
      at = above;
    }
    this.#set(at, number, key);
  }

  #sink(number: number, key: number): void {
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= this.#length) break;
      const right = below + 1;
      if (right < this.#length && this.#isLess(right, this.#keys[below] ?? 0, this.#numbers[below] ?? 0)) below = right;
      if (!this.#isLess(below, key, number)) break;
      this.#copy(below, at);
      at = below;
    }
    this.#set(at, number, key);
  }

  #copy(from: number, to: number): void {
    this.#set(to, this.#numbers[from] ?? 0, this.#keys[from] ?? 0);
  }

  #set(at: number, number: number, key: number): void {
    this.#numbers[at] = number;
    this.#keys[at] = key;
  }
}
