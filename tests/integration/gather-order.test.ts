import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Fault } from "#tests/fakes/faults.ts";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";
import { gatherWorkers, type WorkerJob, type WorkerReport } from "#tests/gather-workers.ts";

// Sequences tried; more with GATHER_SEQUENCES=200.
const sequences = Number(process.env.GATHER_SEQUENCES ?? 6);
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");
const all: [string, string] = ["2026-08-12", "2026-08-19"];
const dates = ["2026-08-12", "2026-08-13", "2026-08-14", "2026-08-17", "2026-08-18", "2026-08-19"];

// The sources' addresses are read when lib/ is loaded: the played source comes first.
const source: SourceServer = await startSourceServer({ today, now: () => now });
Object.assign(process.env, source.settings);
const { earlierVersions, gathered, forgetEverything } = await import("#tests/gathered-rows.ts");
const workers = gatherWorkers(3);
const newest = source.world.listArxivPapers;

afterAll(async () => {
  workers.close();
  await source.close();
});

/** What may befall a site between two looks at it. Each says for the report what it did. */
type Site = { votes: Map<string, number> };
type Step = fc.AsyncCommand<object, Site>;

function step(words: string, run: (site: Site) => Promise<unknown>): Step {
  return { check: () => true, run: async (_, site) => void (await run(site)), toString: () => words };
}

const job = fc.record(
  {
    days: fc.tuple(fc.constantFrom(...dates), fc.constantFrom(...dates)).map((two) => two.sort() as [string, string]),
    diesBefore: fc.integer({ min: 1, max: 60 }),
  },
  { requiredKeys: [] },
);
/** One to three worker processes that begin at the same moment; the days' lock lets one in. */
const runs = fc.array(job, { minLength: 1, maxLength: 3 }).map((jobs) =>
  step(`run ${JSON.stringify(jobs)}`, () => {
    source.requests.splice(0);
    return Promise.all(jobs.map((one) => workers.run({ now: now.toString(), ...one })));
  }),
);
const fault = fc.constantFrom<Fault>(
  { kind: "half-document" },
  { kind: "truncated" },
  { kind: "reset" },
  { kind: "wrong-feed" },
  { kind: "empty", total: "zero" },
  { kind: "empty", total: "kept" },
  { kind: "status", status: 500 },
  { kind: "charset", bytes: "latin1", says: "utf-8" },
);
const faults = fc
  .record({
    fault,
    path: fc.constantFrom("/api/daily_papers", "/api/query", "/rss"),
    times: fc.integer({ min: 1, max: 4 }),
  })
  .map((armed) => step(`fault ${JSON.stringify(armed)}`, async () => source.arm({ ...armed.fault, ...armed })));
const stale = fc.boolean().map((old) =>
  step(old ? "arXiv shows older versions" : "arXiv shows the newest versions", async () => {
    source.world.listArxivPapers = old ? () => newest().map(olderVersion) : newest;
  }),
);
const votes = fc.record({ paper: fc.nat(20), more: fc.integer({ min: 1, max: 900 }) }).map(({ paper, more }) =>
  step(`${more} more votes for paper ${paper}`, async (site) => {
    const { id = "" } = newest()[paper] ?? {};
    site.votes.set(id, (site.votes.get(id) ?? 1000) + more);
    source.setUpvotes(id, site.votes.get(id) ?? 0);
  }),
);

function olderVersion(paper: ReturnType<typeof newest>[number]) {
  if (paper.version === 1) return paper;
  return { ...paper, version: paper.version - 1, title: `${paper.title} (draft)`, abstract: "An older abstract." };
}

/** The sources are well again, and everything is read once. */
async function readAll(): Promise<void> {
  source.disarm();
  source.world.listArxivPapers = newest;
  await untilDone({ now: now.toString() });
  await untilDone({ now: now.toString(), days: all });
}

async function untilDone(work: WorkerJob): Promise<WorkerReport> {
  for (let attempt = 1; ; attempt++) {
    // The clock stands still, and in five minutes Hugging Face answers 500 requests.
    source.requests.splice(0);
    const report = await workers.run(work);
    if (report.status === "done") return report;
    // The lock of a worker that was just killed is given back when Postgres sees its connection end.
    expect([report.status, attempt < 100]).toEqual(["busy", true]);
  }
}

/** Who speaks last changes nothing: arXiv by older versions, then Hugging Face alone. */
async function hearOldNews(): Promise<void> {
  source.world.listArxivPapers = () => newest().map(olderVersion);
  await untilDone({ now: now.toString(), days: all });
  source.arm({ kind: "status", status: 500, path: "/api/query", times: 1000 });
  await untilDone({ now: now.toString(), days: all });
}

/** Which days are frozen, and which were asked for conditionally, depends on when a site was there to do it. */
async function rows() {
  const { papers, records, listings, signals } = await gathered();
  return { papers, records, listings, signals };
}

/** Older texts once seen are seen for good, with all that is learnt of them later. */
async function expectKept(seen: Awaited<ReturnType<typeof earlierVersions>>): Promise<void> {
  const kept = new Map((await earlierVersions()).map((row) => [`${row.paperId} ${row.version}`, row]));
  for (const row of seen) expect(kept.get(`${row.paperId} ${row.version}`)?.abstract).toBe(row.abstract);
}

test("any interleaving of runs, workers, faults, kills, older versions and new votes ends in the same rows", {
  timeout: 300_000 + sequences * 30_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands([runs, runs, faults, stale, votes], { maxCommands: 8, size: "max" }),
      async (steps) => {
        const site = { votes: new Map<string, number>() };
        await forgetEverything();
        await fc.asyncModelRun(() => ({ model: {}, real: site }), steps);
        const seen = await earlierVersions();
        await readAll();
        const found = await rows();
        await expectKept(seen);
        await hearOldNews();
        const versions = await earlierVersions();

        await forgetEverything();
        await readAll();
        const expected = await rows();
        expect(expected.papers.length).toBeGreaterThan(30);
        expect(found).toEqual(expected);
        // Which older texts were seen depends on when a site looked; once all were told, all sites have the same.
        expect(await earlierVersions()).toEqual([]);
        await hearOldNews();
        expect(await rows()).toEqual(expected);
        expect(await earlierVersions()).toEqual(versions);
        expect(versions.length).toBeGreaterThan(0);
        for (const id of site.votes.keys()) source.setUpvotes(id, 1000);
      },
    ),
    { numRuns: sequences, endOnFailure: true },
  );
});
