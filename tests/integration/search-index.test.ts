import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { paperId } from "#lib/papers/paper-id.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { withLock } from "#lib/platform/lock.ts";
import { rebuildSearchIndex, updateSearchIndex } from "#lib/search/commands.ts";
import { currentReader, indexFolder } from "#lib/search/current-reader.ts";
import { findCurrentFile, lockName } from "#lib/search/index-folder.ts";
import { parseQuery } from "#lib/search/parse-query.ts";
import { openEngine } from "#lib/search/open-engine.ts";
import { searchPapers } from "#lib/search/queries.ts";

const now = Temporal.Instant.from("2026-08-20T08:00:00Z");
const titlesFor = async (text: string) => (await searchPapers({ text, now })).papers.map(({ title }) => title);
const totalFor = async (text: string) => (await searchPapers({ text, now })).total;

beforeEach(async () => {
  await db.paper.createMany({
    data: [
      { id: "2608.00001", title: "On slow reading", abstract: "We read pages at walking speed.", authors: ["Ada One"] },
      { id: "2608.00002", title: "Kites in winter", abstract: "Paper kites freeze.", authors: ["Ben Two"] },
    ],
  });
});

afterEach(async () => {
  await db.paper.deleteMany();
});

test("the first search of a new site builds the index by itself", async () => {
  expect(await titlesFor("kites")).toEqual(["Kites in winter"]);
});

test("a stored paper is found after one sweep, and a second sweep has nothing to do", async () => {
  await updateSearchIndex();
  expect(await totalFor("lanterns")).toBe(0);
  await db.paper.create({
    data: { id: "2608.00003", title: "Lanterns at sea", abstract: "", authors: [] },
  });

  expect(await updateSearchIndex()).toMatchObject({ status: "done", indexed: 1, rebuilt: false });
  expect(await titlesFor("lantern")).toEqual(["Lanterns at sea"]);
  expect(await updateSearchIndex()).toEqual({ status: "done", indexed: 0, removed: 0, rebuilt: false });
});

test("a changed title is found by its new words and no longer by its old ones", async () => {
  await updateSearchIndex();
  await db.paper.update({ where: { id: "2608.00002" }, data: { title: "Balloons in winter" } });
  await updateSearchIndex();

  expect(await titlesFor("balloon")).toEqual(["Balloons in winter"]);
  expect((await searchPapers({ text: "kites winter", now })).papers.map(({ title }) => title)).toEqual([
    "Balloons in winter",
  ]);
  expect(await titlesFor('"kites in winter"')).toEqual([]);
});

test("a deleted paper never shows and is not counted, and the walk takes it out of the index", async () => {
  await updateSearchIndex();
  expect(await totalFor("winter")).toBe(1);
  await db.paper.delete({ where: { id: "2608.00002" } });

  expect(await searchPapers({ text: "winter", now })).toMatchObject({ total: 0, complete: 0, pages: 0, papers: [] });
  expect(await updateSearchIndex({ whole: true })).toMatchObject({ status: "done", removed: 1 });
  expect(await updateSearchIndex({ whole: true })).toMatchObject({ status: "done", removed: 0 });
});

test("a deleted paper leaves the index with the next sweep, wherever in it the walk is: no count and no facet has it", async () => {
  await db.paper.createMany({
    data: Array.from({ length: 1500 }, (_, number) => ({
      id: `2609.${10_000 + number}`,
      title: `Snow ${number}`,
      abstract: "",
      categories: [number % 2 ? "cs.LG" : "cs.CL"],
    })),
  });
  while ((await updateSearchIndex({ whole: true })).status !== "done") {}
  await db.paper.deleteMany({ where: { id: { gte: "2609.11400" } } });
  expect(await updateSearchIndex()).toMatchObject({ status: "done", removed: 100 });
  const found = await currentReader()?.engine.search(parseQuery("snow"), { limit: 5 });
  expect(found).toMatchObject({ total: 1400, complete: 1400 });
  expect(found?.facets.categories).toEqual([
    ["cs.CL", 700],
    ["cs.LG", 700],
  ]);
});

test("a change that took its number early and was committed late is not lost", async () => {
  await updateSearchIndex();
  const slow = new pg.Client({ connectionString: env.databaseUrl });
  await slow.connect();
  await slow.query("BEGIN");
  await slow.query("INSERT INTO papers (id, title, abstract) VALUES ('2608.00004', 'A slow harvest', '')");
  await db.paper.create({ data: { id: "2608.00005", title: "A quick harvest", abstract: "", authors: [] } });

  await updateSearchIndex();
  await updateSearchIndex();
  expect(await titlesFor("harvest")).toEqual(["A quick harvest"]);
  await slow.query("COMMIT");
  await slow.end();
  await updateSearchIndex();
  expect((await titlesFor("harvest")).toSorted()).toEqual(["A quick harvest", "A slow harvest"]);
});

test("a limit ends a sweep early, and the next ones do the rest", async () => {
  await updateSearchIndex();
  await db.paper.createMany({
    data: Array.from({ length: 25 }, (_, number) => ({
      id: `2609.0${1000 + number}`,
      title: `Umbrella ${number}`,
      abstract: "",
    })),
  });
  expect(await updateSearchIndex({ limit: 10 })).toMatchObject({ indexed: 10 });
  expect(await updateSearchIndex({ limit: 10 })).toMatchObject({ indexed: 10 });
  expect(await updateSearchIndex({ limit: 10 })).toMatchObject({ indexed: 5 });
  expect(await updateSearchIndex({ limit: 10 })).toMatchObject({ indexed: 0 });
  expect(await totalFor("umbrella")).toBe(25);
});

