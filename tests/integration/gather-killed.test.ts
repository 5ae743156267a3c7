import { afterAll, beforeAll, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";
import { gatherWorkers } from "#tests/gather-workers.ts";

// Every statement of a back-fill of one day by default; of a whole first run of the site with KILL_EVERYWHERE=1.
const everywhere = process.env.KILL_EVERYWHERE === "1";
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");
const days: [string, string] = ["2026-08-12", "2026-08-12"];
const job = { now: now.toString(), ...(!everywhere && { days }) };

// The sources' addresses are read when lib/ is loaded: the played source comes first.
const source: SourceServer = await startSourceServer({ today, now: () => now });
Object.assign(process.env, source.settings);
const { db } = await import("#lib/platform/db.ts");
const { gathered, forgetEverything } = await import("#tests/gathered-rows.ts");
const workers = gatherWorkers(2);

beforeAll(forgetEverything);
afterAll(async () => {
  workers.close();
  await source.close();
});

/** A run that is left in peace. The lock of one that was just killed is given back when Postgres sees its connection end. */
async function runInPeace(): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const report = await workers.run(job);
    if (report.status === "done") return report.statements;
    expect(report.status).toBe("busy");
    expect(attempt).toBeLessThan(100);
  }
}

test("killed before any one of its statements, it leaves no half paper, and the next run ends in the same rows", {
  timeout: everywhere ? 3_600_000 : 300_000,
}, async () => {
  const statements = await runInPeace();
  const clean = await gathered();
  expect(clean.papers.length).toBeGreaterThan(2);
  expect(clean.entries.length).toBeGreaterThan(2);
  let killed = 0;
  for (let diesBefore = 1; ; diesBefore++) {
    await forgetEverything();
    // The clock stands still, and in five minutes Hugging Face answers 500 requests.
    source.requests.splice(0);
    const report = await workers.run({ ...job, diesBefore });
    if (report.status !== "killed") break;
    killed++;
    await expectNothingHalf(clean);

    await runInPeace();
    expect(await gathered(), `after a kill before statement ${diesBefore}`).toEqual(clean);
    const runs = await db.sourceRun.groupBy({ by: ["status"], _count: true });
    const count = (status: string) => runs.find((run) => run.status === status)?._count ?? 0;
    expect(count("interrupted")).toBeLessThanOrEqual(1);
    expect([count("running"), count("failed"), count("suspect")]).toEqual([0, 0, 0]);
  }
  // Each statement of a run had its turn; opening a connection may take one more or less.
  expect(killed).toBeGreaterThan(30);
  expect(Math.abs(killed - statements)).toBeLessThan(5);
  process.stdout.write(`Killed before each of ${killed} statements.\n`);
});

/** What a killed run has left is a part of the whole, with nothing begun in it: papers whole, a frozen day with all entries. */
async function expectNothingHalf(clean: Awaited<ReturnType<typeof gathered>>): Promise<void> {
  const left = await gathered();
  const wholes = new Map(clean.papers.map(({ id, title, authors }) => [id, { title, authors }]));
  for (const { id, title, authors } of left.papers) expect({ title, authors }).toEqual(wholes.get(id));
  const listed = new Set(left.listings.map(({ paperId }) => paperId));
  expect(left.papers.filter(({ id, announcedOn }) => !listed.has(id) && announcedOn === null)).toEqual([]);
  for (const { day } of left.editions) {
    const entriesOf = (rows: typeof left) => rows.entries.filter((entry) => entry.day.getTime() === day.getTime());
    expect(entriesOf(left)).toEqual(entriesOf(clean));
  }
}
