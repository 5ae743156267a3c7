import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import MiniSearch from "minisearch";
import pg from "pg";
import type { PaperId } from "#lib/papers/types.ts";
import { startPostgres } from "#lib/platform/embedded-postgres.ts";
import { correctTerms, wordsToCheck } from "#lib/search/correct-terms.ts";
import { openEngine } from "#lib/search/open-engine.ts";
import { parseTerms } from "#lib/search/parse-query.ts";
import { readLine } from "#lib/search/query-terms.ts";
import type { JudgedDocument } from "./judged-set.ts";

/** How deep every contestant answers. */
export const deepest = 1000;

export type Contestant = {
  name: string;
  /** Ids, best first, at most `deepest`. */
  search: (text: string) => Promise<string[]>;
  close: () => Promise<void>;
};

type Opening = { documents: readonly JudgedDocument[]; folder: string };

/** What a site uses: its reading of a line, its correction of slips, its index and its ranking, in the thread of its own. */
export async function openBroadsheet({ documents, folder }: Opening): Promise<Contestant> {
  const path = join(folder, "broadsheet.sqlite");
  const filters = { categories: [], hasCode: false, sources: [] };
  const texts = documents.map(({ id, text, title, authors, year }, seq) => ({
    ...{ ...filters, id: id as PaperId, seq, title, abstract: text, authors, day: `${year || "1970"}-01-01` },
  }));
  const writer = openEngine(path, "bulk");
  for (let from = 0; from < texts.length; from += 1000) await writer.index(texts.slice(from, from + 1000));
  await writer.compact();
  await writer.close();
  const engine = openEngine(path, "read");
  return {
    name: "Broadsheet",
    search: async (text) => {
      const { terms } = readLine(text);
      const corrections = await engine.correct(wordsToCheck(terms));
      const query = parseTerms(correctTerms(terms, corrections));
      return (await engine.search(query, { limit: deepest })).ids;
    },
    close: () => engine.close(),
  };
}

/** FTS5 as its manual shows it: Porter stems, any of the words, `ORDER BY rank`. https://sqlite.org/fts5.html */
export async function openFts5({ documents, folder }: Opening): Promise<Contestant> {
  const db = new DatabaseSync(join(folder, "fts5.sqlite"));
  db.exec("CREATE VIRTUAL TABLE papers USING fts5(id UNINDEXED, title, text, authors, tokenize = 'porter unicode61')");
  const insert = db.prepare("INSERT INTO papers VALUES (?, ?, ?, ?)");
  db.exec("BEGIN");
  for (const { id, title, text, authors, year } of documents)
    insert.run(id, title, text, [...authors, year].join(", "));
  db.exec("COMMIT");
  const select = db.prepare("SELECT id FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT ?");
  return {
    name: "FTS5 bm25()",
    search: async (text) => {
      const words = wordsOf(text).map((word) => `"${word}"`);
      return words.length > 0 ? select.all(words.join(" OR "), deepest).map(({ id }) => String(id)) : [];
    },
    close: async () => db.close(),
  };
}

/** Postgres with its English configuration, by cover density: papers with all the words, then those with any. */
export async function openPostgres({ documents, folder }: Opening): Promise<Contestant> {
  const settings = ["fsync=off", "synchronous_commit=off"];
  const postgres = await startPostgres(join(folder, "postgres"), { database: "quality", settings });
  const db = new pg.Client(postgres.url);
  await db.connect();
  await db.query("CREATE TABLE papers (id text, words tsvector)");
  for (let from = 0; from < documents.length; from += 500) {
    const part = documents.slice(from, from + 500);
    await db.query(
      `INSERT INTO papers SELECT id, setweight(to_tsvector('english', title), 'A') || to_tsvector('english', rest)
       FROM unnest($1::text[], $2::text[], $3::text[]) AS part (id, title, rest)`,
      [part.map(({ id }) => id), part.map(({ title }) => title), part.map(restOf)],
    );
  }
  await db.query("CREATE INDEX ON papers USING gin (words)");
  await db.query("ANALYZE papers");
  const find = async (query: string, text: string) =>
    (
      await db.query<{ id: string }>(
        `SELECT id FROM papers, (SELECT ${query} AS query) AS asked WHERE words @@ query
         ORDER BY ts_rank_cd(words, query) DESC, id DESC LIMIT ${deepest}`,
        [text],
      )
    ).rows.map(({ id }) => id);
  return {
    name: "Postgres ts_rank_cd",
    search: async (text) => {
      const all = await find("plainto_tsquery('english', $1)", text);
      const any = await find("replace(plainto_tsquery('english', $1)::text, '&', '|')::tsquery", text);
      return [...new Set([...all, ...any])].slice(0, deepest);
    },
    close: async () => {
      await db.end();
      await postgres.stop();
      rmSync(join(folder, "postgres"), { recursive: true, force: true });
    },
  };
}

/** MiniSearch as its manual shows it, the title weighing twice: BM25+, any of the words. https://lucaong.github.io/minisearch */
export async function openMiniSearch({ documents }: Opening): Promise<Contestant> {
  const index = new MiniSearch({ fields: ["title", "rest"], searchOptions: { boost: { title: 2 } } });
  index.addAll(documents.map((document) => ({ id: document.id, title: document.title, rest: restOf(document) })));
  return {
    name: "MiniSearch",
    search: async (text) =>
      index
        .search(text)
        .slice(0, deepest)
        .map(({ id }) => String(id)),
    close: async () => {},
  };
}

/** What all but the title is, for those who have no field of authors. */
function restOf({ text, authors, year }: JudgedDocument): string {
  return `${text} ${[...authors, year].join(", ")}`;
}

function wordsOf(text: string): string[] {
  return text.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
}
