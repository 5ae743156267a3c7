import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { PaperId } from "#lib/papers/types.ts";
import { analyseText, analysisVersion } from "#lib/search/analyse-text.ts";
import { allWords, anyWord, matchExpression, textColumns, withAuthors } from "#lib/search/match-expression.ts";
import { type Candidate, rankCandidates } from "#lib/search/rank-candidates.ts";
import {
  BrokenIndexError,
  type Correction,
  type Facets,
  type FoundPapers,
  type IndexedPaper,
  type ParsedQuery,
  type Progress,
  type SearchableText,
  type SimilarPapers,
  type Suggestions,
} from "#lib/search/types.ts";

/** Raised when the tables change. */
const layoutVersion = 1;

const make = `${layoutVersion}.${analysisVersion}`;

// Results of an analysis are stored as finished words between blanks, so the tokenizer has nothing to decide: `ascii`
// takes everything above U+007F as part of a word, and below it we write only letters and digits.
const tables = `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE papers (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL);
  CREATE VIRTUAL TABLE words USING fts5(title, abstract, compounds, authors, tokenize = 'ascii');
  CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');
`;

/** Candidates by bm25() that are scored again with all that is known of them. */
const candidatesScored = 200;

/** Words in more of the papers than this find no paper by themselves: they would bring half of the store, and tell nothing. */
const commonShare = 0.15;

/** Below so many papers no word is common. */
const smallStore = 2000;

type Weighed = { share: (stem: string) => number; rarity: (stem: string) => number };

/** When so many papers have all the words, those that have only some are not looked for. */
const enough = 100;

/**
 * One index in one SQLite file. Synchronous, so it lives in a thread of its own (index-thread.ts). Many may read a file
 * while one writes it (WAL). Throws `BrokenIndexError` when the file is damaged or of another make.
 */
export class SqliteIndex {
  readonly #db: DatabaseSync;

