import { closeSync, fsyncSync, openSync } from "node:fs";
import type { SQLInputValue } from "node:sqlite";
import { PaperAnalyser } from "#lib/search/engine/analyse-paper.ts";
import type { IndexFile } from "#lib/search/engine/index-file.ts";
import { type IndexState, keyStep, readState } from "#lib/search/engine/index-state.ts";
import { Inversion } from "#lib/search/engine/inversion.ts";
import { decodeBody, distinctTerms, encodeBody, lengthOf, type PaperBody } from "#lib/search/engine/paper-body.ts";
import { makeRecord, recordLength, recordsPerRow } from "#lib/search/engine/paper-columns.ts";
import { type Block, joinBlocks, longestBlock, toPostings } from "#lib/search/engine/postings.ts";
import { Vocabulary } from "#lib/search/engine/vocabulary.ts";
import type { PaperId } from "#lib/papers/types.ts";
import type { SearchableText } from "#lib/search/types.ts";

// So many papers wait, stored but not in the lists, until they are merged. A waiting paper costs each reader a little
// time once; a merge rewrites the last block of each of its terms, whether one paper of the batch has it or a hundred.
const mostWaiting = 1000;

// In a first load they wait as lists in memory, until those are so many bytes: some two hundred thousand papers.
const mostBytesInBulk = 128e6;

// Names beyond these are found, but not suggested.
const mostNamesKept = 100;

/** What will be merged into the file: lists, and the rows of `records` that are new or grow. */
type Waiting = { inversion: Inversion; records: Map<number, Uint8Array> };

/** The one writer of an index. */
export class PaperWriter {
  readonly #file: IndexFile;
  readonly #path: string;
  readonly #bulk: boolean;
  #vocabulary: Vocabulary;
  #analyser: PaperAnalyser;
  /** In a first load, the papers that are stored and not merged. */
  #waiting: Waiting | null = null;

  constructor(path: string, file: IndexFile, { bulk }: { bulk: boolean }) {
    this.#path = path;
    this.#bulk = bulk;
    this.#file = file;
    this.#vocabulary = new Vocabulary(file, { bulk });
    this.#analyser = new PaperAnalyser(this.#vocabulary);
  }

