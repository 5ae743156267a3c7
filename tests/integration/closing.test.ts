import { afterAll, beforeEach, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";

// A Wednesday: the invented papers lie on it and on the five weekdays before.
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");

// The sources' addresses are read when lib/ is loaded: the played source comes first.
const source: SourceServer = await startSourceServer({ today, now: () => now });
Object.assign(process.env, source.settings);
const { closeEditions } = await import("#lib/editions/commands.ts");
const { findEdition } = await import("#lib/editions/queries.ts");
const { db } = await import("#lib/platform/db.ts");
const { backfillDays, gatherPapers } = await import("#lib/sources/commands.ts");
const { findLastGather } = await import("#lib/sources/queries.ts");

const gather = (at = now) => gatherPapers({ now: at });

beforeEach(async () => {
  source.disarm();
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await db.sourceRun.deleteMany();
  await db.sourceValidator.deleteMany();
  await db.sourceHost.deleteMany();
});

afterAll(() => source.close());

test("no day is closed without a source that has not answered yet, until the others have answered for six hours", async () => {
  source.arm({ kind: "status", status: 500, path: "/rss", times: 100 });
  source.arm({ kind: "status", status: 500, path: "/api/query", times: 100 });
  expect(await gather()).toMatchObject({ sources: [{ status: "ok" }, { status: "failed" }], closed: [] });
  expect(await findLastGather()).toBeNull();
  expect(await gather(now.add({ hours: 6 }))).toMatchObject({ closed: [] });
  const late = await gather(now.add({ hours: 6, minutes: 10 }));
  expect(late).toMatchObject({ closed: expect.arrayContaining(["2026-08-18"]) });
});

test("a first run that was killed between two sources closes nothing; the next closes its days with both", async () => {
  await gather();
  await db.edition.deleteMany();
  await db.listing.deleteMany({ where: { source: "arxiv" } });
  await db.sourceValidator.deleteMany({ where: { url: { not: { contains: "daily_papers" } } } });
  await db.sourceRun.updateMany({ where: { source: "arxiv" }, data: { status: "interrupted" } });
  expect(await closeEditions({ now, gatheredAt: await findLastGather() })).toEqual({ status: "done", value: [] });

  expect(await gather(now.add({ minutes: 10 }))).toMatchObject({ closed: expect.arrayContaining(["2026-08-18"]) });
  const edition = await findEdition(Temporal.PlainDate.from("2026-08-18"), { now: now.add({ hours: 1 }) });
  expect(edition).toMatchObject({ frozen: true, late: 0 });
  expect(await db.listing.count({ where: { source: "arxiv", day: new Date("2026-08-18") } })).toBeGreaterThan(0);
});

test("a run that broke off in the middle of a source is no reason to close days", async () => {
  source.arm({ kind: "status", status: 429, retryAfter: "3600", path: "/api/query", times: 100 });
  expect(await gather()).toMatchObject({ sources: [{ status: "ok" }, { status: "suspect" }], closed: [] });
});

test("a back-fill closes the days that every source gave; the others stay open until it is run again", async () => {
  const days = { from: Temporal.PlainDate.from("2026-08-12"), to: Temporal.PlainDate.from("2026-08-18") };
  const later = Temporal.Instant.from("2026-11-24T12:00:00Z");
  source.arm({ kind: "status", status: 500, path: "/api/query" });
  const lines: string[] = [];
  const half = await backfillDays({ ...days, now: later, say: (line) => lines.push(line) });
  expect(half).toMatchObject({ closed: ["2026-08-13", "2026-08-14", "2026-08-17", "2026-08-18"] });
  expect(lines.at(-1)).toBe("1 day could not be read whole from every source. To close what is left, run this again.");
  // The minute's round leaves the day to the back-fill.
  await gather(later);
  expect(await db.edition.count({ where: { day: new Date("2026-08-12") } })).toBe(0);

  const again = await backfillDays({ ...days, now: later.add({ minutes: 5 }) });
  expect(again).toMatchObject({ closed: ["2026-08-12"] });
});
