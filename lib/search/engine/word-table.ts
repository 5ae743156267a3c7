import { grown } from "#lib/search/engine/bytes.ts";
import type { WordScan } from "#lib/search/scan-words.ts";

// Of a word: its hash, its value, where its letters begin, and how many they are; all together, since looking at each of them
// somewhere else would be most of the time.
const stride = 4;

/** What `WordTable.get` answers for a word that was not put in. */
export const notThere = -(2 ** 31);

/** A number for each of many words, found by its letters as a scan has them: no string is made. */
export class WordTable {
  /** A word is at the place of its hash, or at the next that was free. No letters: nothing here. */
  #slots = new Int32Array(stride * 1024);
  #letters = new Uint16Array(8 * 1024);
  #used = 0;
  size = 0;

  get(scan: WordScan, n: number): number {
    const slots = this.#slots;
    const last = slots.length - stride;
    const hash = scan.hashes[n] ?? 0;
    for (let at = (hash << 2) & last; slots[at + 3] !== 0; at = (at + stride) & last) {
      if (slots[at] === hash && this.#isWord(at, scan, n)) return slots[at + 1] ?? 0;
    }
    return notThere;
  }

  /** A word that is not there yet. */
  put(scan: WordScan, n: number, value: number): void {
    if (2 * stride * this.size >= this.#slots.length) this.#grow();
    const [from = 0, to = 0] = [scan.starts[n], scan.ends[n]];
    const begin = this.#used;
    this.#used += to - from;
    if (this.#used > this.#letters.length) this.#letters = grown(this.#letters, 2 * this.#used);
    this.#letters.set(scan.letters.subarray(from, to), begin);
    this.#slots.set([scan.hashes[n] ?? 0, value, begin, to - from], this.#freeSlot(scan.hashes[n] ?? 0));
    this.size++;
  }

  #isWord(at: number, scan: WordScan, n: number): boolean {
    const length = this.#slots[at + 3] ?? 0;
    const from = scan.starts[n] ?? 0;
    if ((scan.ends[n] ?? 0) - from !== length) return false;
    const letters = this.#letters;
    const begin = this.#slots[at + 2] ?? 0;
    for (let letter = 0; letter < length; letter++) {
      if (letters[begin + letter] !== scan.letters[from + letter]) return false;
    }
    return true;
  }

  #freeSlot(hash: number): number {
    const last = this.#slots.length - stride;
    let at = (hash << 2) & last;
    while (this.#slots[at + 3] !== 0) at = (at + stride) & last;
    return at;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(2 * before.length);
    for (let at = 0; at < before.length; at += stride) {
      if (before[at + 3] !== 0) this.#slots.set(before.subarray(at, at + stride), this.#freeSlot(before[at] ?? 0));
    }
  }
}
