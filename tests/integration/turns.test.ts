import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeEach, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { pauseHost } from "#lib/sources/hosts/commands.ts";
import type { TurnJob, TurnReport } from "#tests/fakes/turn-worker.ts";

// arXiv counts the requests of all machines of one operator together, so its turns are taken in the database.
const children = new Set<ChildProcess>();

beforeEach(async () => {
  await db.sourceHost.deleteMany();
});
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

async function start(): Promise<ChildProcess> {
  const child = fork("tests/fakes/turn-worker.ts", { execArgv: [] });
  children.add(child);
  await once(child, "message");
  return child;
}

async function take(child: ChildProcess, job: Partial<TurnJob> = {}): Promise<TurnReport> {
  child.send({ host: "arxiv", spacingMs: 150, patienceMs: 60_000, turns: 4, ...job } satisfies TurnJob);
  const [report] = await once(child, "message");
  return report as TurnReport;
}

test("three processes that ask one host at once never do so sooner than its spacing", async () => {
  const processes = await Promise.all([start(), start(), start()]);
  const begun = Date.now();
  const reports = await Promise.all(processes.map((child) => take(child)));
  const taken = reports.flatMap((report) => report.taken).toSorted((a, b) => a - b);
  expect(taken).toHaveLength(12);
  // Each at its own time or, on a busy machine, after it; a timer may be a moment early.
  for (const [turn, time] of taken.entries()) expect(time - begun).toBeGreaterThan(turn * 150 - 10);
  // Hosts do not wait for each other.
  expect(await take(await start(), { host: "another", turns: 1 })).toMatchObject({ pausedUntil: null });
});

test("a pause is kept by a process that begins after it was asked for, and by one that begins after a kill", async () => {
  await pauseHost("arxiv", 3600);
  const first = await start();
  const told = await take(first, { patienceMs: 1000, turns: 1 });
  expect(told).toMatchObject({ taken: [], pausedUntil: expect.any(String) });
  const left = Temporal.Instant.from(told.pausedUntil ?? "").epochMilliseconds - Date.now();
  expect(Math.abs(left - 3_600_000)).toBeLessThan(60_000);
  first.kill("SIGKILL");
  expect(await take(await start(), { patienceMs: 1000, turns: 1 })).toEqual(told);
});
