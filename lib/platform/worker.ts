import { Cron } from "croner";
import { now } from "#lib/platform/clock.ts";
import { withLock } from "#lib/platform/lock.ts";
import { lineOf, log } from "#lib/platform/log.ts";

/** A row of the timetable: when (cron, five fields, or six with seconds; UTC) and what. It may run twice and die anywhere. */
export type Job = { cron: string; run: (options: { now: Temporal.Instant }) => Promise<unknown> };

export type JobRun = { status: "done"; value: unknown } | { status: "already-running" };

/** Runs a job, unless it is running already in this or any other process: two calls at once are one run. */
export async function runJob(name: string, job: Job): Promise<JobRun> {
  const run = await withLock(`job:${name}`, () => job.run({ now: now() }));
  return run.status === "busy" ? { status: "already-running" } : run;
}

/** Starts the timetable in this process. The returned function ends it: no new run begins. */
export function startWorker(timetable: Record<string, Job>): () => void {
  const crons = Object.entries(timetable).map(
    ([name, job]) => new Cron(job.cron, { timezone: "UTC", protect: true, unref: true }, () => runAndReport(name, job)),
  );
  return () => {
    for (const cron of crons) cron.stop();
  };
}

/** The one catch of the worker: a job that fails is run again at its next time. */
async function runAndReport(name: string, job: Job): Promise<void> {
  try {
    await runJob(name, job);
  } catch (error) {
    log.error("job-failed", { job: name, error: lineOf(error) });
  }
}
