import { type ChildProcess, spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeEach, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { withLock } from "#lib/platform/lock.ts";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";

// The commands run by the machine's clock: the invented papers lie on the weekdays up to today.
const source: SourceServer = await startSourceServer();

function start(script: string, ...args: string[]): ChildProcess {
  const env = { ...process.env, ...source.settings };
  return spawn(process.execPath, [`scripts/${script}.ts`, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
}

async function run(script: string, ...args: string[]) {
  const child = start(script, ...args);
  if (!child.stdout || !child.stderr) throw new Error("no pipes");
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.on("close", done)),
  ]);
  return { out, err, code };
}

/** What was gathered, without the times at which it was. */
async function gathered() {
  const [papers, listings, signals, entries] = await Promise.all([
    db.paper.findMany({ orderBy: { id: "asc" }, omit: { changeSeq: true, firstSeenAt: true } }),
    db.listing.findMany({ orderBy: [{ day: "asc" }, { paperId: "asc" }, { source: "asc" }], omit: { listedAt: true } }),
    db.signal.findMany({
      distinct: ["paperId", "source", "kind", "value"],
      orderBy: [{ paperId: "asc" }, { source: "asc" }, { kind: "asc" }],
      select: { paperId: true, source: true, kind: true, value: true },
    }),
    db.editionEntry.findMany({ orderBy: [{ day: "asc" }, { paperId: "asc" }], select: { day: true, paperId: true } }),
  ]);
  return { papers, listings, signals, entries };
}

async function empty() {
  source.disarm();
  source.requests.splice(0);
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await db.sourceRun.deleteMany();
  await db.sourceValidator.deleteMany();
  await db.sourceHost.deleteMany();
}

beforeEach(empty);
afterAll(() => source.close());

test("npm run gather says what it read, what it closed, and how other work ended", { timeout: 300_000 }, async () => {
  const ended = new Date(Date.now() - 75 * 3_600_000);
  await db.sourceRun.create({
    data: { source: "arxiv", job: "harvest", status: "interrupted", startedAt: ended, finishedAt: ended },
  });
  const { out, err, code } = await run("gather");
  expect({ err, code }).toEqual({ err: "", code: 0 });
  expect(out).toMatch(/^Hugging Face: \d+ papers, \d+ new or changed\.$/m);
  expect(out).toMatch(/^arXiv: \d{4}-\d\d-\d\d, \d+ papers$/m);
  expect(out).toMatch(/^Closed: /m);
  expect(out).toMatch(/^Harvest of arXiv's records: interrupted, 3 days ago$/m);
});

test("killed at any request, it leaves nothing half-done: the next run ends where a clean one does", {
  timeout: 120_000,
}, async () => {
  await run("gather");
  const clean = await gathered();
  const steps = [
    { path: "/api/daily_papers", answered: 0 },
    { path: "/api/daily_papers", answered: 6 },
    { path: "/rss", answered: 0 },
    { path: "/api/query", answered: 2 },
  ];
  for (const { path, answered } of steps) {
    await empty();
    // So many requests are answered, the next one hangs until the process is killed.
    if (answered > 0) source.arm({ kind: "new-etag", path, times: answered });
    source.arm({ kind: "hang", path, times: 1000 });
    const child = start("gather");
    const asked = () => source.requests.filter((request) => request.path.startsWith(path)).length;
    await expect.poll(asked, { timeout: 120_000, interval: 5 }).toBe(answered + 1);
    child.kill("SIGKILL");
    await new Promise((done) => child.on("close", done));
    source.disarm();

    expect(await run("gather")).toMatchObject({ code: 0 });
    expect(await gathered()).toEqual(clean);
    const statuses = await db.sourceRun.findMany({ orderBy: { id: "asc" }, select: { status: true } });
    expect(statuses.filter(({ status }) => status === "interrupted")).toHaveLength(1);
    expect(statuses.slice(-2).map(({ status }) => status)).not.toContain("failed");
  }
});

test("beside another run it ends with 75, without a source with 1, used wrongly with 2, each with one line", {
  timeout: 300_000,
}, async () => {
  const busy = await withLock("editions", () => run("gather"));
  expect(busy).toMatchObject({ value: { code: 75, err: expect.stringMatching(/^Another run .*\n$/) } });

  source.arm({ kind: "reset", times: 1000 });
  expect(await run("gather")).toMatchObject({ code: 1, out: expect.stringMatching(/ended the connection/) });

  for (const wrong of [
    ["backfill"],
    ["backfill", "--from", "2026-08-32", "--to", "2026-09-01"],
    ["import"],
    ["gather", "--all"],
  ]) {
    const { code, err, out } = await run(...(wrong as [string, ...string[]]));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^[^\n]+\. Try --help\.\n$/);
  }
  expect(await run("backfill", "--help")).toMatchObject({
    code: 0,
    out: expect.stringContaining("Usage: npm run backfill"),
  });
});
