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

/** Blocks end here, so that one fills a page of the file (4096 bytes) and a search for a rare neighbour can pass over most. */
export const longestBlock = 4000;

export const mostTimes = 15;
export const titleFlag = 16;

/** Turns papers (which terms has it?) around into lists (which papers have it?). */
export class Inversion {
  /** By a term's number, its number here + 1. */
  #localOf = new Int32Array(1024);
  readonly #terms: number[] = [];
  #local = new Int32Array(1024);
  #paper = new Int32Array(1024);
  /** The place × 2, + 1 if it is the title's. */
  #place = new Int32Array(1024);
  #length = 0;
  readonly #writer = new BlockWriter();

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
    const local = (this.#localOf[term] || this.#meet(term)) - 1;
    if (this.#length === this.#local.length) this.#grow();
    this.#local[this.#length] = local;
    this.#paper[this.#length] = paper;
    this.#place[this.#length++] = 2 * place + inTitle;
  }

  #meet(term: number): number {
    if (term >= this.#localOf.length) this.#localOf = grownTo(this.#localOf, 2 * term);
    const local = this.#terms.push(term);
    this.#localOf[term] = local;
    return local;
  }

  #grow(): void {
    this.#local = grownTo(this.#local, 2 * this.#length);
    this.#paper = grownTo(this.#paper, 2 * this.#length);
    this.#place = grownTo(this.#place, 2 * this.#length);
  }

  /** Counting sort, stable: within a term, papers and places stay in order. */
  #sorted(): { tokens: Int32Array; starts: Int32Array } {
    const starts = new Int32Array(this.#terms.length + 1);
    for (let token = 0; token < this.#length; token++) {
      const after = (this.#local[token] ?? 0) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
    for (let local = 1; local < starts.length; local++) starts[local] = (starts[local] ?? 0) + (starts[local - 1] ?? 0);
    const next = starts.slice();
    const tokens = new Int32Array(this.#length);
    for (let token = 0; token < this.#length; token++) {
      const local = this.#local[token] ?? 0;
      const at = next[local] ?? 0;
      tokens[at] = token;
      next[local] = at + 1;
    }
    return { tokens, starts };
  }

  *#encode(tokens: Int32Array, start: number, end: number): Generator<Block> {
    const writer = this.#writer;
    for (let at = start; at < end; at++) {
      const token = tokens[at] ?? 0;
      const paper = this.#paper[token] ?? 0;
      const isLast = at + 1 === end || this.#paper[tokens[at + 1] ?? 0] !== paper;
      writer.add(paper, this.#place[token] ?? 0, isLast);
      if (isLast && writer.full) yield writer.take();
    }
    if (writer.papers > 0) yield writer.take();
  }
}

class BlockWriter {
  readonly #postings = new ByteWriter();
  readonly #places = new ByteWriter();
  #first = 0;
  #last = 0;
  // Of the paper that is being written:
  #times = 0;
  #inTitle = 0;
  #place = 0;
  papers = 0;

  get full(): boolean {
    return this.#postings.length >= longestBlock;
  }

  /** One place of a paper: × 2, + 1 if it is the title's. A paper's places must follow each other. */
  add(paper: number, value: number, isLast: boolean): void {
    const place = value >> 1;
    this.#places.number(2 * (place - this.#place) + (isLast ? 0 : 1));
    this.#place = place;
    this.#times += 1 + (value & 1);
    if ((value & 1) === 1) this.#inTitle = titleFlag;
    if (isLast) this.#endPaper(paper);
  }

  #endPaper(paper: number): void {
    if (this.papers++ === 0) this.#first = this.#last = paper;
    this.#postings.number(32 * (paper - this.#last) + this.#inTitle + Math.min(this.#times, mostTimes));
    this.#last = paper;
    this.#times = this.#inTitle = this.#place = 0;
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

function grownTo(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length);
  grown.set(array);
  return grown;
}
