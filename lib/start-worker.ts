import { jobs } from "#lib/jobs.ts";
import { now } from "#lib/platform/clock.ts";
import { env } from "#lib/platform/env.ts";
import { runJob, startWorker } from "#lib/platform/worker.ts";
import { gatherPapers } from "#lib/sources/commands.ts";
import { loadSampleIfEmpty } from "#lib/sources/sample/commands.ts";

/** After this long without a word from any source an empty site shows the bundled sample. */
const PATIENCE_MS = 10_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Starts the timetable, and the first gathering at once, with its progress in the terminal. WORKER=0 does neither. */
export function startWorkerOfSite(): void {
  if (!env.worker) return;
  startWorker(jobs);
  const first = { ...jobs.gather, run: (options: { now: Temporal.Instant }) => gatherPapers({ ...options, say }) };
  runJob("gather", first).catch((error) => say(`Gathering failed: ${error instanceof Error ? error.message : error}`));
  setTimeout(() => {
    loadSampleIfEmpty({ now: now(), say }).catch((error) => say(`The sample could not be loaded: ${error}`));
  }, PATIENCE_MS).unref();
}
