import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * What a worker is to do: gather, back-fill the days from … to, or harvest a set of arXiv's from a day on; and before which of its
 * statements it is killed.
 */
export type WorkerJob = {
  now: string;
  days?: [from: string, to: string];
  harvest?: { set: string; from: string };
  diesBefore?: number;
};

export type WorkerReport = { status: "done" | "busy"; statements: number } | { status: "killed" };

/**
 * Worker processes that stand ready with their modules loaded: a killed one is replaced before it is missed. Each works on
 * this test's database and on the sources that `process.env` names.
 */
export function gatherWorkers(ready: number) {
  const waiting: Promise<ChildProcess>[] = [];
  const all = new Set<ChildProcess>();
  const refill = () => {
    while (waiting.length < ready) waiting.push(start(all));
  };
  refill();
  return {
    /** Gives one worker this job, and waits until it is done or dead. */
    run: async (job: WorkerJob): Promise<WorkerReport> => {
      const worker = await (waiting.shift() ?? start(all));
      refill();
      const report = await work(worker, job);
      if (report.status === "killed") all.delete(worker);
      else waiting.unshift(Promise.resolve(worker));
      return report;
    },
    close: () => {
      for (const worker of all) worker.kill("SIGKILL");
    },
  };
}

async function work(worker: ChildProcess, job: WorkerJob): Promise<WorkerReport> {
  const over = new AbortController();
  const { signal } = over;
  worker.send(job);
  const killed = once(worker, "exit", { signal }).then((): WorkerReport => ({ status: "killed" }));
  const done = once(worker, "message", { signal }).then(([report]: unknown[]) => report as WorkerReport);
  const report = await Promise.race([done, killed]);
  over.abort();
  await Promise.allSettled([killed, done]);
  return report;
}

async function start(all: Set<ChildProcess>): Promise<ChildProcess> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "broadsheet-test-compiled") };
  const worker = fork("tests/fakes/gather-worker.ts", { execArgv: [], env });
  all.add(worker);
  await once(worker, "message");
  return worker;
}
