import { closeSync, fsyncSync, openSync } from "node:fs";
import type { SQLInputValue } from "node:sqlite";
import type { IndexFile } from "#lib/search/engine/index-file.ts";
import { type IndexState, keyStep, readState } from "#lib/search/engine/index-state.ts";
import {
  analysePaper,
  decodeBody,
  distinctTerms,
  encodeBody,
  initialTerm,
  lengthOf,
  nameMark,
} from "#lib/search/engine/paper-body.ts";
import { makeRecord, recordLength, recordsPerRow } from "#lib/search/engine/paper-columns.ts";
import { type Block, Inversion, joinBlocks, longestBlock } from "#lib/search/engine/postings.ts";
import type { PaperId } from "#lib/papers/types.ts";
import type { SearchableText } from "#lib/search/types.ts";

// So many papers wait, stored but not in the lists, until they are merged. A waiting paper costs each reader a little
// time once; a merge rewrites the last block of each of its terms, whether one paper of the batch has it or a hundred.
const mostWaiting = 1000;
const mostWaitingInBulk = 60_000;

// Names beyond these are found, but not suggested.
const mostNamesKept = 100;

// Terms and words are looked up in memory first. The commonest come first, and the map then holds what matters.
const mostKnown = 400_000;

/** `papers`: how many had it since it was written down last; `paper`: the last of them. */
type KnownWord = { term: number; papers: number; paper: number };

/** The one writer of an index. */
export class PaperWriter {
  readonly #file: IndexFile;
  readonly #path: string;
  readonly #bulk: boolean;
  readonly #terms = new Map<string, number>();
  readonly #names = new Map<string, readonly [number, number]>();
  readonly #words = new Map<string, KnownWord>();

  constructor(path: string, file: IndexFile, { bulk }: { bulk: boolean }) {
    this.#path = path;
    this.#bulk = bulk;
    this.#file = file;
  }

  index(papers: readonly SearchableText[]): void {
    this.#change((state) => {
      for (const paper of papers) {
        this.#takeOut(paper.id, state);
        this.#putIn(paper, state);
      }
      if (!this.#bulk) this.#writeWords();
      if (state.next - 1 - state.merged >= (this.#bulk ? mostWaitingInBulk : mostWaiting)) this.#merge(state);
    });
  }

  remove(ids: readonly PaperId[]): number {
    return this.#change((state) => ids.filter((id) => this.#takeOut(id, state)).length);
  }

  /** Merges what waits, and leaves one whole file on the disk. */
  compact(): void {
    this.#change((state) => this.#merge(state));
    if (this.#bulk) this.#file.db.exec("PRAGMA journal_mode = WAL");
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
      this.#terms.clear();
      this.#names.clear();
      this.#words.clear();
      throw error;
    }
  }

  #putIn(paper: SearchableText, state: IndexState): void {
    const number = state.next++;
    const body = analysePaper(paper, {
      ofStem: (stem) => this.#termOf(stem),
      ofName: this.#ofName,
      ofWord: (word, stem) => this.#meetWord(word, stem, number),
    });
    const { titleLength } = body;
    const record = makeRecord({ ...paper, titleLength, length: lengthOf(body) }, state.codes);
    const authors = paper.authors.slice(0, mostNamesKept).join("\n");
    this.#run("INSERT INTO papers (number, id, seq) VALUES (?, ?, ?)", number, paper.id, paper.seq);
    this.#run("INSERT INTO bodies (number, body, record) VALUES (?, ?, ?)", number, encodeBody(body), record);
    this.#run("INSERT INTO texts (number, title, authors) VALUES (?, ?, ?)", number, paper.title, authors);
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
    if (number > state.merged) return true;
    const fewer = this.#file.statement("UPDATE terms SET papers = papers - 1 WHERE id = ?");
    for (const term of distinctTerms(body)) fewer.run(term);
    return true;
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#file.statement(sql).run(...values);
  }

