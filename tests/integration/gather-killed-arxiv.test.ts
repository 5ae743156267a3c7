import { resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";
import { gatherWorkers } from "#tests/gather-workers.ts";

// A site that reads arXiv alone: today's feed, what the search has of that day, and one day that the feed missed. The other
// days were asked for an hour ago; with KILL_EVERYWHERE=1 they were not.
const everywhere = process.env.KILL_EVERYWHERE === "1";
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");
const missed = "2026-08-18";

// The sources' addresses are read when lib/ is loaded: the played source comes first.
const source: SourceServer = await startSourceServer({ today, now: () => now });
Object.assign(process.env, source.settings, { BROADSHEET_CONFIG: resolve("examples/combinatorics.config.json") });
const { db } = await import("#lib/platform/db.ts");
const { site } = await import("#lib/platform/site-config.ts");
const { listingDays, submissionWindow } = await import("#lib/sources/arxiv/announcement-date.ts");
const { arxivQueryUrl } = await import("#lib/sources/arxiv/query-url.ts");
const { killAtEveryStatement } = await import("#tests/kill-everywhere.ts");
const { gathered } = await import("#tests/gathered-rows.ts");
const workers = gatherWorkers(2);

afterAll(async () => {
  workers.close();
  await source.close();
});

async function askedAnHourAgo(): Promise<void> {
  const days = listingDays(today.subtract({ days: 9 }), today.subtract({ days: 1 }));
  const urls = days
    .filter((day) => day.toString() !== missed)
    .map((day) => {
      const question = { ...submissionWindow(day), categories: site.arxivCategories, start: 0 };
      return arxivQueryUrl(source.settings.ARXIV_API_URL, question);
    });
  await db.sourceValidator.createMany({
    data: urls.map((url) => ({ url, storedAt: new Date("2026-08-19T11:00:00Z") })),
  });
}

test("killed before any statement of arXiv's feed or search, it loses no paper and no index entry", {
  timeout: everywhere ? 3_600_000 : 1_200_000,
}, async () => {
  // The feed holds a part of its day, always: the rest comes from the search.
  source.arm({ kind: "cut", keep: 1, path: "/rss", times: Number.POSITIVE_INFINITY });
  const job = { now: now.toString() };
  const killed = await killAtEveryStatement({ source, workers, job, ...(!everywhere && { begin: askedAnHourAgo }) });
  expect(killed).toBeGreaterThan(30);
  const { listings, entries, validators } = await gathered();
  const listed = new Set(listings.map(({ day }) => day.toISOString().slice(0, 10)));
  expect([...listed]).toEqual(expect.arrayContaining([missed, "2026-08-19"]));
  expect(listings.filter(({ day }) => day.getTime() === new Date("2026-08-19").getTime()).length).toBeGreaterThan(1);
  expect(entries.length).toBeGreaterThan(0);
  expect(validators.filter(({ etag }) => etag)).toHaveLength(everywhere ? 9 : 3);
  process.stdout.write(`Killed before each of ${killed} statements.\n`);
});
