import type { SQLInputValue } from "node:sqlite";
import type { IndexFile } from "#lib/search/engine/index-file.ts";
import { type IndexState, keyStep, readState } from "#lib/search/engine/index-state.ts";
import { Inversion } from "#lib/search/engine/inversion.ts";
import { decodeBody, type PaperBody } from "#lib/search/engine/paper-body.ts";
import { PaperColumns, recordLength, recordsPerRow } from "#lib/search/engine/paper-columns.ts";
import { ListCache } from "#lib/search/engine/list-cache.ts";
import { type Block, toPostings } from "#lib/search/engine/postings.ts";
import type { PaperId } from "#lib/papers/types.ts";

/** A stretch of a list without the places. */
export type PostingsBlock = Pick<Block, "first" | "last" | "postings">;

export type Term = { id: number; papers: number };

/**
 * An index as a search reads it: what lies in the file's lists, and what was stored since they were merged, alike. Everything
 * that one call of `read` sees is of one moment, whatever is written meanwhile.
 */
export class PaperReader {
  readonly file: IndexFile;
  readonly columns = new PaperColumns();
  state: IndexState;
  /** Lists of papers that wait to be merged, in stretches as they were met. */
  #waiting: Map<number, Block[]>[] = [];
  /** Lists of common words. */
  readonly #stored = new ListCache();
  #known = 0;
  #gone = 0;

  constructor(file: IndexFile) {
    this.file = file;
    // Nothing is loaded yet: the first reading finds everything changed.
    this.state = { papers: 0, length: 0, next: 0, merged: -1, codes: { categories: [], sources: [] } };
  }

  read<T>(work: () => T): T {
    return this.file.reading(() => {
      this.#refresh();
      return work();
    });
  }

  /** Those of `stems` that are known. */
  termsOf(stems: readonly string[]): Map<string, Term> {
    const found = new Map<string, Term>();
    const select = this.file.statement("SELECT id, papers FROM terms WHERE stem = ?");
    for (const stem of stems) {
      const row = select.get(stem);
      if (row) found.set(stem, this.#withWaiting(Number(row.id), Number(row.papers)));
    }
    return found;
  }

  termsById(ids: Iterable<number>): Term[] {
    const select = this.file.statement("SELECT papers FROM terms WHERE id = ?");
    return Array.from(ids, (id) => this.#withWaiting(id, Number(select.get(id)?.papers ?? 0)));
  }

  /** The whole list of a term, by rising paper. */
  postingsOf(term: number): PostingsBlock[] {
    const blocks = [...this.#stored.get(term, () => this.#readBlocks(term))];
    for (const stretch of this.#waiting) blocks.push(...(stretch.get(term) ?? []));
    return blocks;
  }

  #readBlocks(term: number): PostingsBlock[] {
    const base = term * keyStep;
    const select = "SELECT key, last, data FROM postings WHERE key BETWEEN ? AND ? ORDER BY key";
    return this.#rows(select, base, base + keyStep - 1).map(([key, last, data]) => ({
      first: Number(key) - base,
      last: Number(last),
      postings: toPostings(data as Uint8Array),
    }));
  }

  /** The places that go with one of `postingsOf`. */
  placesOf(term: number, { first }: PostingsBlock): Uint8Array {
    for (const stretch of this.#waiting) {
      const block = stretch.get(term)?.find((candidate) => candidate.first === first);
      if (block) return block.places;
    }
    const row = this.file.statement("SELECT data FROM places WHERE key = ?").get(term * keyStep + first);
    return (row?.data as Uint8Array | undefined) ?? new Uint8Array();
  }

  /** In one look-up: hundreds of single ones take ten times as long. */
  idsOf(numbers: readonly number[]): Map<number, PaperId> {
    const rows = this.#rowsOf("SELECT number, id FROM papers", numbers);
    return new Map(rows.map(([number, id]) => [Number(number), id as PaperId]));
  }

