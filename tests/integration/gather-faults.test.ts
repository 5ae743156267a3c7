import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Fault } from "#tests/fakes/faults.ts";
import { fixtureWorld } from "#tests/fakes/fixture-world.ts";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";

// A Wednesday on which everything was read; then each source fails in each way.
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");
const missing = new Date("2026-08-14");

// The sources' addresses are read when lib/ is loaded: the played source comes first.
const source: SourceServer = await startSourceServer({ today, now: () => now });
Object.assign(process.env, source.settings);
const { db } = await import("#lib/platform/db.ts");
const { gatherPapers } = await import("#lib/sources/commands.ts");
const { findSourceStatus } = await import("#lib/sources/queries.ts");
const { describeTrouble } = await import("#lib/sources/describe-trouble.ts");
const { gathered } = await import("#tests/gathered-rows.ts");

const doors = [
  { door: "Hugging Face's daily papers", path: "/api/daily_papers", of: "huggingface" },
  { door: "arXiv's feed", path: "/rss", of: "arxiv" },
  { door: "arXiv's search", path: "/api/query", of: "arxiv" },
] as const;
const page = "<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Are you a robot?</body></html>";
const faults: [name: string, fault: Fault][] = [
  ["an empty answer", { kind: "empty", total: "kept" }],
  ["half an answer", { kind: "half-document" }],
  ["a connection cut in the middle", { kind: "truncated" }],
  ["a connection that is reset", { kind: "reset" }],
  ["a well-formed answer of another kind", { kind: "wrong-feed" }],
  ["a web page that says it is well", { kind: "status", status: 200, body: page }],
  ["a captcha with 403", { kind: "status", status: 403, body: page }],
  ["an error page with 500", { kind: "status", status: 500 }],
  [
    "429 without saying for how long",
    { kind: "status", status: 429, body: "Rate exceeded.", contentType: "text/plain" },
  ],
  ["503 for an hour", { kind: "status", status: 503, retryAfter: "3600" }],
  ["a redirect to another server of this machine", { kind: "redirect", to: "http://127.0.0.1:9/api" }],
  ["an answer that unpacks to 60 MB", { kind: "bomb", megabytes: 60 }],
  ["an XML entity bomb, or no JSON", { kind: "status", status: 200, body: "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>" }],
];

const rows = async () => {
  const { validators, ...all } = await gathered();
  return all;
};
/** Addresses with something remembered; of the search only that of the day that is missing, others are empty in truth. */
async function remembered(path: string): Promise<string[]> {
  const kept = await db.sourceValidator.findMany({ where: { url: { contains: path } } });
  return kept.map(({ url }) => url).filter((url) => path !== "/api/query" || /submittedDate.{0,12}20260812/.test(url));
}
const lastRun = (of: string) => db.sourceRun.findFirstOrThrow({ where: { source: of }, orderBy: { id: "desc" } });

/** A day without a listing is asked for at arXiv's search. */
const forgetDay = () => db.listing.deleteMany({ where: { source: "arxiv", day: missing } });

beforeAll(async () => {
  await gatherPapers({ now });
});
beforeEach(async () => {
  source.disarm();
  source.requests.splice(0);
  await db.sourceValidator.deleteMany();
  await db.sourceHost.deleteMany();
});
afterAll(() => source.close());

test.each(doors.flatMap(({ door, path, of }) => faults.map(([name, fault]) => ({ door, path, of, name, fault }))))(
  "$name from $door removes nothing, is recorded, remembers no tag, and the page can say how old the source is",
  async ({ path, of, fault }) => {
    if (path === "/api/query") await forgetDay();
    const before = await rows();
    source.arm({ ...fault, path, times: 1000 });
    await gatherPapers({ now: now.add({ minutes: 10 }) });

    expect(await rows()).toEqual(before);
    const run = await lastRun(of);
    expect(run.status).toMatch(/suspect|failed/);
    expect(run.message).toMatch(/^\S.*\.$/);
    expect(await remembered(path)).toEqual([]);

    const sources = await findSourceStatus({ now: now.add({ hours: 30 }) });
    const told = sources.find((one) => one.source === of);
    expect(told).toMatchObject({ lastSuccess: expect.any(String), message: run.message, status: run.status });
    const words = describeTrouble(sources, { now: now.add({ hours: 30 }), timeZone: "UTC", sample: false });
    expect(words.join(" ")).toMatch(/has not answered since 19 August 2026, 12:\d\d UTC\. It is asked again at/);
  },
);

