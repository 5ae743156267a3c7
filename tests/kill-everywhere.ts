import { expect } from "vitest";
import { db } from "#lib/platform/db.ts";
import { updateSearchIndex } from "#lib/search/commands.ts";
import { currentReader } from "#lib/search/current-reader.ts";
import type { SourceServer } from "#tests/fakes/source-server.ts";
import type { gatherWorkers, WorkerJob } from "#tests/gather-workers.ts";
import { forgetEverything, gathered } from "#tests/gathered-rows.ts";

type Killing = {
  source: SourceServer;
  workers: ReturnType<typeof gatherWorkers>;
  job: WorkerJob;
  /** What a site has, before the run, of runs before it. */
  begin?: () => Promise<void>;
};

type Rows = Awaited<ReturnType<typeof gathered>>;

/**
 * Does a job in peace, then kills its process before each of its statements in turn, every time from the same beginning.
 * What the killed one left must be a part of the whole, the next run must end in the rows of the first, and the search index,
 * brought up to the store before and after that run, must equal it. Gives the number of kills.
 */
export async function killAtEveryStatement({ source, workers, job, begin }: Killing): Promise<number> {
  const beginAgain = async () => {
    await forgetEverything();
    await begin?.();
    await updateSearchIndex({ whole: true });
    // The clock stands still, and in five minutes Hugging Face answers 500 requests.
    source.requests.splice(0);
  };
  await beginAgain();
  const statements = await runInPeace(workers, job);
  const clean = await gathered();
  for (let killed = 0; ; killed++) {
    await beginAgain();
    const diesBefore = killed + 1;
    const report = await workers.run({ ...job, diesBefore });
    if (report.status !== "killed") {
      // Each statement of a run had its turn; opening a connection may take one more or less.
      expect(Math.abs(killed - statements)).toBeLessThan(5);
      return killed;
    }
    await expectNothingHalf(clean);
    await updateSearchIndex();

    await runInPeace(workers, job);
    expect(await gathered(), `after a kill before statement ${diesBefore}`).toEqual(clean);
    await expectIndexEqualsStore(diesBefore);
    const runs = await db.sourceRun.groupBy({ by: ["status"], _count: true });
    const count = (status: string) => runs.find((run) => run.status === status)?._count ?? 0;
    expect(count("interrupted")).toBeLessThanOrEqual(1);
    expect([count("running"), count("failed"), count("suspect")]).toEqual([0, 0, 0]);
  }
}

/** A run that is left alone. The lock of one that was just killed is given back when Postgres sees its connection end. */
async function runInPeace(workers: Killing["workers"], job: WorkerJob): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const report = await workers.run(job);
    if (report.status === "done") return report.statements;
    expect(report.status).toBe("busy");
    expect(attempt).toBeLessThan(100);
  }
}

/** What a killed run has left is a part of the whole, with nothing begun in it: papers whole, a frozen day with all entries. */
async function expectNothingHalf(clean: Rows): Promise<void> {
  const left = await gathered();
  const wholes = new Map(clean.papers.map(({ id, title, authors }) => [id, { title, authors }]));
  for (const { id, title, authors } of left.papers) expect({ title, authors }).toEqual(wholes.get(id));
  const dayless = ({ papers, listings }: Rows) => {
    const listed = new Set(listings.map(({ paperId }) => paperId));
    return papers.filter(({ id, announcedOn }) => !listed.has(id) && announcedOn === null).map(({ id }) => id);
  };
  const without = new Set(dayless(clean));
  expect(dayless(left).filter((id) => !without.has(id))).toEqual([]);
  for (const { day } of left.editions) {
    const entriesOf = (rows: Rows) => rows.entries.filter((entry) => entry.day.getTime() === day.getTime());
    expect(entriesOf(left)).toEqual(entriesOf(clean));
  }
}

/** The index holds every paper under the number of its last change, and no other. */
async function expectIndexEqualsStore(diesBefore: number): Promise<void> {
  await updateSearchIndex();
  const held = await currentReader()?.engine.list({ after: "", limit: 100_000 });
  const stored = await db.paper.findMany({ select: { id: true, changeSeq: true } });
  const byId = (papers: readonly { id: string; seq: number }[]) => papers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(held ?? []), `the index after a kill before statement ${diesBefore}`).toEqual(
    byId(stored.map(({ id, changeSeq }) => ({ id, seq: Number(changeSeq) }))),
  );
}
