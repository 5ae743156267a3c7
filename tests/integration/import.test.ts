import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { importFiles } from "#lib/sources/commands.ts";
import { loadSampleIfEmpty } from "#lib/sources/sample/commands.ts";

const now = Temporal.Instant.from("2026-08-25T09:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "broadsheet-import-"));
const item = (id: string, known: object = {}) => ({
  title: `Paper ${id}`,
  numComments: 1,
  paper: {
    id,
    title: `Paper ${id}`,
    summary: "We say what we found.",
    authors: [{ name: "Ada One" }],
    upvotes: 4,
    ...known,
  },
});

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(path, name.endsWith(".gz") ? gzipSync(text) : text);
  return path;
}

beforeEach(async () => {
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await db.sourceRun.deleteMany();
});

test("files fill the days of their names, packed or not, and the days are frozen", async () => {
  const paths = [
    write("2026-08-19.json", [item("2608.00001"), item("2608.00002")]),
    write("2026-08-20.json.gz", [item("2608.00001", { upvotes: 9 })]),
  ];
  const report = await importFiles(paths, { now });
  expect(report).toMatchObject({
    status: "done",
    sources: [{ status: "ok", found: 3, rejected: 0 }],
    closed: ["2026-08-19", "2026-08-20"],
  });
  expect(await db.listing.count()).toBe(3);
  const again = await importFiles(paths, { now: now.add({ hours: 1 }) });
  expect(again).toMatchObject({ sources: [{ stored: 0 }], closed: [] });
  expect(await db.signal.count({ where: { kind: "upvotes" } })).toBe(3);
});

test("a file without a date in its name goes by the days of its items", async () => {
  await importFiles([write("plain.json", [item("2608.00003", { submittedOnDailyAt: "2026-08-18T00:00:00.000Z" })])], {
    now,
  });
  expect(await db.listing.findFirst()).toMatchObject({ day: new Date("2026-08-18"), source: "huggingface" });
});

test("what cannot be read is counted and named, and the rest is imported", async () => {
  const lines: string[] = [];
  const paths = [
    join(folder, "2026-08-01.json"),
    write("2026-08-02.json", "{ half"),
    write("2026-08-03.json", { status: "no_data" }),
    write("2026-08-04.json.gz", [item("2608.00004"), item("nonsense"), "text"]),
    write("2026-08-05.json", ["{'paper': {'id': '2412.09596'}}"]),
  ];
  const report = await importFiles(paths, { now, say: (line) => lines.push(line) });
  expect(report).toMatchObject({ sources: [{ status: "suspect", found: 1, stored: 1, rejected: 6 }] });
  const run = await db.sourceRun.findFirstOrThrow();
  expect(run.rejected).toEqual([
    { where: "2026-08-01.json", reason: "there is no such file" },
    { where: "2026-08-02.json", reason: "it is no JSON" },
    { where: "2026-08-03.json", reason: "Hugging Face answered with something that is no list of papers." },
    { where: "2026-08-04.json.gz: item 2", reason: expect.stringContaining("no arXiv id") },
    { where: "2026-08-04.json.gz: item 3", reason: expect.any(String) },
    { where: "2026-08-05.json: item 1", reason: expect.any(String) },
  ]);
  expect(lines).toContain(`${paths[3]}: 1 paper`);
});

test("a date that cannot be is left out and said so; the paper stays", async () => {
  await importFiles([write("2026-08-06.json", [item("2608.00005", { publishedAt: "2199-01-01T00:00:00.000Z" })])], {
    now,
  });
  expect(await db.paper.findFirst()).toMatchObject({ id: "2608.00005", submittedAt: null });
  const run = await db.sourceRun.findFirstOrThrow();
  expect(run.rejected).toEqual([
    { where: "2026-08-06.json: 2608.00005", reason: expect.stringContaining("submittedAt") },
  ]);
});

test("an empty site shows the sample until the first real papers, and a vote on it is not lost", async () => {
  expect(await loadSampleIfEmpty({ now })).toMatchObject({ status: "loaded" });
  expect(await loadSampleIfEmpty({ now })).toEqual({ status: "not-needed" });
  expect(await db.edition.count({ where: { sample: true } })).toBe(3);
  const [voted, replaced] = await db.editionEntry.findMany({
    where: { day: new Date("2026-08-20") },
    orderBy: { rank: "asc" },
  });
  const account = { id: "reader", name: "", email: "reader@example.org" };
  await db.account.create({ data: account });
  await db.upvote.create({ data: { paperId: voted?.paperId ?? "", accountId: "reader", castAt: new Date(0) } });

  await importFiles([write("2026-08-20.json", [item(replaced?.paperId ?? "")])], { now });

  expect(await db.edition.findMany()).toMatchObject([{ day: new Date("2026-08-20"), sample: false }]);
  const papers = await db.paper.findMany({ orderBy: { sample: "asc" } });
  expect(papers.map(({ id, sample }) => [id, sample])).toEqual([
    [replaced?.paperId, false],
    [voted?.paperId, true],
  ]);
  expect(papers[0]?.abstract).toBe("We say what we found.");
  expect(await db.upvote.count()).toBe(1);
  expect(await loadSampleIfEmpty({ now })).toEqual({ status: "not-needed" });
});