test.each(doors)(
  "$door that comes byte by byte is given up when its time is over, and nothing is lost",
  async (one) => {
    const { path, of } = one;
    await gatherPapers({ now });
    await db.sourceValidator.deleteMany();
    if (path === "/api/query") await forgetDay();
    const before = await rows();
    source.arm({ kind: "drip", path, times: 1000 });
    const began = performance.now();
    await gatherPapers({ now: now.add({ minutes: 10 }), totalMs: 400 });
    // At most three answers in a row are waited for; one would take minutes to come.
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(await rows()).toEqual(before);
    expect(await lastRun(of)).toMatchObject({ message: expect.stringMatching(/in full within 0.4 seconds/) });
    expect(await remembered(path)).toEqual([]);
  },
);

test("each source's tags go back word for word, and an answer that is unchanged is neither read nor stored again", async () => {
  await gatherPapers({ now: now.add({ minutes: 10 }) });
  const before = await rows();
  const tags = new Map(
    (await db.sourceValidator.findMany()).map(({ url, etag }) => [url.replace(source.url, ""), etag]),
  );
  source.requests.splice(0);
  await gatherPapers({ now: now.add({ minutes: 20 }) });
  const asked = source.requests.map(({ path, headers }) => [path, headers["if-none-match"]]);
  expect(asked).toHaveLength(4);
  for (const [path, tag] of asked) expect([path, tag]).toEqual([path, tags.get(path ?? "")]);
  expect(asked.map(([, tag]) => tag?.slice(0, 3)).toSorted()).toEqual(
    ['"', "W/", "W/", "W/"].map((start) => expect.stringMatching(`^${start}`)),
  );
  expect([(await lastRun("huggingface")).status, (await lastRun("arxiv")).status]).toEqual([
    "not-modified",
    "not-modified",
  ]);
  expect(await rows()).toEqual(before);
});

test("last year's feed is no news: nothing of it is stored, and the run says its date", async () => {
  const before = await rows();
  const lastYear = fixtureWorld(Temporal.PlainDate.from("2025-08-19"));
  const { today: newest, listArxivPapers } = source.world;
  Object.assign(source.world, { today: lastYear.today, listArxivPapers: lastYear.listArxivPapers });
  await gatherPapers({ now: now.add({ minutes: 10 }) });
  Object.assign(source.world, { today: newest, listArxivPapers });
  expect(await rows()).toEqual(before);
  expect(await lastRun("arxiv")).toMatchObject({ status: "suspect", message: expect.stringContaining("2025-08-19") });
  expect(await db.sourceValidator.count({ where: { url: { contains: "/rss" } } })).toBe(0);
});

test.each(doors)(
  "letters lost or doubled by a wrong charset of $door replace no text that was read whole",
  async ({ path }) => {
    const { papers } = await gathered();
    for (const fault of [
      { kind: "charset", bytes: "latin1", says: "utf-8" },
      { kind: "charset", bytes: "utf8", says: "iso-8859-1" },
    ] as const) {
      await forgetDay();
      source.requests.splice(0);
      source.arm({ ...fault, path, times: 1000 });
      await gatherPapers({ now: now.add({ minutes: 10 }) });
      expect(source.requests.some((request) => request.path.startsWith(path))).toBe(true);
      source.disarm();
      await db.sourceValidator.deleteMany();
      const after = (await gathered()).papers;
      expect(after.map(({ id, title, authors }) => ({ id, title, authors }))).toEqual(
        papers.map(({ id, title, authors }) => ({ id, title, authors })),
      );
    }
  },
);

test("a source whose RateLimit says that nothing is left is not asked again before its reset", async () => {
  // The played Hugging Face counts what it was asked, and gives 500 in five minutes.
  const asked = { at: now, method: "GET", path: "/api/daily_papers", headers: {}, open: 1 };
  source.requests.push(...Array.from({ length: 499 }, () => asked));
  await gatherPapers({ now });
  expect(source.requests.length).toBe(500);
  expect(await lastRun("huggingface")).toMatchObject({ message: expect.stringMatching(/asked us to wait until/) });
  const { notBefore } = await db.sourceHost.findFirstOrThrow();
  expect(notBefore.getTime()).toBeGreaterThan(Date.now() + 30_000);
});

test("once the sources are well again, one run makes up for all of it", async () => {
  await forgetDay();
  await gatherPapers({ now: now.add({ minutes: 20 }) });
  expect([(await lastRun("huggingface")).status, (await lastRun("arxiv")).status]).toEqual(["ok", "ok"]);
  expect(await db.listing.count({ where: { source: "arxiv", day: missing } })).toBeGreaterThan(0);
  expect(await remembered("/api/query")).toHaveLength(1);
  expect(await remembered("/rss")).toHaveLength(1);
  expect(await remembered("/api/daily_papers")).toHaveLength(3);
});