test("a deleted index is built again by the next search", async () => {
  await updateSearchIndex();
  expect(await totalFor("reading")).toBe(1);
  rmSync(join(env.dataDir, "search"), { recursive: true });
  expect(await totalFor("reading")).toBe(1);
});

test.each(["header", "middle"])("an index with a damaged %s is built again while the site answers", async (where) => {
  await rebuildSearchIndex();
  const path = findCurrentFile(indexFolder) ?? "";
  const bytes = readFileSync(path);
  bytes.fill(0x5a, where === "header" ? 0 : 4096);
  writeFileSync(path, bytes);

  expect(await totalFor("reading")).toBe(1);
  await updateSearchIndex();
  expect(await titlesFor("kite")).toEqual(["Kites in winter"]);
  await rebuildSearchIndex();
  await rebuildSearchIndex();
  expect(readdirSync(indexFolder.path).filter((name) => name.endsWith(".sqlite")).length).toBeLessThanOrEqual(2);
});

test("an index that is ahead of the database (a backup was put back) is built anew", async () => {
  await updateSearchIndex();
  await db.$executeRaw`SELECT setval('paper_changes', 1)`;
  await db.paper.updateMany({ data: { abstract: "Restored tapestry." } });

  expect(await updateSearchIndex()).toMatchObject({ status: "done", rebuilt: true });
  expect(await totalFor("tapestry")).toBe(2);
});

test("a paper that is missing from the index for whatever reason comes back", async () => {
  await updateSearchIndex();
  const writer = openEngine(findCurrentFile(indexFolder) ?? "", "write");
  expect(await writer.remove([paperId("2608.00001"), paperId("2608.09999")])).toBe(1);
  await writer.close();
  expect(await totalFor("reading")).toBe(0);

  await updateSearchIndex({ whole: true });
  expect(await updateSearchIndex()).toMatchObject({ indexed: 1 });
  expect(await totalFor("reading")).toBe(1);
});

test("searches are answered while a new index is built", async () => {
  await updateSearchIndex();
  const data = Array.from({ length: 1500 }, (_, number) => ({
    id: `2611.${10_000 + number}`,
    title: `Windmill ${number}`,
    abstract: "Mills turn in the wind. ".repeat(40),
  }));
  await db.paper.createMany({ data });
  let built = false;
  const build = rebuildSearchIndex().then(() => {
    built = true;
  });
  let answered = 0;
  while (!built) {
    expect(await totalFor("kites")).toBe(1);
    answered++;
  }
  await build;
  expect(answered).toBeGreaterThan(3);
  expect(await totalFor("windmill")).toBe(1500);
});

test("while another process holds the writer's lock, updates say so and searches go on", async () => {
  await updateSearchIndex();
  await db.paper.create({ data: { id: "2608.00006", title: "Third", abstract: "", authors: [] } });
  await withLock(lockName(indexFolder), async () => {
    expect(await updateSearchIndex()).toEqual({ status: "busy" });
    expect(await rebuildSearchIndex()).toEqual({ status: "busy" });
    expect(await totalFor("kites")).toBe(1);
  });
  expect(await updateSearchIndex()).toMatchObject({ status: "done", indexed: 1 });
});

describe("npm run reindex", () => {
  test("builds a new index beside this running site, which then answers from it", async () => {
    await updateSearchIndex();
    const before = findCurrentFile(indexFolder);
    const { stdout } = await promisify(execFile)(process.execPath, ["scripts/reindex.ts"]);
    expect(stdout).toMatch(/^Search index built: 2 papers in [\d.]+ s\.$/m);
    expect(findCurrentFile(indexFolder)).not.toBe(before);
    expect(await totalFor("kites")).toBe(1);
  });

  test("says how it is used, and refuses what it does not know", async () => {
    const run = (argument: string) => promisify(execFile)(process.execPath, ["scripts/reindex.ts", argument]);
    expect((await run("--help")).stdout).toMatch(/Exit codes/);
    await expect(run("--fast")).rejects.toMatchObject({ code: 2 });
  });

  test("killed while it builds, it leaves the index in use as it was, and the next one clears up", async () => {
    await updateSearchIndex();
    const before = findCurrentFile(indexFolder);
    await db.paper.createMany({
      data: Array.from({ length: 3000 }, (_, number) => ({
        id: `2610.${10_000 + number}`,
        title: `Sandcastle ${number}`,
        abstract: "Castles of sand, counted and measured. ".repeat(30),
      })),
    });
    const builder = spawn(process.execPath, ["scripts/reindex.ts"], { stdio: "ignore" });
    const halfBuilt = () =>
      readdirSync(indexFolder.path).some((name) => name.endsWith(".sqlite") && !before?.endsWith(name));
    await vi.waitFor(() => expect(halfBuilt()).toBe(true), { timeout: 120_000, interval: 5 });
    builder.kill("SIGKILL");
    await once(builder, "exit");

    expect(findCurrentFile(indexFolder)).toBe(before);
    expect(await totalFor("kites")).toBe(1);
    // The lock ends with the session of the killed process, which Postgres notices in its own time.
    await vi.waitFor(async () => expect(await updateSearchIndex()).toMatchObject({ status: "done" }), 100_000);
    expect(await totalFor("sandcastle")).toBe(3000);
    await rebuildSearchIndex();
    await rebuildSearchIndex();
    expect(await totalFor("sandcastle")).toBe(3000);
    expect(readdirSync(indexFolder.path).filter((name) => name.endsWith(".sqlite")).length).toBeLessThanOrEqual(2);
  });
});
