import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { withLock } from "#lib/platform/lock.ts";
import { importFiles } from "#lib/sources/commands.ts";
import { loadSampleIfEmpty } from "#lib/sources/sample/commands.ts";
import type { FileProgress } from "#lib/sources/archives/commands.ts";
import { startSourceServer } from "#tests/fakes/source-server.ts";

const now = Temporal.Instant.from("2026-08-25T09:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "broadsheet-archives-"));
const recorded = "../shared/data/arxiv";
const lines: string[] = [];
const say = (line: string) => void lines.push(line);

/** One line of a snapshot. */
const line = (number: number, known: object = {}) =>
  JSON.stringify({
    id: `2608.${String(number).padStart(5, "0")}`,
    title: `Paper ${number}`,
    abstract: "  We say\nwhat we found.\n",
    authors_parsed: [["One", "Ada", ""]],
    categories: number % 2 === 0 ? "cs.CL" : "hep-th",
    versions: [{ version: "v1", created: "Mon, 3 Aug 2026 19:18:42 GMT" }],
    ...known,
  });
const snapshot = (count: number) => Array.from({ length: count }, (_, index) => line(index + 1));

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const rows = () => db.paper.findMany({ orderBy: { id: "asc" }, omit: { changeSeq: true, firstSeenAt: true } });
const lastRun = () => db.sourceRun.findFirstOrThrow({ orderBy: { id: "desc" } });

beforeEach(async () => {
  lines.splice(0);
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await db.sourceRun.deleteMany();
  await db.sourceProgress.deleteMany();
});

afterAll(() => rmSync(folder, { recursive: true }));

test("a snapshot gives the papers of the site's classes and those it has already, in no edition; packed or not, under any name", async () => {
  await db.paper.create({ data: { id: "2608.00003", title: "As it was", abstract: "", authors: [], categories: [] } });
  const seen: FileProgress[] = [];
  const plain = write("snapshot", `${snapshot(6).join("\n")}\n`);
  const report = await importFiles([plain], { now, say, onProgress: (progress) => void seen.push(progress) });

  expect(report).toMatchObject({
    status: "done",
    sources: [{ status: "ok", found: 4, stored: 4, rejected: 0 }],
    closed: [],
  });
  expect((await rows()).map(({ id }) => id)).toEqual(["2608.00002", "2608.00003", "2608.00004", "2608.00006"]);
  expect((await rows())[0]).toMatchObject({ version: 1, authors: ["Ada One"], abstract: "We say what we found." });
  expect(await db.listing.count()).toBe(0);
  expect(lines[0]).toBe("snapshot: 6 lines, 4 papers, 2 of other categories left out (--all stores them too)");
  expect(seen.at(-1)).toMatchObject({ name: "snapshot", lines: 6, papers: 4 });
  expect(seen.at(-1)?.read).toBe(seen.at(-1)?.size);

  const packed = write("another-name.json", gzipSync(snapshot(6).join("\n")));
  expect(await importFiles([packed], { now, all: true })).toMatchObject({ sources: [{ found: 6, stored: 2 }] });
  expect(await importFiles([packed, plain], { now, all: true })).toMatchObject({ sources: [{ found: 12, stored: 0 }] });
});

test("wrong lines are counted, the first hundred named, and none of them is the end", async () => {
  const bad = Array.from({ length: 150 }, (_, index) => (index % 2 === 0 ? "{ half" : line(1, { id: "nonsense" })));
  const path = write("bad.json", [line(2), "", ...bad, line(4)].join("\n"));
  expect(await importFiles([path], { now, say })).toMatchObject({
    sources: [{ status: "ok", found: 2, rejected: 150 }],
  });
  expect(lines.slice(0, 2)).toEqual([
    "bad.json: line 3: it is no JSON",
    "bad.json: line 4: id: nonsense is no arXiv id",
  ]);
  expect(lines).toHaveLength(102);
  const { rejected, message } = await lastRun();
  expect(rejected).toHaveLength(100);
  expect(rejected).toEqual(
    expect.arrayContaining([
      { where: "bad.json: line 3", reason: "it is no JSON" },
      { where: "bad.json: line 4", reason: "id: nonsense is no arXiv id" },
    ]),
  );
  expect(message).toContain("150 items could not be read in full");
});

test("a packed file that was cut off gives what is in it, and the run says so", async () => {
  const whole = gzipSync(snapshot(5000).join("\n"));
  const path = write("cut.json.gz", whole.subarray(0, whole.length / 2));
  expect(await importFiles([path], { now, say })).toMatchObject({ sources: [{ status: "suspect" }] });
  expect(await db.paper.count()).toBeGreaterThan(500);
  expect((await lastRun()).message).toMatch(/cut\.json\.gz: after line \d+, it ends in the middle/);
});

test("what is none of these is named, and the rest is read", async () => {
  const paths = [
    write("page.html", "<!DOCTYPE html><html></html>"),
    write("empty.json", ""),
    write(
      "error.xml",
      `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="badVerb">no</error></OAI-PMH>`,
    ),
    folder,
    write("good.jsonl", line(2)),
  ];
  const report = await importFiles(paths, { now, say });
  expect(report).toMatchObject({
    sources: [
      { status: "failed", rejected: 3 },
      { status: "suspect", found: 1, rejected: 1 },
    ],
  });
  const runs = await db.sourceRun.findMany({ orderBy: { id: "asc" } });
  expect(runs.flatMap(({ rejected }) => rejected)).toMatchObject([
    { where: "page.html", reason: expect.stringContaining("it is none of these") },
    { where: "empty.json", reason: expect.stringContaining("it is none of these") },
    { reason: "it is a folder" },
    { where: "error.xml", reason: expect.stringContaining("badVerb") },
  ]);
});

test("a saved daily feed, RSS or Atom, gives the papers that it announces, in no edition; the search's page is told from it", async () => {
  const source = await startSourceServer({ today: Temporal.PlainDate.from("2026-08-24") });
  const save = async (path: string, name: string) => write(name, await (await fetch(`${source.url}${path}`)).text());
  const [rss, atom, bad, page] = [
    await save("/rss/cs.LG+cs.CL", "monday.xml"),
    await save("/atom/cs.LG+cs.CL", "monday-atom.xml"),
    await save("/atom/opera", "error.xml"),
    await save("/api/query?search_query=cat:cs.LG&max_results=3", "page.xml"),
  ];
  await source.close();
  expect(await importFiles([rss], { now, say })).toMatchObject({ sources: [{ status: "ok", rejected: 0 }] });
  const told = await rows();
  expect(told.length).toBeGreaterThan(2);
  expect(new Set(told.map(({ submittedAt, announcedOn }) => `${submittedAt} ${announcedOn?.toJSON()}`))).toEqual(
    new Set(["null 2026-08-24T00:00:00.000Z", "null undefined"]),
  );
  await db.paper.deleteMany();
  expect(await importFiles([atom], { now, say })).toMatchObject({ sources: [{ status: "ok", rejected: 0 }] });
  expect(await rows()).toEqual(told);
  expect(await db.listing.count()).toBe(0);
  expect(lines[0]).toMatch(/^monday\.xml: \d+ papers, \d+ replaced or cross-listed late left out$/);
  expect(lines.find((said) => said.startsWith("monday-atom.xml"))).toBe(lines[0]?.replace("monday", "monday-atom"));

  expect(await importFiles([bad], { now })).toMatchObject({ sources: [{ status: "failed", found: 0 }] });
  expect((await lastRun()).message).toContain("Invalid archive or category: opera");
  expect(await importFiles([page], { now })).toMatchObject({ sources: [{ status: "ok", found: 3 }] });
  expect((await rows()).filter(({ submittedAt }) => submittedAt)).toHaveLength(3);
});

test("a deleted record in a file marks the paper, and removes nothing", async () => {
  await importFiles([write("one.json", line(2))], { now });
  const page = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header status="deleted"><identifier>oai:arXiv.org:2608.00002</identifier></header></record></ListRecords></OAI-PMH>`;
  await importFiles([write("deleted.xml", page)], { now });
  expect(await rows()).toMatchObject([{ id: "2608.00002", deletedAt: new Date(now.epochMilliseconds) }]);
});

test.skipIf(!existsSync(recorded))(
  "recorded pages of arXiv's search and records are read, whatever their names",
  async () => {
    const pages = [
      "api/2026-04-30_cat_cs.LG_or_cs.AI_max20.xml",
      "api/wire_bytes/q_testing_start0_max100.xml",
      "oai/2016-03-01_ListRecords_arXiv_set-cs_page1_1000.xml",
      "oai/2015-01-06_ListRecords_arXivRaw_from-2014-10-01.trimmed.xml",
      "oai/arXiv_record_hepcrawl_0.xml",
    ].map((name) => join(recorded, name));
    expect(await importFiles(pages, { now, say, all: true })).toMatchObject({
      sources: [{ status: "ok", rejected: 0 }],
    });
    expect(lines.slice(0, 5).map((said) => Number(/: (\d+) papers?$/.exec(said)?.[1]))).toEqual([20, 100, 1000, 6, 1]);
    expect(await db.listing.count()).toBe(0);
    expect(await db.paper.count()).toBeGreaterThan(1100);
  },
);

async function othersAtWork(): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`;
  return row?.count ?? 0;
}

test("killed in the middle, the next start goes on after the last line that was stored, and ends in the same rows", {
  timeout: 300_000,
}, async () => {
  const content = `${snapshot(30_000).join("\n")}\n`;
  for (const [name, bytes] of [
    ["killed.json", Buffer.from(content)],
    ["killed.json.gz", gzipSync(content)],
  ] as const) {
    await db.paper.deleteMany();
    const path = write(name, bytes);
    const args = ["scripts/import.ts", "--all", path];
    const child = spawn(process.execPath, args, { env: process.env, stdio: "ignore" });
    const reached = async () => {
      const [progress] = await db.$queryRaw<
        { lines: number }[]
      >`SELECT (position->>'lines')::int AS lines FROM source_progress`;
      return progress?.lines ?? 0;
    };
    await expect.poll(reached, { timeout: 120_000, interval: 20 }).toBeGreaterThan(3000);
    child.kill("SIGKILL");
    await once(child, "close");
    // The server may still be writing what it was told before the end: all of it, or nothing.
    await expect.poll(othersAtWork, { timeout: 120_000, interval: 20 }).toBe(0);
    const place = await reached();
    const kept = await db.paper.count();
    expect(kept).toBe(place);
    expect(kept).toBeLessThan(30_000);

    const again = spawn(process.execPath, args, { env: process.env, stdio: ["ignore", "pipe", "inherit"] });
    const [out] = await Promise.all([text(again.stdout), once(again, "close")]);
    expect(again.exitCode).toBe(0);
    // On a slow machine lines about the progress stand between these two.
    expect(out).toMatch(new RegExp(`^${name}: going on after line ${place}$`, "m"));
    expect(out).toMatch(new RegExp(`^${name}: 30000 lines, ${30_000 - place} papers$`, "m"));
    expect(await db.paper.count()).toBe(30_000);
    expect(await db.sourceProgress.count()).toBe(0);
  }
});

test("a file larger than the memory that the process may have is read all the same, one endless line included", {
  timeout: 300_000,
}, async () => {
  const abstract = "We say what we found. ".repeat(100);
  const many = Array.from({ length: 50_000 }, (_, index) => line(index + 1, { abstract, categories: "hep-th" }));
  const path = write("large.json", [line(60_000), ...many, "x".repeat(30_000_000), line(60_002)].join("\n"));
  expect(statSync(path).size).toBeGreaterThan(140 * 2 ** 20);
  const args = ["--max-old-space-size=100", "scripts/import.ts", path];
  const child = spawn(process.execPath, args, { env: process.env, stdio: ["ignore", "pipe", "inherit"] });
  const [out] = await Promise.all([text(child.stdout), once(child, "close")]);
  expect(child.exitCode).toBe(0);
  expect(out).toContain("large.json: line 50002: it is longer than any record");
  expect((await rows()).map(({ id }) => id)).toEqual(["2608.60000", "2608.60002"]);
});

test("with --restart, or when the file has changed, it begins at the first line", async () => {
  const path = write("changed.json", snapshot(4).join("\n"));
  await db.$executeRaw`CREATE FUNCTION keep_progress() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`;
  await db.$executeRaw`CREATE TRIGGER keep BEFORE DELETE ON source_progress FOR EACH ROW EXECUTE FUNCTION keep_progress()`;
  await importFiles([path], { now });
  expect(await importFiles([path], { now })).toMatchObject({ sources: [{ found: 0 }] });
  expect(await importFiles([path], { now, restart: true, say })).toMatchObject({ sources: [{ found: 2 }] });
  expect(lines[0]).toMatch(/^changed\.json: 4 lines/);
  write("changed.json", snapshot(6).join("\n"));
  expect(await importFiles([path], { now })).toMatchObject({ sources: [{ found: 3 }] });
  await db.$executeRaw`DROP TRIGGER keep ON source_progress`;
});

test("the sample goes when a snapshot brings the first real papers", async () => {
  expect(await loadSampleIfEmpty({ now })).toMatchObject({ status: "loaded" });
  await importFiles([write("first.json", line(2))], { now });
  expect(await rows()).toMatchObject([{ id: "2608.00002", sample: false }]);
  expect(await db.edition.count()).toBe(0);
});

test("a long import keeps nobody from gathering, and two at once are one", async () => {
  const path = write("beside.json", line(2));
  const beside = await withLock("editions", () => importFiles([path], { now }));
  expect(beside).toMatchObject({ value: { status: "done" } });
  const second = await withLock("archive", () => importFiles([path], { now }));
  expect(second).toMatchObject({ value: { status: "busy" } });
});