  index(papers: readonly SearchableText[]): void {
    this.#change((state) => {
      for (const paper of papers) {
        this.#takeOut(paper.id, state);
        this.#putIn(paper, state);
      }
      if (!this.#bulk) {
        this.#vocabulary.writeTerms(() => 0);
        this.#vocabulary.writeCounts();
      }
      if (this.#isTimeToMerge(state)) this.#merge(state);
    });
  }

  remove(ids: readonly PaperId[]): number {
    return this.#change((state) => ids.filter((id) => this.#takeOut(id, state)).length);
  }

  /** Merges what waits, and leaves one whole file on the disk. */
  compact(): void {
    this.#change((state) => this.#merge(state));
    if (this.#bulk) this.#file.finishBulk();
    this.#file.db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    const written = openSync(this.#path, "r+");
    fsyncSync(written);
    closeSync(written);
  }

  /** State and rows change together. What is remembered of a change that failed is forgotten. */
  #change<T>(work: (state: IndexState) => T): T {
    try {
      return this.#file.writing(() => {
        const state = readState(this.#file);
        const result = work(state);
        this.#file.writeFact("state", state);
        return result;
      });
    } catch (error) {
      this.#vocabulary = new Vocabulary(this.#file, { bulk: this.#bulk });
      this.#analyser = new PaperAnalyser(this.#vocabulary);
      this.#waiting = null;
      throw error;
    }
  }

  #putIn(paper: SearchableText, state: IndexState): void {
    if (this.#bulk) this.#waiting ??= this.#readWaiting(state);
    const number = state.next++;
    const body = this.#analyser.analyse(paper, number);
    const { titleLength } = body;
    const record = makeRecord({ ...paper, titleLength, length: lengthOf(body) }, state.codes);
    const authors = paper.authors.slice(0, mostNamesKept).join("\n");
    this.#run("INSERT INTO papers (number, id, seq) VALUES (?, ?, ?)", number, paper.id, paper.seq);
    this.#run("INSERT INTO bodies (number, body, record) VALUES (?, ?, ?)", number, encodeBody(body), record);
    this.#run("INSERT INTO texts (number, title, authors) VALUES (?, ?, ?)", number, paper.title, authors);
    if (this.#waiting) this.#wait(this.#waiting, { number, body, record });
    state.papers++;
    state.length += lengthOf(body);
  }

  /** Counts of written words are not taken back: they say how usual a spelling is, and one paper changes that little. */
  #takeOut(id: PaperId, state: IndexState): boolean {
    const stored = this.#file
      .statement("SELECT number, body FROM papers JOIN bodies USING (number) WHERE id = ?")
      .get(id);
    if (!stored) return false;
    const number = Number(stored.number);
    const body = decodeBody(stored.body as Uint8Array, { withAuthors: true });
    for (const table of ["papers", "bodies", "texts"]) this.#run(`DELETE FROM ${table} WHERE number = ?`, number);
    this.#run("INSERT INTO gone (number) VALUES (?)", number);
    state.papers--;
    state.length -= lengthOf(body);
    // A first load counts it with its list, which holds it already.
    if (number > state.merged && !this.#bulk) return true;
    this.#vocabulary.writeTerms(() => 0);
    const fewer = this.#file.statement("UPDATE terms SET papers = papers - 1 WHERE id = ?");
    for (const term of distinctTerms(body)) fewer.run(term);
    return true;
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#file.statement(sql).run(...values);
  }

  #isTimeToMerge(state: IndexState): boolean {
    if (this.#waiting) return this.#waiting.inversion.size > mostBytesInBulk;
    return state.next - 1 - state.merged >= mostWaiting;
  }

  /** Puts the papers that wait into the lists. */
  #merge(state: IndexState): void {
    this.#vocabulary.writeCounts();
    const { inversion, records } = this.#waiting ?? this.#readWaiting(state);
    this.#mergeLists(inversion, state.merged === 0);
    const replace = this.#file.statement("INSERT OR REPLACE INTO records (row, data) VALUES (?, ?)");
    for (const [row, data] of records) replace.run(row, data);
    state.merged = state.next - 1;
    this.#waiting = null;
  }

  #readWaiting(state: IndexState): Waiting {
    const waiting: Waiting = { inversion: new Inversion(), records: new Map() };
    const select = this.#file.statement("SELECT number, record, body FROM bodies WHERE number > ? ORDER BY number");
    for (const row of select.iterate(state.merged)) {
      const body = decodeBody(row.body as Uint8Array, { withAuthors: true });
      this.#wait(waiting, { number: Number(row.number), body, record: row.record as Uint8Array });
    }
    return waiting;
  }

  #wait(
    { inversion, records }: Waiting,
    { number, body, record }: { number: number; body: PaperBody; record: Uint8Array },
  ): void {
    inversion.add(number, body);
    const row = Math.floor(number / recordsPerRow);
    let data = records.get(row);
    if (!data) {
      const stored = this.#file.statement("SELECT data FROM records WHERE row = ?").get(row)?.data;
      data = (stored as Uint8Array | undefined) ?? new Uint8Array(recordLength * recordsPerRow);
      records.set(row, data);
    }
    data.set(record, recordLength * (number % recordsPerRow));
  }

  #mergeLists(inversion: Inversion, first: boolean): void {
    const more = this.#file.statement("UPDATE terms SET papers = papers + ? WHERE id = ?");
    const ofNew = new Map<number, number>();
    let open = -1;
    for (const { term, block } of inversion.blocks()) {
      if (term < this.#vocabulary.firstNewTerm) more.run(block.papers, term);
      else ofNew.set(term, block.papers + (ofNew.get(term) ?? 0));
      // Only a list's last block has room. In bulk, stretches are long already, and each is left as it is.
      if (first || this.#bulk || term === open || !this.#joinLast(term, block)) this.#writeBlock(term, block);
      open = term;
    }
    this.#vocabulary.writeTerms((term) => ofNew.get(term) ?? 0);
  }

  /** False when the last block of the term has no room, or there is none. */
  #joinLast(term: number, more: Block): boolean {
    const select = "SELECT key, last, papers, data FROM postings WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1";
    const row = this.#file.statement(select).get(term * keyStep, term * keyStep + keyStep - 1);
    if (!row || Number(row.papers) + more.papers > longestBlock) return false;
    const key = Number(row.key);
    const places = this.#file.statement("SELECT data FROM places WHERE key = ?").get(key)?.data as Uint8Array;
    const first = key - term * keyStep;
    const postings = toPostings(row.data as Uint8Array);
    this.#writeBlock(
      term,
      joinBlocks({ first, last: Number(row.last), papers: Number(row.papers), postings, places }, more),
    );
    return true;
  }

  #writeBlock(term: number, { first, last, papers, postings, places }: Block): void {
    const key = term * keyStep + first;
    const insert = "INSERT OR REPLACE INTO postings (key, last, papers, data) VALUES (?, ?, ?, ?)";
    this.#run(insert, key, last, papers, postings);
    this.#run("INSERT OR REPLACE INTO places (key, data) VALUES (?, ?)", key, places);
  }
}
