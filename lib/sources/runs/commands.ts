import type { SourceName } from "#lib/papers/types.ts";
import { toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { SourceUnreachable } from "#lib/platform/http-client.ts";
import { lineOf } from "#lib/platform/log.ts";
import { countOf } from "#lib/sources/count-of.ts";
import { type RunReport, type RunStatus, SourcePaused, type Tally, UnexpectedAnswer } from "#lib/sources/types.ts";

/** Held by whoever reads archives (a harvest, files of many lines): they fill no day, and may take hours. */
export const ARCHIVE_LOCK = "archive";

/** The last two are made under `ARCHIVE_LOCK`, the others under that of the editions. */
type Job = "gather" | "backfill" | "import" | "sample" | "harvest" | "archive";

export type Run = {
  source: SourceName;
  label: string;
  job: Job;
  now: Temporal.Instant;
};

/** So many rejections of a run are named in its record. */
export const MOST_REJECTED = 100;
/** What happened so long ago helps nobody any more; six runs an hour would fill the table. */
const KEPT_DAYS = 60;

/**
 * Does a source's work and writes down how it went: first that it runs, at the end what came of it. A source that fails is
 * an outcome, with a sentence; an error of ours is recorded and thrown on.
 */
export async function recordRun(run: Run, work: (tally: Tally) => Promise<void>): Promise<RunReport> {
  const { source, job, now } = run;
  const { id } = await db.sourceRun.create({ data: { source, job, startedAt: toDbTime(now), status: "running" } });
  const began = performance.now();
  const tally: Tally = {
    requests: 0,
    found: 0,
    stored: 0,
    answers: 0,
    unchanged: 0,
    rejected: [],
    doubts: [],
    badInARow: 0,
  };
  const finish = async (status: RunStatus, message: string): Promise<RunReport> => {
    const { requests, found, stored, rejected, unnamed = 0 } = tally;
    const finishedAt = toDbTime(now.add({ milliseconds: Math.round(performance.now() - began) }));
    const kept = rejected.slice(0, MOST_REJECTED);
    await db.sourceRun.update({
      where: { id },
      data: { status, message, finishedAt, requests, found, stored, rejected: kept },
    });
    return { source, status, found, stored, rejected: rejected.length + unnamed, message };
  };
  try {
    await work(tally);
    return await finish(statusOf(tally), messageOf(run, tally));
  } catch (error) {
    if (!isFailureOfSource(error)) {
      await finish("failed", `An error of ours: ${lineOf(error)}`);
      throw error;
    }
    const sentence = tally.answers > 0 ? `${messageOf(run, { ...tally, doubts: [] })} ${error.message}` : error.message;
    return finish(tally.answers > 0 || tally.unchanged > 0 ? "suspect" : "failed", sentence);
  }
}

/** Marks runs whose process ended before them, and forgets old ones. The caller holds the lock under which such runs are made. */
export async function settleOldRuns(now: Temporal.Instant, jobs: readonly Job[]): Promise<void> {
  await db.sourceRun.updateMany({
    where: { status: "running", job: { in: [...jobs] } },
    data: { status: "interrupted", finishedAt: toDbTime(now), message: "The process ended before this run did." },
  });
  await db.sourceRun.deleteMany({ where: { startedAt: { lt: toDbTime(now.subtract({ hours: 24 * KEPT_DAYS })) } } });
}

function statusOf({ answers, unchanged, doubts }: Tally): RunStatus {
  if (doubts.length > 0) return answers + unchanged > 0 ? "suspect" : "failed";
  return answers === 0 && unchanged > 0 ? "not-modified" : "ok";
}

function messageOf(
  { label }: Run,
  { answers, unchanged, found, stored, rejected, unnamed = 0, doubts }: Tally,
): string {
  const told =
    answers === 0 && unchanged > 0
      ? `${label}: nothing new.`
      : `${label}: ${countOf(found, "paper")}, ${stored} new or changed.`;
  const bad = rejected.length + unnamed;
  const left = bad > 0 ? [`${countOf(bad, "item")} could not be read in full.`] : [];
  return [told, ...left, ...doubts.slice(0, 3)].join(" ");
}

function isFailureOfSource(error: unknown): error is Error {
  return error instanceof SourceUnreachable || error instanceof SourcePaused || error instanceof UnexpectedAnswer;
}
