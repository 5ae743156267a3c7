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
const { harvestArxiv } = await import("#lib/sources/harvest/commands.ts");

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

test.each([
  ["429 with a pause", { kind: "status", status: 429, retryAfter: "1" }],
  ["503 with a pause of nothing", { kind: "status", status: 503, retryAfter: "0" }],
  ["503 with a date", { kind: "status", status: 503, retryAfter: "Wed, 19 Aug 2026 12:00:01 GMT" }],
  ["a connection cut in the middle", { kind: "truncated" }],
  ["half a page", { kind: "half-document" }],
  ["a web page with status 200", { kind: "status", status: 200 }],
  ["a web page with status 500", { kind: "status", status: 500 }],
  ["XML of somebody else", { kind: "wrong-feed" }],
] as const)("%s in the middle is asked for again, and nothing is lost", async (_, fault) => {
  // The first page is answered, the second strikes.
  source.arm({ kind: "new-etag", path: "/oai" });
  source.arm({ ...fault, path: "/oai" });
  const clean = changedSince(from).filter(onSite).length;
  expect(await harvest()).toMatchObject({ status: "finished", run: { status: "ok", found: clean } });
  expect(await db.paper.count()).toBe(clean);
  const [, second, again] = paths();
  expect(again).toBe(second);
});

test("a page that stays broken ends the harvest after three attempts; what was read is stored", async () => {
  source.arm({ kind: "new-etag", path: "/oai" });
  source.arm({ kind: "half-document", path: "/oai", times: 3 });
  expect(await harvest()).toMatchObject({ status: "unfinished", run: { status: "suspect" } });
  expect(source.requests).toHaveLength(4);
  expect(await db.paper.count()).toBeGreaterThan(0);
  expect(await harvest()).toMatchObject({ status: "finished", run: { status: "ok" } });
});

test.each([
  ["a page that unpacks without end", { kind: "bomb", megabytes: 60 }, /more than 15 MiB/, 3],
  [
    "a redirect to another port of this machine",
    { kind: "redirect", to: "http://127.0.0.1:1/oai" },
    /do not follow/,
    1,
  ],
] as const)("%s is not believed, and what was stored stays", async (_, fault, sentence, attempts) => {
  await harvest();
  const before = await db.paper.findMany({ orderBy: { id: "asc" } });
  source.requests.splice(0);
  source.arm({ ...fault, path: "/oai", times: 3 });
  expect(await harvest()).toMatchObject({ status: "unfinished", run: { status: "failed" } });
  expect((await lastRun()).message).toMatch(sentence);
  expect(paths()).toHaveLength(attempts);
  expect(await db.paper.findMany({ orderBy: { id: "asc" } })).toEqual(before);
});

test("a page that comes byte by byte is given up when its time is over, and the next harvest goes on there", async () => {
  source.arm({ kind: "new-etag", path: "/oai" });
  source.arm({ kind: "drip", path: "/oai" });
  const began = performance.now();
  expect(await harvest({ totalMs: 400 })).toMatchObject({ status: "unfinished", run: { status: "suspect" } });
  // Time for two pages and the database, and not the minutes that the page would have taken.
  expect(performance.now() - began).toBeLessThan(30_000);
  expect((await lastRun()).message).toMatch(/did not answer in full within 0.4 seconds/);
  const [, dripped] = paths();
  const stored = await db.paper.count();
  expect(stored).toBeGreaterThan(0);

  source.requests.splice(0);
  expect(await harvest()).toMatchObject({ status: "finished", run: { status: "ok" } });
  expect(paths()[0]).toBe(dripped);
  expect(await db.paper.count()).toBe(changedSince(from).filter(onSite).length);
});

test("a page whose header names another encoding spoils no text that was read whole", async () => {
  await harvest();
  const before = await db.paper.findMany({ orderBy: { id: "asc" } });
  const inLatin = before.filter(({ authors }) => /[\u00E0-\u00FF]/.test(authors.join()));
  expect(inLatin.length).toBeGreaterThan(0);
  source.arm({ kind: "charset", bytes: "latin1", says: "utf-8", path: "/oai", times: 100 });
  expect(await harvest()).toMatchObject({ status: "finished" });
  const after = await db.paper.findMany({ orderBy: { id: "asc" } });
  expect(after.filter(({ id }) => inLatin.some((paper) => paper.id === id))).toEqual(inLatin);
  expect(after.map(({ authors }) => authors)).toEqual(before.map(({ authors }) => authors));
});

test("a page in an encoding that its header names is read", async () => {
  source.arm({ kind: "charset", bytes: "utf16le", says: "utf-16le", path: "/oai", times: 100 });
  expect(await harvest()).toMatchObject({ status: "finished", run: { status: "ok", rejected: 0 } });
  const paper = await db.paper.findFirstOrThrow();
  expect(paper.title).toBe(source.world.listArxivPapers().find(({ id }) => id === paper.id)?.title);
});

test("an empty list and a wrong question are no success", async () => {
  const answer = (inner: string) => ({
    kind: "status" as const,
    status: 200,
    contentType: "text/xml",
    path: "/oai",
    times: 3,
    body: `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-08-19T12:00:00Z</responseDate>${inner}</OAI-PMH>`,
  });
  for (const [inner, sentence] of [
    ["<ListRecords></ListRecords>", /holds no record/],
    ["<Identify><repositoryName>arXiv</repositoryName></Identify>", /no list of records/],
    [`<error code="badArgument">illegal</error>`, /badArgument/],
  ] as const) {
    source.arm(answer(inner));
    expect(await harvest()).toMatchObject({ status: "unfinished", run: { status: "failed" } });
    expect((await lastRun()).message).toMatch(sentence);
    source.disarm();
  }
});
