import { afterAll, beforeEach, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";

// A Wednesday: the invented papers lie on it and on the five weekdays before.
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");

// The sources' addresses are read when lib/ is loaded: the played source comes first.
const source: SourceServer = await startSourceServer({ today, now: () => now });
Object.assign(process.env, source.settings);
const { db } = await import("#lib/platform/db.ts");
const { withLock } = await import("#lib/platform/lock.ts");
const { gatherPapers } = await import("#lib/sources/commands.ts");
const { findSourceStatus } = await import("#lib/sources/queries.ts");

const gather = (at = now) => gatherPapers({ now: at });
const runs = () => db.sourceRun.findMany({ orderBy: { id: "asc" } });
const lastRun = (of: string) => db.sourceRun.findFirstOrThrow({ where: { source: of }, orderBy: { id: "desc" } });
const paths = () => source.requests.map(({ path }) => path);

async function contents() {
  const [papers, records, listings, signals, validators, editions, entries] = await Promise.all([
    db.paper.findMany({ orderBy: { id: "asc" } }),
    db.sourceRecord.findMany({ orderBy: [{ source: "asc" }, { paperId: "asc" }] }),
    db.listing.findMany({ orderBy: [{ day: "asc" }, { paperId: "asc" }, { source: "asc" }] }),
    db.signal.findMany({ orderBy: { id: "asc" } }),
    db.sourceValidator.findMany({ orderBy: { url: "asc" } }),
    db.edition.findMany({ orderBy: { day: "asc" } }),
    db.editionEntry.findMany({ orderBy: [{ day: "asc" }, { rank: "asc" }] }),
  ]);
  return { papers, records, listings, signals, validators, editions, entries };
}

beforeEach(async () => {
  source.disarm();
  source.requests.splice(0);
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await db.sourceRun.deleteMany();
  await db.sourceValidator.deleteMany();
  await db.sourceHost.deleteMany();
});

afterAll(() => source.close());

test("the first run reads ten days of both sources, merges them by id, and closes the days that are over", async () => {
  const lines: string[] = [];
  const report = await gatherPapers({ now, say: (line) => lines.push(line) });

  expect(report).toMatchObject({
    status: "done",
    sources: [
      { source: "huggingface", status: "ok" },
      { source: "arxiv", status: "ok" },
    ],
  });
  const asked = paths().filter((path) => path.startsWith("/api/daily_papers"));
  expect(asked).toHaveLength(10);
  expect(source.requests.every(({ open }) => open === 1)).toBe(true);
  expect(asked[0]).toContain("date=2026-08-10");
  const { papers, listings, editions } = await contents();
  expect(papers.length).toBeGreaterThan(20);
  const both = Map.groupBy(listings, ({ paperId }) => paperId)
    .values()
    .filter((of) => new Set(of.map((one) => one.source)).size === 2);
  expect([...both].length).toBeGreaterThan(5);
  expect(editions.map(({ day }) => day.toISOString().slice(0, 10))).toEqual([
    "2026-08-12",
    "2026-08-13",
    "2026-08-14",
    "2026-08-17",
    "2026-08-18",
  ]);
  expect(lines.some((line) => /^Hugging Face: \d+ papers/.test(line))).toBe(true);
  expect(lines.some((line) => /^arXiv: 2026-08-1\d, \d+ papers$/.test(line))).toBe(true);
});

test("a run right after the first asks conditionally, is told that nothing is new, and changes no row", async () => {
  await gather();
  const before = await contents();
  source.requests.splice(0);
  const report = await gather(now.add({ minutes: 10 }));

  expect(report).toMatchObject({
    sources: [
      { status: "not-modified", found: 0 },
      { status: "not-modified", found: 0 },
    ],
  });
  expect(source.requests.every(({ headers }) => headers["if-none-match"])).toBe(true);
  expect(paths().filter((path) => path.startsWith("/api/daily_papers"))).toHaveLength(3);
  expect(await contents()).toEqual(before);
});

test("tags are sent back word for word, weak or new, and a new tag on the same body changes no paper", async () => {
  source.arm({ kind: "weak-etag", path: "/rss" });
  await gather();
  const kept = await db.sourceValidator.findFirstOrThrow({ where: { url: { contains: "/rss/" } } });
  expect(kept.etag).toMatch(/^W\/"/);
  source.requests.splice(0);
  source.arm({ kind: "new-etag", path: "/rss" });
  const { papers } = await contents();
  await gather(now.add({ minutes: 10 }));
  const asked = source.requests.find(({ path }) => path.startsWith("/rss"));
  expect(asked?.headers["if-none-match"]).toBe(kept.etag);
  expect((await contents()).papers).toEqual(papers);
});

test("new votes are seen at the next run", async () => {
  await gather();
  const listed = await db.listing.findFirstOrThrow({ where: { source: "huggingface", day: new Date("2026-08-19") } });
  source.setUpvotes(listed.paperId, 4321);
  await gather(now.add({ minutes: 10 }));
  const votes = await db.signal.findFirst({
    where: { paperId: listed.paperId, kind: "upvotes" },
    orderBy: { observedAt: "desc" },
  });
  expect(votes).toMatchObject({ value: 4321, countsAt: new Date("2026-08-19T12:10:00Z") });
});

test.each([
  ["an empty list where there was one", { kind: "empty" }, "suspect"],
  ["half a list", { kind: "half-document" }, "suspect"],
  ["a connection cut in the middle", { kind: "truncated" }, "suspect"],
  ["a web page with status 503", { kind: "status", status: 503, retryAfter: "1" }, "suspect"],
  ["JSON of another kind", { kind: "wrong-feed" }, "suspect"],
  ["a connection that is reset", { kind: "reset" }, "suspect"],
] as const)(
  "%s from Hugging Face removes nothing, is noted, and is asked for again in full",
  async (_, fault, status) => {
    await gather();
    const before = await contents();
    await db.sourceValidator.deleteMany();
    source.arm({ ...fault, path: "/api/daily_papers", times: 2 });
    await gather(now.add({ minutes: 10 }));
    expect(await lastRun("huggingface")).toMatchObject({ status });
    expect({ ...(await contents()), validators: [] }).toEqual({ ...before, validators: [] });

    source.disarm();
    source.requests.splice(0);
    await db.sourceHost.deleteMany();
    await gather(now.add({ minutes: 20 }));
    expect(await lastRun("huggingface")).toMatchObject({ status: "ok" });
    expect(
      source.requests.find(({ path }) => path.includes("/api/daily_papers"))?.headers["if-none-match"],
    ).toBeUndefined();
  },
);

test.each([
  ["an empty feed", { kind: "empty" }, "/rss"],
  ["half a feed", { kind: "half-document" }, "/rss"],
  ["a feed of somebody else", { kind: "wrong-feed" }, "/rss"],
  ["a web page instead of the search result", { kind: "status", status: 500 }, "/api/query"],
  ["a search result that is empty though it counts papers", { kind: "empty", total: "kept" }, "/api/query"],
] as const)("%s from arXiv removes nothing, and the next run fills the gap", async (_, fault, path) => {
  source.arm({ ...fault, path, times: path === "/rss" ? 1 : 3 });
  await gather();
  expect((await lastRun("arxiv")).status).toBe("suspect");
  source.disarm();
  await gather(now.add({ minutes: 10 }));
  expect((await lastRun("arxiv")).status).toMatch(/ok|not-modified/);
  const days = await db.listing.groupBy({ by: ["day"], where: { source: "arxiv" } });
  expect(days).toHaveLength(6);
});

test("a list of less than half the papers that it had removes nothing, is noted, and is not remembered", async () => {
  await gather();
  const before = await contents();
  const answer = await fetch(`${source.url}/api/daily_papers?date=2026-08-17`);
  const [first] = (await answer.json()) as unknown[];
  const body = JSON.stringify([first]);
  source.arm({ kind: "status", status: 200, body, contentType: "application/json", path: "/api/daily_papers" });
  await gather(now.add({ minutes: 10 }));
  expect(await lastRun("huggingface")).toMatchObject({
    status: "suspect",
    message: expect.stringMatching(/list of 2026-08-17 has only 1 paper; it had \d+ before/),
  });
  expect((await contents()).listings).toEqual(before.listings);
  // The short list's tag was not kept: whatever the next one is, it is not "not modified" since that.
  const url = { contains: "date=2026-08-17" };
  expect(await db.sourceValidator.findMany({ where: { url } })).toEqual(
    before.validators.filter((validator) => validator.url.includes("date=2026-08-17")),
  );
});

test("an answer that unpacks without end is stopped, and the others are read all the same", async () => {
  source.arm({ kind: "bomb", megabytes: 200, path: "/api/daily_papers" });
  await gather();
  const run = await lastRun("huggingface");
  expect(run.status).toBe("suspect");
  expect(run.message).toMatch(/more than 15 MiB/);
  expect(await db.listing.count({ where: { source: "huggingface" } })).toBeGreaterThan(0);
});

test("a source that asks for a pause gets it, also from the next run, and the page can say until when", async () => {
  source.arm({
    kind: "status",
    status: 429,
    retryAfter: "3600",
    body: "Rate exceeded.",
    contentType: "text/plain",
    path: "/rss",
  });
  await gather();
  expect(await lastRun("arxiv")).toMatchObject({ status: "failed" });
  source.requests.splice(0);
  await gather(now.add({ minutes: 10 }));
  expect(paths()).toEqual([]);
  const run = await lastRun("arxiv");
  expect(run.message).toMatch(/asked us to wait until/);
  // The pause is kept by host, and the played sources share theirs.
  const { notBefore } = await db.sourceHost.findFirstOrThrow();
  const [status] = await findSourceStatus({ now: Temporal.Now.instant() });
  expect(Temporal.Instant.from(status?.nextAttempt ?? "").epochMilliseconds).toBeGreaterThanOrEqual(
    notBefore.getTime(),
  );
});

test("a short pause is waited for within the run", async () => {
  source.arm({ kind: "status", status: 503, retryAfter: "0", path: "/api/daily_papers" });
  const began = performance.now();
  await gather();
  expect(performance.now() - began).toBeGreaterThan(900);
  expect(await lastRun("huggingface")).toMatchObject({ status: "ok" });
});

test("two gathers at once are one run", async () => {
  const reports = await Promise.all([gather(), gather()]);
  expect(reports.map(({ status }) => status).toSorted()).toEqual(["busy", "done"]);
  expect((await runs()).map((run) => run.source)).toEqual(["huggingface", "arxiv"]);
});

test("while days are being closed nobody gathers", async () => {
  const held = await withLock("editions", async () => gather());
  expect(held).toEqual({ status: "done", value: { status: "busy" } });
});

test("a run that dies between fetching and storing leaves no validator: the next one fetches in full", async () => {
  // The database refuses the papers of this one answer, after it was fetched.
  await db.$executeRaw`ALTER TABLE papers ADD CONSTRAINT refuse_all CHECK (id = '') NOT VALID`;
  await expect(gather()).rejects.toThrow(/refuse_all/);
  await db.$executeRaw`ALTER TABLE papers DROP CONSTRAINT refuse_all`;
  // The two days before the first that has papers were stored: they are empty.
  const remembered = (await db.sourceValidator.findMany()).map(({ url }) => /date=([\d-]+)/.exec(url)?.[1]);
  expect(remembered.toSorted()).toEqual(["2026-08-10", "2026-08-11"]);
  expect((await runs()).map(({ status }) => status)).toEqual(["failed"]);

  source.requests.splice(0);
  await gather(now.add({ minutes: 10 }));
  const again = source.requests.filter(({ headers }) => headers["if-none-match"]).map(({ path }) => path);
  expect(again.filter((path) => !/2026-08-1[01]/.test(path))).toEqual([]);
  expect(await lastRun("huggingface")).toMatchObject({ status: "ok" });
});

test("a run left over by a process that was killed is marked by the next", async () => {
  await db.sourceRun.create({
    data: { source: "arxiv", job: "gather", status: "running", startedAt: new Date("2026-08-19T11:00:00Z") },
  });
  await gather();
  expect((await runs())[0]).toMatchObject({ status: "interrupted" });
});

test("when one source is down the other is read, and the page can say which and when it is asked again", async () => {
  source.arm({ kind: "reset", path: "/api/daily_papers", times: 100 });
  const report = await gather();
  expect(report).toMatchObject({ sources: [{ status: "failed" }, { status: "ok" }] });
  await db.sourceHost.deleteMany(); // its turns are on the machine's clock, this test is in August
  const [huggingFace, arxiv] = await findSourceStatus({ now: now.add({ minutes: 3 }) });
  expect(huggingFace).toMatchObject({ lastSuccess: null, status: "failed", nextAttempt: "2026-08-19T12:10:00Z" });
  expect(huggingFace?.message).toMatch(/before its answer was complete|failed|refused/);
  expect(arxiv).toMatchObject({ status: "ok" });
});

test("arXiv is asked in turns over all processes: never two at a time, never sooner than its spacing", async () => {
  const { waitForTurn } = await import("#lib/sources/hosts/commands.ts");
  const taken: number[] = [];
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      await waitForTurn("spaced", { spacingMs: 120, patienceMs: 10_000 });
      taken.push(performance.now());
    }),
  );
  const gaps = taken.slice(1).map((time, index) => time - (taken[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(100);
});