  /** As they are stored; see `decodeBody`. */
  bodiesOf(numbers: readonly number[]): Map<number, Uint8Array> {
    const rows = this.#rowsOf("SELECT number, body FROM bodies", numbers);
    return new Map(rows.map(([number, body]) => [Number(number), body as Uint8Array]));
  }

  textsOf(numbers: readonly number[]): Map<number, { title: string; authors: string[] }> {
    const rows = this.#rowsOf("SELECT number, title, authors FROM texts", numbers);
    return new Map(
      rows.map(([number, title, authors]) => [
        Number(number),
        { title: String(title), authors: String(authors).split("\n") },
      ]),
    );
  }

  bodyOf(id: string): { number: number; body: PaperBody } | null {
    const row = this.file.statement("SELECT number, body FROM papers JOIN bodies USING (number) WHERE id = ?").get(id);
    if (!row) return null;
    return { number: Number(row.number), body: decodeBody(row.body as Uint8Array, { withAuthors: false }) };
  }

  #rowsOf(select: string, numbers: readonly number[]): unknown[][] {
    return this.#rows(`${select} WHERE number IN (SELECT value FROM json_each(?))`, JSON.stringify(numbers));
  }

  /** As lists, which are made quicker than objects. */
  #rows(sql: string, ...values: SQLInputValue[]): unknown[][] {
    const statement = this.file.statement(sql);
    statement.setReturnArrays(true);
    const rows: unknown[] = statement.all(...values);
    return rows.filter((row) => Array.isArray(row));
  }

  #withWaiting(id: number, papers: number): Term {
    let all = papers;
    for (const stretch of this.#waiting) for (const block of stretch.get(id) ?? []) all += block.papers;
    return { id, papers: all };
  }

  #refresh(): void {
    const state = readState(this.file);
    if (state.next === this.state.next && state.papers === this.state.papers && state.merged === this.state.merged)
      return;
    if (state.merged !== this.state.merged) {
      this.#stored.clear();
      this.#loadRecords(this.#known);
      this.#forgetWaiting(state);
    }
    const gone = this.file.statement("SELECT at, number FROM gone WHERE at > ? ORDER BY at").all(this.#gone);
    // Lists that hold a paper which is gone are made anew, so that no count has it.
    if (gone.some(({ number }) => Number(number) > state.merged && Number(number) < this.#known)) {
      this.#forgetWaiting(state);
    }
    this.#loadWaiting(state);
    for (const { at, number } of gone) {
      this.columns.markGone(Number(number));
      this.#gone = Number(at);
    }
    this.state = state;
  }

  /** Papers may have been stored and merged since this reader looked last: it has not met them waiting. */
  #loadRecords(from: number): void {
    const select = this.file.statement("SELECT row, data FROM records WHERE row >= ? ORDER BY row");
    for (const { row, data } of select.iterate(Math.floor(from / recordsPerRow))) {
      this.columns.put(Number(row) * recordsPerRow, data as Uint8Array);
    }
    // What the file's records do not tell is told again.
    this.#gone = 0;
  }

  #forgetWaiting({ merged }: IndexState): void {
    this.#waiting = [];
    this.#known = merged + 1;
  }

  #loadWaiting(state: IndexState): void {
    this.columns.put(state.next, new Uint8Array(recordLength));
    const select = "SELECT number, record, body FROM bodies WHERE number >= ? ORDER BY number";
    const inversion = new Inversion();
    for (const row of this.file.statement(select).iterate(this.#known)) {
      const number = Number(row.number);
      inversion.add(number, decodeBody(row.body as Uint8Array, { withAuthors: true }));
      this.columns.put(number, row.record as Uint8Array);
    }
    const stretch = new Map<number, Block[]>();
    for (const { term, block } of inversion.blocks()) {
      const blocks = stretch.get(term);
      if (blocks) blocks.push(block);
      else stretch.set(term, [block]);
    }
    if (stretch.size > 0) this.#waiting.push(stretch);
    this.#known = state.next;
  }
}