  constructor(path: string, { readOnly }: { readOnly: boolean }) {
    if (readOnly && !existsSync(path)) throw new BrokenIndexError("its file is gone");
    this.#db = unlessBroken(() => {
      const db = new DatabaseSync(path, { readOnly, timeout: 5000 });
      db.exec("PRAGMA cache_size = -16000");
      if (!readOnly) db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
      return db;
    });
    try {
      this.#checkMake(readOnly);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  suggest(): Suggestions {
    return { titles: [], authors: [], categories: [] };
  }

  correct(): Correction[] {
    return [];
  }

  similar(): SimilarPapers {
    return { ids: [], words: [] };
  }

  search(query: ParsedQuery, { limit }: { limit: number }): FoundPapers {
    const facets: Facets = { categories: [], years: [], sources: [], code: 0 };
    return unlessBroken(() => {
      const words = this.#weigh(query);
      const inText = this.#find(query, allWords(query, textColumns), words, limit);
      const all = { ids: this.#idsOf(inText.numbers), total: inText.total, complete: inText.total, facets };
      if (all.total === 0) {
        const named = this.#find(query, allWords(query, withAuthors), words, limit);
        if (named.total > 0) {
          return {
            ids: this.#idsOf(named.numbers),
            total: named.total,
            complete: named.total,
            foundBy: "authors",
            facets,
          };
        }
      }
      if (all.total >= enough || query.words.length + query.phrases.length < 2) return { ...all, foundBy: "all-words" };
      const telling = query.words.filter((word) => words.share(word) <= commonShare);
      const some = this.#find(query, anyWord(query, telling.length > 0 ? telling : query.words), words, limit);
      const numbers = new Set([...inText.numbers, ...some.numbers]);
      // `some` holds all of `inText`, unless the query has nothing but phrases.
      const total = Math.max(some.total, numbers.size);
      const ids = this.#idsOf([...numbers].slice(0, limit));
      return { ids, total, complete: all.total, foundBy: all.total > 0 ? "all-words" : "some-words", facets };
    });
  }

  index(papers: readonly SearchableText[]): void {
    this.#inTransaction(() => {
      for (const paper of papers) {
        this.#takeOut(paper.id);
        const { lastInsertRowid } = this.#db
          .prepare("INSERT INTO papers (id, seq) VALUES (?, ?)")
          .run(paper.id, paper.seq);
        const title = analyseText(paper.title);
        const abstract = analyseText(paper.abstract);
        this.#db
          .prepare("INSERT INTO words (rowid, title, abstract, compounds, authors) VALUES (?, ?, ?, ?, ?)")
          .run(
            lastInsertRowid,
            title.stems.join(" "),
            abstract.stems.join(" "),
            [...title.compounds, ...abstract.compounds].join(" "),
            analyseText(paper.authors.slice(0, mostAuthors).join(", ")).stems.join(" "),
          );
      }
    });
  }

  remove(ids: readonly PaperId[]): number {
    return this.#inTransaction(() => ids.filter((id) => this.#takeOut(id)).length);
  }

  count(): number {
    return Number(this.#value("SELECT count(*) AS value FROM papers") ?? 0);
  }

  findStale(papers: readonly IndexedPaper[]): PaperId[] {
    return unlessBroken(() => {
      const seqOf = this.#db.prepare("SELECT seq FROM papers WHERE id = ?");
      return papers.filter(({ id, seq }) => seqOf.get(id)?.seq !== seq).map(({ id }) => id);
    });
  }

  list({ after, limit }: { after: string; limit: number }): IndexedPaper[] {
    return unlessBroken(() =>
      this.#db
        .prepare("SELECT id, seq FROM papers WHERE id > ? ORDER BY id LIMIT ?")
        .all(after, limit)
        .map(({ id, seq }) => ({ id: String(id) as PaperId, seq: Number(seq) })),
    );
  }

  readProgress(): Progress | null {
    const stored = this.#value("SELECT value FROM facts WHERE name = 'progress'");
    return stored === null ? null : JSON.parse(String(stored));
  }

  writeProgress(progress: Progress): void {
    this.#setFact("progress", JSON.stringify(progress));
  }

  compact(): void {
    unlessBroken(() => {
      this.#db.exec("INSERT INTO words (words) VALUES ('optimize')");
      this.#db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    });
  }

  close(): void {
    this.#db.close();
  }

  #find(
    query: ParsedQuery,
    wanted: string | null,
    words: Weighed,
    limit: number,
  ): { numbers: number[]; total: number } {
    const match = wanted && matchExpression(query, wanted);
    if (!match) return { numbers: [], total: 0 };
    const rows = this.#db
      .prepare(
        `SELECT words.rowid AS number, bm25(words, 2, 1, 1, 0.5) AS rank FROM words WHERE words MATCH ?
         ORDER BY rank, words.rowid DESC LIMIT ?`,
      )
      .all(match, limit) as { number: number; rank: number }[];
    const best = rankCandidates(query, this.#candidates(rows.slice(0, candidatesScored)), words.rarity);
    const numbers = [...best, ...rows.slice(candidatesScored).map(({ number }) => number)];
    return { numbers, total: rows.length < limit ? rows.length : this.#count(match) };
  }

  #candidates(rows: readonly { number: number; rank: number }[]): Candidate[] {
    const texts = this.#db
      .prepare(
        "SELECT rowid AS number, title, abstract, compounds, authors FROM words WHERE rowid IN (SELECT value FROM json_each(?))",
      )
      .all(JSON.stringify(rows.map(({ number }) => number)));
    const byNumber = new Map(texts.map((text) => [Number(text.number), text]));
    return rows.map(({ number, rank }) => {
      const text = byNumber.get(number);
      const others = ` ${text?.compounds} ${text?.authors} `;
      return { number, bm25: -rank, title: ` ${text?.title} `, abstract: ` ${text?.abstract} `, others };
    });
  }

  /** How common each word of the query is here, and how telling: the logarithm of how few papers have it. */
  #weigh({ words, phrases }: ParsedQuery): Weighed {
    const papers = this.count();
    const inPapers = this.#db.prepare("SELECT doc FROM vocabulary WHERE term = ?");
    const stems = new Set([...words, ...phrases.flat()]);
    const counts = new Map([...stems].map((stem) => [stem, Number(inPapers.get(stem)?.doc ?? 0)]));
    const having = (stem: string) => counts.get(stem) ?? 0;
    return {
      share: (stem) => having(stem) / Math.max(papers, smallStore),
      rarity: (stem) => Math.log(1 + (papers - having(stem) + 0.5) / (having(stem) + 0.5)),
    };
  }

  #idsOf(numbers: readonly number[]): PaperId[] {
    const rows = this.#db
      .prepare("SELECT number, id FROM papers WHERE number IN (SELECT value FROM json_each(?))")
      .all(JSON.stringify(numbers));
    const byNumber = new Map(rows.map(({ number, id }) => [Number(number), String(id) as PaperId]));
    return numbers.flatMap((number) => byNumber.get(number) ?? []);
  }

  #count(match: string): number {
    return Number(this.#db.prepare("SELECT count(*) AS papers FROM words WHERE words MATCH ?").get(match)?.papers ?? 0);
  }

  #takeOut(id: PaperId): boolean {
    const number = this.#db.prepare("SELECT number FROM papers WHERE id = ?").get(id)?.number;
    if (number === undefined) return false;
    this.#db.prepare("DELETE FROM words WHERE rowid = ?").run(number);
    this.#db.prepare("DELETE FROM papers WHERE number = ?").run(number);
    return true;
  }

  #checkMake(readOnly: boolean): void {
    const isNew = !readOnly && unlessBroken(() => !this.#db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get());
    if (isNew) {
      this.#inTransaction(() => {
        this.#db.exec(tables);
        this.#setFact("make", make);
      });
    }
    if (this.#value("SELECT value FROM facts WHERE name = 'make'") !== make) {
      throw new BrokenIndexError("it is of another version");
    }
  }

  #setFact(name: string, value: string): void {
    unlessBroken(() => this.#db.prepare("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)").run(name, value));
  }

  #value(sql: string): unknown {
    return unlessBroken(() => this.#db.prepare(sql).get()?.value ?? null);
  }

  #inTransaction<T>(work: () => T): T {
    return unlessBroken(() => {
      this.#db.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        this.#db.exec("COMMIT");
        return result;
      } catch (error) {
        if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
        throw error;
      }
    });
  }
}

// Collaborations of thousands are found by their first names too.
const mostAuthors = 1000;

// https://sqlite.org/rescode.html: IOERR, CORRUPT, CANTOPEN, NOTADB, and their extended codes.
const codesOfDamage = new Set([10, 11, 14, 26]);

function unlessBroken<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { errcode, message } = error as Error & { errcode?: number };
    const damaged = errcode !== undefined && codesOfDamage.has(errcode & 0xff);
    if (damaged || /no such table|vtable constructor failed/.test(message)) throw new BrokenIndexError(message);
    throw error;
  }
}
