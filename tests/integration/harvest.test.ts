import { afterAll, beforeEach, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";

// A Wednesday: the invented papers lie on it and on the five weekdays before.
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");
const from = Temporal.PlainDate.from("2026-08-01");

// The sources' addresses are read when lib/ is loaded: the played source comes first.
const source: SourceServer = await startSourceServer({ today, now: () => now, oaiPageSize: 4 });
Object.assign(process.env, source.settings);
const { db } = await import("#lib/platform/db.ts");
const { withLock } = await import("#lib/platform/lock.ts");
const { harvestArxiv } = await import("#lib/sources/harvest/commands.ts");
const { gatherPapers } = await import("#lib/sources/commands.ts");
const { findPaper } = await import("#lib/papers/queries.ts");
const { paperId } = await import("#lib/papers/paper-id.ts");

type Options = Parameters<typeof harvestArxiv>[0];
const lines: string[] = [];
const harvest = (options: Partial<Options> = {}) =>
  harvestArxiv({
    sets: ["cs"],
    from,
    until: null,
    restart: false,
    now,
    say: (line) => void lines.push(line),
    ...options,
  });
const paths = () => source.requests.map(({ path }) => path);
const storedIds = async () => (await db.paper.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);
const lastRun = () => db.sourceRun.findFirstOrThrow({ orderBy: { id: "desc" } });
const onSite = ({ categories }: { categories: string[] }) =>
  categories.some((category) => ["cs.AI", "cs.CL", "cs.CV", "cs.LG"].includes(category));
const changedSince = (day: Temporal.PlainDate) =>
  source.world
    .listArxivPapers()
    .filter((paper) => paper.listings.some((listing) => Temporal.PlainDate.compare(listing.day, day) >= 0));

beforeEach(async () => {
  source.disarm();
  source.restoreRecords();
  source.requests.splice(0);
  lines.splice(0);
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await db.sourceRun.deleteMany();
  await db.sourceProgress.deleteMany();
  await db.sourceHost.deleteMany();
});

afterAll(() => source.close());

test("a set is read page by page to its end, and the papers of the site's classes are stored, in no edition", async () => {
  expect(await harvest()).toMatchObject({ status: "finished", run: { status: "ok", rejected: 0 } });
  const expected = changedSince(from).filter(onSite);
  expect(expected.length).toBeGreaterThan(10);
  expect(await storedIds()).toEqual(expected.map(({ id }) => id).toSorted());
  expect(paths()[0]).toBe("/oai?verb=ListRecords&metadataPrefix=arXivRaw&from=2026-08-01&set=cs");
  expect(paths().length).toBeGreaterThan(4);
  for (const path of paths().slice(1)) expect(path).toMatch(/^\/oai\?verb=ListRecords&resumptionToken=[^&]+$/);
  expect(source.requests.every(({ open }) => open === 1)).toBe(true);
  expect(await db.listing.count()).toBe(0);
  const revised = source.world.listArxivPapers().find((paper) => paper.version > 1 && onSite(paper));
  expect(await db.paper.findUnique({ where: { id: revised?.id ?? "" } })).toMatchObject({ version: revised?.version });
});

test("without sets those of the site's classes are read; without a first day each goes on where its last harvest ended", async () => {
  await harvest({ sets: [] });
  const sets = new Set(paths().flatMap((path) => new URL(path, source.url).searchParams.get("set") ?? []));
  expect([...sets]).toEqual(["cs:cs:AI", "cs:cs:CL", "cs:cs:CV", "cs:cs:LG"]);
  source.requests.splice(0);
  const later = now.add({ hours: 24 });
  expect(await harvest({ sets: ["cs:cs:CL"], from: null, now: later })).toMatchObject({ status: "finished" });
  expect(paths()[0]).toContain("from=2026-08-19");
  expect(await harvest({ sets: ["math"], from: null })).toEqual({ status: "no-beginning", set: "math" });
});

test("a harvest again changes no row", async () => {
  await harvest();
  const before = await db.paper.findMany({ orderBy: { id: "asc" } });
  expect(await harvest({ now: now.add({ hours: 1 }) })).toMatchObject({ run: { stored: 0 } });
  expect(await db.paper.findMany({ orderBy: { id: "asc" } })).toEqual(before);
});

test("it tells the same texts, names and classes as the day's feed and the search", async () => {
  const rows = () =>
    db.paper.findMany({
      orderBy: { id: "asc" },
      select: { id: true, title: true, abstract: true, authors: true, categories: true, announcedOn: true },
    });
  await harvest();
  const harvested = await rows();
  await gatherPapers({ now });
  const both = await rows();
  expect(both.filter(({ id }) => harvested.some((row) => row.id === id))).toEqual(harvested);
});

test("days without a change are a normal answer", async () => {
  const until = Temporal.PlainDate.from("2026-07-02");
  const report = await harvest({ from: Temporal.PlainDate.from("2026-07-01"), until });
  expect(report).toMatchObject({ status: "finished", run: { status: "ok", found: 0 } });
  expect(lines[0]).toMatch(/nothing has changed/);
  source.requests.splice(0);
  await harvest({ from: null, until: null });
  expect(paths()[0]).toContain("from=2026-07-02");
});

test("a record that arXiv has deleted is marked and stays, votes and all; if it comes back the mark goes", async () => {
  await harvest();
  const [id = ""] = await storedIds();
  await db.account.create({ data: { id: "reader", name: "", email: "reader@example.org" } });
  await db.upvote.create({ data: { paperId: id, accountId: "reader", castAt: new Date(0) } });
  source.deleteRecord(id);
  source.deleteRecord("2608.99999");
  const before = await storedIds();
  await harvest({ now: now.add({ hours: 1 }) });

  expect(await storedIds()).toEqual(before);
  expect(await db.upvote.count()).toBe(1);
  expect((await db.paper.findUniqueOrThrow({ where: { id } })).deletedAt).toEqual(new Date("2026-08-19T13:00:00Z"));
  expect(await findPaper(paperId(id))).toMatchObject({ withdrawn: true });
  expect(lines.some((line) => line.endsWith(", 1 deleted"))).toBe(true);
  await harvest({ now: now.add({ hours: 2 }) });
  expect((await db.paper.findUniqueOrThrow({ where: { id } })).deletedAt).toEqual(new Date("2026-08-19T13:00:00Z"));

  source.restoreRecords();
  await harvest({ now: now.add({ hours: 3 }) });
  expect(await findPaper(paperId(id))).toMatchObject({ withdrawn: false });
});

test("a paper of another field that the site has already is brought up to date, others of that field are not stored", async () => {
  const other = changedSince(from).find((paper) => !onSite(paper) && paper.categories[0]?.startsWith("cs"));
  const id = other?.id ?? "";
  await db.paper.create({ data: { id, title: "As it was", abstract: "", authors: [], categories: [] } });
  await harvest();
  expect(await db.paper.findUnique({ where: { id } })).toMatchObject({ title: other?.title });
});

test("a pause longer than its patience ends the harvest, and the same call goes on at the page that is missing", async () => {
  source.arm({ kind: "new-etag", path: "/oai", times: 2 });
  source.arm({ kind: "status", status: 503, retryAfter: "7200", path: "/oai" });
  expect(await harvest()).toMatchObject({ status: "unfinished", run: { status: "suspect" } });
  expect((await lastRun()).message).toMatch(/asked us to wait until/);
  const asked = paths();
  const kept = await db.paper.count();
  expect(kept).toBeGreaterThan(0);
  source.requests.splice(0);
  expect(await harvest()).toMatchObject({ status: "unfinished" });
  expect(paths()).toEqual([]);

  await db.sourceHost.deleteMany();
  expect(await harvest({ from: null })).toMatchObject({ status: "finished" });
  expect(paths()[0]).toBe(asked.at(-1));
  expect(lines).toContain("arXiv cs: going on after page 2");
  expect(await db.paper.count()).toBe(changedSince(from).filter(onSite).length);
});

test("of several sets only those are read that were not read before it broke off", async () => {
  const sets = ["cs:cs:AI", "cs:cs:CL", "cs:cs:CV"];
  const setsAsked = () => paths().flatMap((path) => new URL(path, source.url).searchParams.get("set") ?? []);
  // The first page of the second set is refused for two hours.
  const pagesOfFirst = Math.ceil(changedSince(from).filter((paper) => paper.categories.includes("cs.AI")).length / 4);
  source.arm({ kind: "new-etag", path: "/oai", times: pagesOfFirst });
  source.arm({ kind: "status", status: 503, retryAfter: "7200", path: "/oai" });
  expect(await harvest({ sets })).toMatchObject({ status: "unfinished" });
  expect(setsAsked()).toEqual(["cs:cs:AI", "cs:cs:CL"]);
  await db.sourceHost.deleteMany();
  source.requests.splice(0);
  expect(await harvest({ sets })).toMatchObject({ status: "finished" });
  expect(setsAsked()).toEqual(["cs:cs:CL", "cs:cs:CV"]);
  source.requests.splice(0);
  await harvest({ sets });
  expect(setsAsked()).toEqual(sets);
});

test("a token that arXiv no longer knows, or that has run out, means to read the list from its beginning", async () => {
  source.arm({ kind: "new-etag", path: "/oai", times: 2 });
  source.arm({ kind: "status", status: 503, retryAfter: "7200", path: "/oai" });
  await harvest();
  source.forgetTokens();
  source.requests.splice(0);
  await db.sourceHost.deleteMany();
  expect(await harvest()).toMatchObject({ status: "finished", run: { status: "ok" } });
  expect(paths()[0]).toContain("resumptionToken=");
  expect(paths()[1]).toContain("from=2026-08-01");
  expect(await db.paper.count()).toBe(changedSince(from).filter(onSite).length);

  source.arm({ kind: "new-etag", path: "/oai", times: 2 });
  source.arm({ kind: "status", status: 503, retryAfter: "7200", path: "/oai" });
  await harvest({ restart: true });
  source.requests.splice(0);
  await db.sourceHost.deleteMany();
  await harvest({ now: now.add({ hours: 24 }) });
  expect(paths()[0]).toContain("from=2026-08-01");
});

test("killed between fetching and storing, no page is half stored and its token is not taken for read", async () => {
  await db.$executeRawUnsafe(
    "ALTER TABLE source_progress ADD CONSTRAINT no_third CHECK ((position->>'pages')::int <> 3)",
  );
  await expect(harvest()).rejects.toThrow(/no_third/);
  const kept = await db.paper.count();
  await db.$executeRawUnsafe("ALTER TABLE source_progress DROP CONSTRAINT no_third");
  const { position } = await db.sourceProgress.findFirstOrThrow();
  expect(position).toMatchObject({ pages: 2 });
  expect(kept).toBeLessThanOrEqual(8);
  expect(await harvest()).toMatchObject({ status: "finished" });
  expect(await db.paper.count()).toBe(changedSince(from).filter(onSite).length);
});

test("two harvests at once are one; a gathering beside it is not kept waiting, and its run is not taken for dead", async () => {
  const reports = await Promise.all([harvest(), harvest(), gatherPapers({ now })]);
  expect(reports.map(({ status }) => status).toSorted()).toEqual(["busy", "done", "finished"]);
  expect(await withLock("archive", () => harvest())).toMatchObject({ value: { status: "busy" } });
  const runs = await db.sourceRun.findMany({ where: { status: "interrupted" } });
  expect(runs).toEqual([]);
});
