import { existsSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { analysisVersion } from "#lib/search/analyse-text.ts";
import { BrokenIndexError } from "#lib/search/types.ts";

/** Raised when the tables or what is in them change. */
const layoutVersion = 5;

const make = `${layoutVersion}.${analysisVersion}`;

// What is in them: docs/search.md. A paper is in three, so that the hundreds of rows that a search reads lie on few pages. A key of `postings` and `places` is term × 2^26 + the block's first paper, so that a
// term's blocks lie side by side and in order.
const tables = `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE papers (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL);
  CREATE TABLE bodies (number INTEGER PRIMARY KEY, body BLOB NOT NULL, record BLOB NOT NULL);
  CREATE TABLE texts (number INTEGER PRIMARY KEY, title TEXT NOT NULL, authors TEXT NOT NULL);
  CREATE TABLE gone (at INTEGER PRIMARY KEY, number INTEGER NOT NULL);
  CREATE TABLE records (row INTEGER PRIMARY KEY, data BLOB NOT NULL);
  CREATE TABLE terms (id INTEGER PRIMARY KEY, stem TEXT NOT NULL UNIQUE, papers INTEGER NOT NULL);
  CREATE TABLE postings (key INTEGER PRIMARY KEY, last INTEGER NOT NULL, papers INTEGER NOT NULL, data BLOB NOT NULL);
  CREATE TABLE places (key INTEGER PRIMARY KEY, data BLOB NOT NULL);
  CREATE TABLE words (word TEXT PRIMARY KEY, term INTEGER NOT NULL, papers INTEGER NOT NULL) WITHOUT ROWID;
`;

const indexes = `
  CREATE INDEX IF NOT EXISTS words_by_term ON words (term);
  CREATE INDEX IF NOT EXISTS frequent_words ON words (word, papers, term) WHERE papers >= 16;
  CREATE INDEX IF NOT EXISTS frequent_terms ON terms (stem, papers) WHERE papers >= 16;
`;

/** `bulk`: a new file that nobody reads yet, and that is thrown away when its making fails. */
export type OpenMode = "read" | "write" | "bulk";

const settings: Record<OpenMode, string> = {
  read: "PRAGMA cache_size = -24000",
  write: "PRAGMA cache_size = -16000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
  bulk: "PRAGMA cache_size = -128000; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF",
};

/** The file of one index: its tables, its facts, its transactions. Throws `BrokenIndexError` when it is damaged or of another make. */
export class IndexFile {
  readonly db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, mode: OpenMode) {
    if (mode === "read" && !existsSync(path)) throw new BrokenIndexError("its file is gone");
    this.db = unlessBroken(() => {
      const db = new DatabaseSync(path, { readOnly: mode === "read", timeout: 5000 });
      db.exec(settings[mode]);
      return db;
    });
    try {
      this.#checkMake(mode);
    } catch (error) {
      this.db.close();
      throw error;
    }
  }

  close(): void {
    this.db.close();
  }

  /** Prepared once. */
  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  readFact<T>(name: string): T | null {
    const stored = this.statement("SELECT value FROM facts WHERE name = ?").get(name)?.value;
    return stored === undefined ? null : JSON.parse(String(stored));
  }

  writeFact(name: string, value: unknown): void {
    this.statement("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)").run(name, JSON.stringify(value));
  }

  /** All that `work` reads is of one moment. */
  reading<T>(work: () => T): T {
    return this.#between("BEGIN", work);
  }

  /** All that `work` writes is there afterwards, or, when it throws, nothing of it. */
  writing<T>(work: () => T): T {
    return this.#between("BEGIN IMMEDIATE", work);
  }

  /** After a first load: indexes, which are made quicker at once than row by row, and the journal of every day. */
  finishBulk(): void {
    this.db.exec(indexes);
    this.db.exec("PRAGMA journal_mode = WAL");
  }

  #between<T>(begin: string, work: () => T): T {
    return unlessBroken(() => {
      if (this.db.isTransaction) return work();
      this.db.exec(begin);
      try {
        const result = work();
        this.db.exec("COMMIT");
        return result;
      } catch (error) {
        if (this.db.isTransaction) this.db.exec("ROLLBACK");
        throw error;
      }
    });
  }

  #checkMake(mode: OpenMode): void {
    const isNew = mode !== "read" && !unlessBroken(() => this.db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get());
    if (isNew) {
      this.writing(() => {
        this.db.exec(tables);
        if (mode !== "bulk") this.db.exec(indexes);
        this.writeFact("make", make);
      });
    }
    if (unlessBroken(() => this.readFact("make")) !== make) throw new BrokenIndexError("it is of another version");
  }
}

// https://sqlite.org/rescode.html: IOERR, CORRUPT, CANTOPEN, NOTADB, and their extended codes.
const codesOfDamage = new Set([10, 11, 14, 26]);

export function unlessBroken<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { errcode, message } = error as Error & { errcode?: number };
    const damaged = errcode !== undefined && codesOfDamage.has(errcode & 0xff);
    if (damaged || /no such table/.test(message)) throw new BrokenIndexError(message);
    throw error;
  }
}
