import { ByteChunks } from "#lib/search/engine/byte-chunks.ts";
import { grown } from "#lib/search/engine/bytes.ts";
import type { PaperBody } from "#lib/search/engine/paper-body.ts";
import { type Block, type GrowingList, mostTimes, titleFlag, toBlocks } from "#lib/search/engine/postings.ts";

// What is known of a term while its list grows: sixteen numbers, which is one line of the processor's cache.
const stride = 16;
/** The first paper of its list, and how many there are. */
const firstAt = 0;
const papersAt = 1;
/** The paper whose places are being written, and the one before it. */
const paperAt = 2;
const beforeAt = 3;
/** Of that paper: how often the term is there, whether it is in the title, the last place, and how far it is from the one before. */
const timesAt = 4;
const titleAt = 5;
const placeAt = 6;
const distanceAt = 7;
/** The two streams of bytes; see `ByteChunks`. */
const postingsAt = 8;
const placesAt = 12;

// Terms' numbers are looked up by pages: a list for all would be megabytes, which a few papers do not need.
const pageBits = 12;
const pageMask = 2 ** pageBits - 1;

/** Turns papers (which terms has it?) around into lists (which papers have it?), in the form that `Block` tells. */
export class Inversion {
  /** By a term's number, its number here + 1. */
  readonly #locals: (Int32Array | undefined)[] = [];
  readonly #terms: number[] = [];
  #states = new Int32Array(stride * 256);
  readonly #chunks = new ByteChunks();

  /** Bytes that the lists fill by now. */
  get size(): number {
    return this.#chunks.length + 4 * stride * this.#terms.length;
  }

  /** Papers must come by rising number. */
  add(number: number, body: PaperBody): void {
    const { terms, titleLength, abstractLength, titleCompounds, names } = body;
    for (let at = 0; at < titleLength; at++) this.#token(number, terms[at] ?? 0, at, titleFlag);
    const abstractEnd = titleLength + abstractLength;
    // A place is left empty between title and abstract: no phrase spans them.
    for (let at = titleLength; at < abstractEnd; at++) this.#token(number, terms[at] ?? 0, at + 1, 0);
    // Compounds stand behind the text, apart from each other: they are words, but nobody's neighbours.
    for (let at = abstractEnd; at < terms.length; at++) {
      const place = abstractEnd + 3 + 2 * (at - abstractEnd);
      this.#token(number, terms[at] ?? 0, place, at < abstractEnd + titleCompounds ? titleFlag : 0);
    }
    for (let at = 0; at < names.length; at += 2) this.#token(number, names[at] ?? 0, names[at + 1] ?? 0, 0);
  }

  /** The lists by rising term. Nothing can be added afterwards. */
  *blocks(): Generator<{ term: number; block: Block }> {
    const byTerm = Float64Array.from(this.#terms, (term, local) => term * 2 ** 24 + local).sort();
    for (const key of byTerm) {
      const local = key % 2 ** 24;
      for (const block of toBlocks(this.#listOf(local * stride))) yield { term: (key - local) / 2 ** 24, block };
    }
  }

  #token(paper: number, term: number, place: number, inTitle: number): void {
    const local = this.#locals[term >> pageBits]?.[term & pageMask] || this.#meet(term);
    const at = (local - 1) * stride;
    if (this.#states[at + paperAt] === paper) this.#endPlace(at, 1);
    else this.#beginPaper(at, paper);
    const states = this.#states;
    states[at + timesAt] = (states[at + timesAt] ?? 0) + (inTitle === 0 ? 1 : 2);
    states[at + titleAt] = (states[at + titleAt] ?? 0) | inTitle;
    states[at + distanceAt] = place - (states[at + placeAt] ?? 0);
    states[at + placeAt] = place;
  }

  #meet(term: number): number {
    const local = this.#terms.push(term);
    const page = this.#locals[term >> pageBits] ?? new Int32Array(2 ** pageBits);
    this.#locals[term >> pageBits] = page;
    page[term & pageMask] = local;
    if (local * stride > this.#states.length) this.#states = grown(this.#states, 2 * this.#states.length);
    this.#chunks.open(this.#states, (local - 1) * stride + postingsAt);
    this.#chunks.open(this.#states, (local - 1) * stride + placesAt);
    return local;
  }

  #beginPaper(at: number, paper: number): void {
    const states = this.#states;
    if (states[at + papersAt] === 0) states[at + firstAt] = states[at + paperAt] = paper;
    else this.#endPaper(at);
    states[at + papersAt] = (states[at + papersAt] ?? 0) + 1;
    states[at + beforeAt] = states[at + paperAt] ?? 0;
    states[at + paperAt] = paper;
    states[at + timesAt] = states[at + titleAt] = states[at + placeAt] = 0;
  }

  #endPaper(at: number): void {
    this.#endPlace(at, 0);
    const states = this.#states;
    const distance = (states[at + paperAt] ?? 0) - (states[at + beforeAt] ?? 0);
    const times = Math.min(states[at + timesAt] ?? 0, mostTimes);
    this.#chunks.number(states, at + postingsAt, 32 * distance + (states[at + titleAt] ?? 0) + times);
  }

  #endPlace(at: number, more: number): void {
    this.#chunks.number(this.#states, at + placesAt, 2 * (this.#states[at + distanceAt] ?? 0) + more);
  }

  #listOf(at: number): GrowingList {
    this.#endPaper(at);
    return {
      first: this.#states[at + firstAt] ?? 0,
      postings: this.#chunks.read(this.#states, at + postingsAt),
      places: this.#chunks.read(this.#states, at + placesAt),
    };
  }
}