  #termOf(stem: string): number {
    const known = this.#terms.get(stem);
    if (known !== undefined) return known;
    // In a first load everything is in memory until that is full.
    const isNew = this.#bulk && this.#terms.size < mostKnown;
    const stored = isNew ? undefined : this.#file.statement("SELECT id FROM terms WHERE stem = ?").get(stem)?.id;
    const insert = this.#file.statement("INSERT INTO terms (stem, papers) VALUES (?, 0)");
    const term = Number(stored ?? insert.run(stem).lastInsertRowid);
    if (this.#terms.size < mostKnown) this.#terms.set(stem, term);
    return term;
  }

  readonly #ofName = (part: string): readonly [number, number] => {
    const known = this.#names.get(part);
    if (known) return known;
    const terms = [this.#termOf(nameMark + part), this.#termOf(initialTerm(part))] as const;
    if (this.#names.size < mostKnown) this.#names.set(part, terms);
    return terms;
  };

  /** Counts the word once for each paper. */
  #meetWord(word: string, stem: string, paper: number): number {
    const known = this.#words.get(word) ?? { term: this.#termOf(stem), papers: 0, paper: 0 };
    if (known.papers === 0 && known.paper === 0) this.#words.set(word, known);
    if (known.paper !== paper) {
      known.papers++;
      known.paper = paper;
    }
    return known.term;
  }

  #writeWords(): void {
    const more = `INSERT INTO words (word, term, papers) VALUES (?, ?, ?)
      ON CONFLICT (word) DO UPDATE SET papers = papers + excluded.papers`;
    const met = [...this.#words].filter(([, { papers }]) => papers > 0);
    for (const [word, known] of met.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))) {
      this.#run(more, word, known.term, known.papers);
      known.papers = 0;
    }
    if (this.#words.size > mostKnown) this.#words.clear();
  }

  /** Puts the papers that wait into the lists. */
  #merge(state: IndexState): void {
    this.#writeWords();
    const inversion = new Inversion();
    const records = new Map<number, Uint8Array>();
    const waiting = this.#file.statement("SELECT number, record, body FROM bodies WHERE number > ? ORDER BY number");
    for (const row of waiting.iterate(state.merged)) {
      const number = Number(row.number);
      inversion.add(number, decodeBody(row.body as Uint8Array, { withAuthors: true }));
      records.set(number, row.record as Uint8Array);
    }
    this.#mergeLists(inversion, state.merged === 0);
    this.#mergeRecords(records);
    state.merged = state.next - 1;
  }

  #mergeLists(inversion: Inversion, first: boolean): void {
    const more = this.#file.statement("UPDATE terms SET papers = papers + ? WHERE id = ?");
    let open = -1;
    for (const { term, block } of inversion.blocks()) {
      more.run(block.papers, term);
      // Only a list's last block has room. In bulk, stretches are long already, and each is left as it is.
      if (first || this.#bulk || term === open || !this.#joinLast(term, block)) this.#writeBlock(term, block);
      open = term;
    }
  }

  /** False when the last block of the term has no room, or there is none. */
  #joinLast(term: number, more: Block): boolean {
    const select = "SELECT key, last, papers, data FROM postings WHERE key BETWEEN ? AND ? ORDER BY key DESC LIMIT 1";
    const row = this.#file.statement(select).get(term * keyStep, term * keyStep + keyStep - 1);
    if (!row || (row.data as Uint8Array).length + more.postings.length > longestBlock) return false;
    const key = Number(row.key);
    const places = this.#file.statement("SELECT data FROM places WHERE key = ?").get(key)?.data as Uint8Array;
    const first = key - term * keyStep;
    const postings = row.data as Uint8Array;
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

  #mergeRecords(records: ReadonlyMap<number, Uint8Array>): void {
    const rows = Map.groupBy(records, ([number]) => Math.floor(number / recordsPerRow));
    for (const [row, entries] of rows) {
      const stored = this.#file.statement("SELECT data FROM records WHERE row = ?").get(row)?.data;
      const data = (stored as Uint8Array | undefined) ?? new Uint8Array(recordLength * recordsPerRow);
      for (const [number, record] of entries) data.set(record, recordLength * (number % recordsPerRow));
      this.#file.statement("INSERT OR REPLACE INTO records (row, data) VALUES (?, ?)").run(row, data);
    }
  }
}
