import { afterAll, beforeEach, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";
import { gatherWorkers } from "#tests/gather-workers.ts";

// A Wednesday: the invented papers lie on it and on the five weekdays before.
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");
const later = now.add({ minutes: 10 });

// Addresses are read when lib/ is loaded: a process of its own reads the day as RSS, this one reads it as Atom.
const source: SourceServer = await startSourceServer({ today, now: () => now });
Object.assign(process.env, source.settings);
const byRss = gatherWorkers(1);
Object.assign(process.env, { ARXIV_RSS_URL: `${source.settings.ARXIV_RSS_URL}/atom/` });
const { db } = await import("#lib/platform/db.ts");
const { gatherPapers } = await import("#lib/sources/commands.ts");
const { gathered, forgetEverything } = await import("#tests/gathered-rows.ts");

const feeds = () => source.requests.filter(({ path }) => /^\/(rss|atom)\//.test(path));
const paths = () => feeds().map(({ path }) => path.replace(/[^/]+$/, ""));
const feedTag = () => db.sourceValidator.findFirst({ where: { url: { contains: "/atom/" } } });
const lastRun = () => db.sourceRun.findFirstOrThrow({ where: { source: "arxiv" }, orderBy: { id: "desc" } });

beforeEach(async () => {
  source.disarm();
  source.requests.splice(0);
  await forgetEverything();
});
afterAll(async () => {
  byRss.close();
  await source.close();
});

test("a base that ends in /atom gives the same rows as RSS for the same day", async () => {
  expect(await byRss.run({ now: now.toString() })).toMatchObject({ status: "done" });
  expect(paths()).toEqual(["/rss/"]);
  const { validators: rssTags, ...rss } = await gathered();

  await forgetEverything();
  source.requests.splice(0);
  await gatherPapers({ now });
  expect(paths()).toEqual(["/atom/"]);
  const { validators: atomTags, ...atom } = await gathered();
  expect(atom).toEqual(rss);
  expect(await lastRun()).toMatchObject({ status: "ok" });
  // From the feed alone: the search does not tell the licence.
  expect(atom.papers.filter(({ licenseUrl }) => licenseUrl).length).toBeGreaterThan(2);
  const addresses = (tags: typeof rssTags) => tags.map(({ url }) => url.replace("/atom/", "/rss/")).sort();
  expect(addresses(atomTags)).toEqual(addresses(rssTags));
});

test("it is asked conditionally, and what is unchanged is neither read nor stored again", async () => {
  await gatherPapers({ now });
  const kept = await feedTag();
  expect(kept?.etag).toMatch(/^"/);
  const before = await gathered();
  source.requests.splice(0);
  await gatherPapers({ now: later });
  expect(feeds().map(({ headers }) => headers["if-none-match"])).toEqual([kept?.etag]);
  expect(feeds()[0]?.headers.accept).toContain("application/atom+xml");
  const after = await gathered();
  expect([after.papers, after.listings, after.records]).toEqual([before.papers, before.listings, before.records]);
  expect(await lastRun()).toMatchObject({ status: "not-modified", stored: 0 });
});

test.each([
  ["half a feed", { kind: "half-document" }],
  ["a feed of somebody else", { kind: "wrong-feed" }],
  ["an empty feed on a day of announcements", { kind: "empty" }],
  ["a refusal", { kind: "status", status: 400 }],
] as const)("%s is recorded, leaves no tag, and the search gives the day", async (_, fault) => {
  source.arm({ ...fault, path: "/atom" });
  await gatherPapers({ now });
  expect((await lastRun()).status).toBe("suspect");
  expect(await feedTag()).toBeNull();
  expect(await db.listing.count({ where: { source: "arxiv", day: new Date("2026-08-19") } })).toBeGreaterThan(2);

  await gatherPapers({ now: later });
  expect(await feedTag()).not.toBeNull();
});
