import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { paperId } from "#lib/papers/paper-id.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { catchUp, type Store } from "#lib/search/catch-up.ts";
import { parseQuery } from "#lib/search/parse-query.ts";
import { SqliteIndex } from "#lib/search/sqlite-index.ts";
import type { SearchableText } from "#lib/search/types.ts";

const folder = mkdtempSync(join(tmpdir(), "broadsheet-killed-"));
const [execute, run] = [DatabaseSync.prototype.exec, StatementSync.prototype.run];
afterEach(() => {
  DatabaseSync.prototype.exec = execute;
  StatementSync.prototype.run = run;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the store holds; each change has the next number, as the trigger gives it. */
class Papers {
  readonly #held = new Map<PaperId, SearchableText>();
  #seq = 0;

  put(number: number, title: string): void {
    const id = paperId(`2608.${String(number).padStart(5, "0")}`);
    const nothing = { authors: ["Ada Kite"], categories: ["cs.LG"], day: "2026-08-20", hasCode: false, sources: [] };
    this.#held.set(id, { ...nothing, id, seq: ++this.#seq, title, abstract: `${title} and blue lanterns` });
  }

  remove(number: number): void {
    this.#held.delete(paperId(`2608.${String(number).padStart(5, "0")}`));
  }

  get all(): SearchableText[] {
    return [...this.#held.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  get store(): Store {
    const indexed = (papers: readonly SearchableText[]) => papers.map(({ id, seq }) => ({ id, seq }));
    return {
      readPosition: async () => ({ database: "here", seq: this.#seq, xmax: "9" }),
      oldestRunning: async () => "9",
      listChanges: async ({ after, limit }) =>
        indexed(this.all.filter(({ seq }) => seq > after).toSorted((a, b) => a.seq - b.seq)).slice(0, limit),
      listTexts: async (ids) => this.all.filter(({ id }) => ids.includes(id)),
      listSeqs: async (ids) => indexed(this.all.filter(({ id }) => ids.includes(id))),
    };
  }
}

/** As commands.ts does it: what changed is put in, what is gone is taken out. */
async function follow(index: SqliteIndex, papers: Papers): Promise<void> {
  const engine = {
    readProgress: async () => index.readProgress(),
    findStale: async (held: Parameters<SqliteIndex["findStale"]>[0]) => index.findStale(held),
    index: async (texts: readonly SearchableText[]) => index.index(texts),
    writeProgress: async (progress: Parameters<SqliteIndex["writeProgress"]>[0]) => index.writeProgress(progress),
  };
  await catchUp(engine, papers.store);
  const there = new Set(papers.all.map(({ id }) => id));
  index.remove(
    index
      .list({ after: "", limit: 1000 })
      .map(({ id }) => id)
      .filter((id) => !there.has(id)),
  );
}

const titles = ["Blue kites", "Kites of paper", "Lanterns", "Paper lanterns on rivers", "Rivers", "Wind"];
const titleOf = (number: number) => titles[number % titles.length] ?? "";

const changes: ((papers: Papers, index: SqliteIndex) => void)[] = [
  (papers) => Array.from({ length: 14 }, (_, number) => papers.put(number, titleOf(number))),
  (_, index) => index.compact(),
  (papers) => [2, 5, 7].map((number) => papers.put(number, `Changed ${titleOf(number + 1)}`)),
  (papers) => [1, 5].map((number) => papers.remove(number)),
  (papers) => [20, 21, 22].map((number) => papers.put(number, titleOf(number))),
  (_, index) => index.compact(),
];

/** A copy of the files as they are now: what a process that is killed at this moment leaves to the next. */
function copyOf(path: string, to: string): string {
  const hash = createHash("sha256");
  for (const end of ["", "-wal"]) if (existsSync(path + end)) hash.update(end).update(readFileSync(path + end));
  const copy = join(to, `${hash.digest("hex")}.sqlite`);
  if (existsSync(copy)) return copy;
  for (const end of ["", "-wal"]) if (existsSync(path + end)) copyFileSync(path + end, copy + end);
  return copy;
}

function lookingFirst<Method extends (...given: never[]) => unknown>(method: Method, look: () => void): Method {
  return new Proxy(method, {
    apply(target, self, given) {
      look();
      return Reflect.apply(target, self, given);
    },
  });
}

const lines = [
  "kites",
  "paper lanterns",
  '"blue lanterns"',
  "changed",
  "rivers -kites",
  "ti:paper",
  "au:kite",
  "cat:cs.LG",
];

/** Papers of equal score stand in the order of their storing, which differs: which they are and how many must not. */
function answersOf(index: SqliteIndex) {
  return lines.map((line) => {
    const found = index.search(parseQuery(line), { limit: 100 });
    return { line, ...found, ids: found.ids.toSorted() };
  });
}

test("killed at any statement of its writer, the index is whole, and the next update makes it equal to the store", async () => {
  const path = join(folder, "index.sqlite");
  const papers = new Papers();
  const left = new Set<string>();
  let statements = 0;
  const copies = join(folder, "copies");
  mkdirSync(copies);
  const look = () => {
    statements++;
    left.add(copyOf(path, copies));
  };
  DatabaseSync.prototype.exec = lookingFirst(execute, look);
  StatementSync.prototype.run = lookingFirst(run, look);
  const writer = new SqliteIndex(path, "write");
  for (const change of changes) {
    change(papers, writer);
    await follow(writer, papers);
  }
  writer.close();
  DatabaseSync.prototype.exec = execute;
  StatementSync.prototype.run = run;
  expect(statements).toBeGreaterThan(200);
  expect(left.size).toBeGreaterThan(2 * changes.length);

  const anew = new SqliteIndex(join(folder, "anew.sqlite"), "write");
  await follow(anew, papers);
  const expected = answersOf(anew);
  anew.close();
  for (const copy of left) {
    const next = new SqliteIndex(copy, "write");
    await follow(next, papers);
    expect(next.list({ after: "", limit: 1000 })).toEqual(papers.all.map(({ id, seq }) => ({ id, seq })));
    expect(answersOf(next)).toEqual(expected);
    next.close();
  }
}, 300_000);
