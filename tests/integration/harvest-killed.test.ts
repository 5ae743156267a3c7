import { afterAll, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";
import { gatherWorkers } from "#tests/gather-workers.ts";

// A harvest of two pages, one record of which arXiv has deleted.
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");
const source: SourceServer = await startSourceServer({ today, now: () => now, oaiPageSize: 8 });
Object.assign(process.env, source.settings);
const { db } = await import("#lib/platform/db.ts");
const { killAtEveryStatement } = await import("#tests/kill-everywhere.ts");
const { gathered } = await import("#tests/gathered-rows.ts");
const workers = gatherWorkers(2);

afterAll(async () => {
  workers.close();
  await source.close();
});

test("killed before any statement of a harvest, it goes on at its page, and ends in the same rows", {
  timeout: 1_200_000,
}, async () => {
  const job = { now: now.toString(), harvest: { set: "cs", from: "2026-08-19" } };
  const killed = await killAtEveryStatement({ source, workers, job });
  expect(killed).toBeGreaterThan(20);
  const { papers, listings } = await gathered();
  expect(papers.length).toBeGreaterThan(2);
  expect(listings).toEqual([]);
  expect(await db.sourceProgress.findMany()).toMatchObject([{ finishedAt: expect.any(Date) }]);
  process.stdout.write(`Killed before each of ${killed} statements.\n`);
});
