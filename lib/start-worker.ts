import { jobs } from "#lib/jobs.ts";
import { formatDay } from "#lib/editions/format-day.ts";
import { findLatestDay } from "#lib/editions/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { env } from "#lib/platform/env.ts";
import { atShutdown } from "#lib/platform/front/shutdown.ts";
import { runJob, startWorker } from "#lib/platform/worker.ts";
import { gatherPapers } from "#lib/sources/commands.ts";
import { loadSampleIfEmpty } from "#lib/sources/sample/commands.ts";

/** After this long without a word from any source an empty site shows the bundled sample. */
const PATIENCE_MS = 10_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Starts the timetable, and the first gathering at once, with its progress in the terminal. WORKER=0 does neither. */
export function startWorkerOfSite(): void {
  if (!env.worker) return;
  const stop = startWorker(jobs);
  atShutdown("worker", async () => stop());
  runJob("gather", { ...jobs.gather, run: gatherAndSay }).catch((error) =>
    say(`Gathering failed: ${error instanceof Error ? error.message : error}`),
  );
  setTimeout(() => {
    loadSampleIfEmpty({ now: now(), say }).catch((error) => say(`The sample could not be loaded: ${error}`));
  }, PATIENCE_MS).unref();
}

async function gatherAndSay(options: { now: Temporal.Instant }): Promise<void> {
  await gatherPapers({ ...options, say });
  const latest = await findLatestDay(options);
  say(
    latest
      ? `Gathered. The latest edition is that of ${formatDay(latest)}.`
      : "No paper was found yet; the sources are asked again every ten minutes.",
  );
}
