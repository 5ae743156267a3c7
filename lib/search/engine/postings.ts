import { ByteReader, ByteWriter } from "#lib/search/engine/bytes.ts";
import type { PaperBody } from "#lib/search/engine/paper-body.ts";

/**
 * A stretch of one term's list: which papers have it (by number, rising), how often, and where.
 *
 * `postings` holds one number for each paper: the distance from the paper before (0 for the first) × 32, + 16 if the term is in
 * the title, + how often it is there (a title counts twice; 15 is the most that is told).
 * `places` holds for each paper the places of the term, rising: the distance from the place before × 2, + 1 while more follow.
 */
export type Block = { first: number; last: number; papers: number; postings: Uint8Array; places: Uint8Array };

/** Blocks end about here, so that two fit on a page of the file and a search for a rare neighbour can pass over most. */
export const longestBlock = 6000;

export const mostTimes = 15;
export const titleFlag = 16;

/** Turns papers (which terms has it?) around into lists (which papers have it?). */
export class Inversion {
  readonly #localOf = new Map<number, number>();
  readonly #terms: number[] = [];
  #local = new Int32Array(1024);
  #paper = new Int32Array(1024);
  /** The place × 2, + 1 if it is the title's. */
  #place = new Int32Array(1024);
  #length = 0;

  /** Papers must come by rising number. */
  add(number: number, body: PaperBody): void {
    const { terms, titleLength, abstractLength, titleCompounds, authors } = body;
    for (let at = 0; at < titleLength; at++) this.#token(number, terms[at] ?? 0, at, 1);
    const abstractEnd = titleLength + abstractLength;
    // A place is left empty between title and abstract: no phrase spans them.
    for (let at = titleLength; at < abstractEnd; at++) this.#token(number, terms[at] ?? 0, at + 1, 0);
    // Compounds stand behind the text, apart from each other: they are words, but nobody's neighbours.
    for (let at = abstractEnd; at < terms.length; at++) {
      const place = abstractEnd + 3 + 2 * (at - abstractEnd);
      this.#token(number, terms[at] ?? 0, place, at < abstractEnd + titleCompounds ? 1 : 0);
    }
    for (const { term, author } of authors) this.#token(number, term, author, 0);
  }

  /** The lists by rising term. */
  *blocks(): Generator<{ term: number; block: Block }> {
    const order = this.#sorted();
    const byTerm = this.#terms.map((term, local) => ({ term, local })).toSorted((a, b) => a.term - b.term);
    for (const { term, local } of byTerm) {
      for (const block of this.#encode(order.tokens, order.starts[local] ?? 0, order.starts[local + 1] ?? 0)) {
        yield { term, block };
      }
    }
  }

  #token(paper: number, term: number, place: number, inTitle: number): void {
    let local = this.#localOf.get(term);
    if (local === undefined) {
      local = this.#terms.push(term) - 1;
      this.#localOf.set(term, local);
    }
    if (this.#length === this.#local.length) this.#grow();
    this.#local[this.#length] = local;
    this.#paper[this.#length] = paper;
    this.#place[this.#length++] = 2 * place + inTitle;
  }

  #grow(): void {
    this.#local = twice(this.#local);
    this.#paper = twice(this.#paper);
    this.#place = twice(this.#place);
  }

  /** Counting sort, stable: within a term, papers and places stay in order. */
  #sorted(): { tokens: Int32Array; starts: Int32Array } {
    const starts = new Int32Array(this.#terms.length + 1);
    const locals = this.#local.subarray(0, this.#length);
    for (const local of locals) starts[local + 1] = (starts[local + 1] ?? 0) + 1;
    for (let local = 1; local < starts.length; local++) starts[local] = (starts[local] ?? 0) + (starts[local - 1] ?? 0);
    const next = starts.slice();
    const tokens = new Int32Array(this.#length);
    for (const [token, local] of locals.entries()) {
      const at = next[local] ?? 0;
      tokens[at] = token;
      next[local] = at + 1;
    }
    return { tokens, starts };
  }

  *#encode(tokens: Int32Array, start: number, end: number): Generator<Block> {
    const writer = new BlockWriter();
    for (let at = start; at < end; ) {
      const paper = this.#paper[tokens[at] ?? 0] ?? 0;
      let next = at;
      while (next < end && this.#paper[tokens[next] ?? 0] === paper) next++;
      writer.add(
        paper,
        Array.from(tokens.subarray(at, next), (token) => this.#place[token] ?? 0),
      );
      if (writer.full) yield writer.take();
      at = next;
    }
    if (writer.papers > 0) yield writer.take();
  }
}

class BlockWriter {
  readonly #postings = new ByteWriter();
  readonly #places = new ByteWriter();
  #first = 0;
  #last = 0;
  papers = 0;

  get full(): boolean {
    return this.#postings.length >= longestBlock;
  }

  add(paper: number, places: readonly number[]): void {
    if (this.papers++ === 0) this.#first = this.#last = paper;
    let times = 0;
    let before = 0;
    for (const [index, value] of places.entries()) {
      times += 1 + (value & 1);
      const place = value >> 1;
      this.#places.number(2 * (place - before) + (index + 1 < places.length ? 1 : 0));
      before = place;
    }
    const inTitle = places.some((value) => (value & 1) === 1) ? titleFlag : 0;
    this.#postings.number(32 * (paper - this.#last) + inTitle + Math.min(times, mostTimes));
    this.#last = paper;
  }

  take(): Block {
    const block = { first: this.#first, last: this.#last, papers: this.papers };
    this.papers = 0;
    return { ...block, postings: this.#postings.take(), places: this.#places.take() };
  }
}

/** `block` with `more`, whose papers come after it, at its end. */
export function joinBlocks(block: Block, more: Block): Block {
  const writer = new ByteWriter();
  writer.append(block.postings);
  const reader = new ByteReader(more.postings);
  writer.number(reader.number() + 32 * (more.first - block.last));
  writer.append(more.postings.subarray(reader.at));
  const postings = writer.take();
  writer.append(block.places);
  writer.append(more.places);
  const papers = block.papers + more.papers;
  return { first: block.first, last: more.last, papers, postings, places: writer.take() };
}

function twice(array: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(2 * array.length);
  grown.set(array);
  return grown;
}
