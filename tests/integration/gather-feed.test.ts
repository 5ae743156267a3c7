import { afterAll, beforeEach, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";
import { submissionFor } from "#tests/fakes/world.ts";

// A Wednesday: the invented papers lie on it and on the five weekdays before.
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");

// The sources' addresses are read when lib/ is loaded: the played source comes first.
const source: SourceServer = await startSourceServer({ today, now: () => now });
Object.assign(process.env, source.settings);
const { db } = await import("#lib/platform/db.ts");
const { gatherPapers } = await import("#lib/sources/commands.ts");
const { gathered, forgetEverything } = await import("#tests/gathered-rows.ts");

const invented = source.world.listArxivPapers;
const later = (minutes: number) => now.add({ minutes });
const lastRun = () => db.sourceRun.findFirstOrThrow({ where: { source: "arxiv" }, orderBy: { id: "desc" } });
const ofToday = () =>
  db.listing.findMany({ where: { source: "arxiv", day: new Date("2026-08-19") }, orderBy: { paperId: "asc" } });
const feedTag = () => db.sourceValidator.findFirst({ where: { url: { contains: "/rss/" } } });
/** The search for the papers of today's listing: those submitted until yesterday 14:00 Eastern. */
const asksForToday = (path: string) => path.startsWith("/api/query") && path.includes("202608181759");
const searches = () => source.requests.filter(({ path }) => asksForToday(path));

beforeEach(async () => {
  source.disarm();
  source.requests.splice(0);
  Object.assign(source.world, { listArxivPapers: invented });
  await forgetEverything();
});
afterAll(() => source.close());

test("a feed that holds a part of its day is completed from the search in the same run", async () => {
  await gatherPapers({ now });
  const whole = await ofToday();
  expect(whole.length).toBeGreaterThan(2);
  const clean = await gathered();

  await forgetEverything();
  source.arm({ kind: "cut", keep: 1, path: "/rss" });
  const lines: string[] = [];
  await gatherPapers({ now, say: (line) => lines.push(line) });
  expect(await ofToday()).toEqual(whole);
  // The licence is told by the feed alone.
  const bare = (papers: typeof clean.papers) => papers.map((paper) => ({ ...paper, licenseUrl: null }));
  expect(bare((await gathered()).papers)).toEqual(bare(clean.papers));
  expect(lines).toContain(`arXiv: 2026-08-19, 1 paper in the feed, and ${whole.length - 1} more from the search`);
  expect(await lastRun()).toMatchObject({ status: "ok" });
  expect(await feedTag()).not.toBeNull();

  // And that is that: the search is not asked again while the feed stays as it is.
  source.requests.splice(0);
  await gatherPapers({ now: later(10) });
  expect(searches()).toEqual([]);
});

test("told by the feed and by the search a paper is found once", async () => {
  await gatherPapers({ now });
  expect((await lastRun()).found).toBe(await db.listing.count({ where: { source: "arxiv" } }));
});

test.each([
  ["is broken", { kind: "half-document" }],
  ["asks for a pause", { kind: "status", status: 429, retryAfter: "3600" }],
  ["does not answer", { kind: "reset" }],
] as const)("while the search %s the feed's papers are there, and the next run asks for the rest", async (_, fault) => {
  await gatherPapers({ now });
  const whole = await ofToday();
  await forgetEverything();
  source.arm({ kind: "cut", keep: 1, path: "/rss", times: 2 });
  source.arm({ ...fault, path: "/api/query", times: 100 });
  await gatherPapers({ now });
  expect(await ofToday()).toHaveLength(1);
  expect((await lastRun()).status).toBe("suspect");
  // Not remembered: it would be told to be unchanged, and nobody would ask for the rest.
  expect(await feedTag()).toBeNull();

  source.disarm();
  await db.sourceHost.deleteMany();
  source.arm({ kind: "cut", keep: 1, path: "/rss" });
  await gatherPapers({ now: later(10) });
  expect((await ofToday()).map(({ paperId }) => paperId)).toEqual(whole.map(({ paperId }) => paperId));
  expect(await feedTag()).not.toBeNull();
});

test("the search's tag and date go back word for word, and what is unchanged is neither read nor stored again", async () => {
  await gatherPapers({ now });
  const kept = (await db.sourceValidator.findMany()).find(({ url }) => asksForToday(url.replace(source.url, "")));
  expect([kept?.etag, kept?.lastModified]).toEqual([
    expect.stringMatching(/^W\/"/),
    expect.stringMatching(/, 1[78] Aug 2026 .* GMT$/),
  ]);
  const before = await gathered();
  source.requests.splice(0);
  source.arm({ kind: "new-etag", path: "/rss" });
  await gatherPapers({ now: later(10) });
  const [asked] = searches();
  expect(asked?.headers).toMatchObject({ "if-none-match": kept?.etag, "if-modified-since": kept?.lastModified });
  const { validators: _, ...rows } = await gathered();
  expect(rows).toEqual({ ...rows, papers: before.papers, listings: before.listings, signals: before.signals });
  expect((await lastRun()).stored).toBe(0);
});

test("papers whose storing fails leave no tag of the search: it is asked in full again", async () => {
  await db.$executeRaw`ALTER TABLE papers ADD CONSTRAINT refuse_all CHECK (id = '') NOT VALID`;
  source.arm({ kind: "empty", path: "/api/daily_papers", times: 10 });
  await expect(gatherPapers({ now })).rejects.toThrow(/refuse_all/);
  await db.$executeRaw`ALTER TABLE papers DROP CONSTRAINT refuse_all`;
  expect(searches()).toHaveLength(1);
  expect(await db.sourceValidator.findMany({ where: { url: { not: { contains: "daily_papers" } } } })).toEqual([]);
  source.requests.splice(0);
  await gatherPapers({ now: later(10) });
  expect(searches().map(({ headers }) => headers["if-none-match"])).toEqual([undefined]);
});

test("of a search result of several pages no tag is kept: one page can change while the first stays", async () => {
  const [pattern] = invented();
  if (!pattern) throw new Error("The invented world is empty.");
  const many = Array.from({ length: 1100 }, (_, index) => ({
    ...pattern,
    id: `2608.${50_000 + index}`,
    version: 1,
    submittedAt: submissionFor(today, index % 60),
    revisedAt: submissionFor(today, index % 60),
    listings: [{ day: today, type: "new" as const }],
  }));
  Object.assign(source.world, { listArxivPapers: () => many });
  source.arm({ kind: "cut", keep: 100, path: "/rss" });
  await gatherPapers({ now });
  expect(await ofToday()).toHaveLength(1100);
  expect(searches()).toHaveLength(2);
  const kept = (await db.sourceValidator.findMany()).find(({ url }) => asksForToday(url.replace(source.url, "")));
  expect(kept).toMatchObject({ etag: null, lastModified: null });
});
