import type { Validator } from "#lib/papers/commands.ts";
import type { FoundPaper, PaperId, SourceName } from "#lib/papers/types.ts";
import { fromDbDate, fromDbTime, toDbDate, toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { site } from "#lib/platform/site-config.ts";
import { arxivDoor, huggingFaceDoor, type SourceDoor } from "#lib/sources/source-door.ts";
import type { LastRun, RunStatus, SourceStatus } from "#lib/sources/types.ts";

/** A run with one of these has looked at the source. */
const LOOKED: RunStatus[] = ["ok", "not-modified", "suspect"];
/** A run with one of these has read all that it asked for. */
const READ_WHOLE: RunStatus[] = ["ok", "not-modified"];
/** The work on sources that is worth telling: the bundled sample is not. */
const JOBS: LastRun["job"][] = ["gather", "backfill", "import", "harvest", "archive"];
/** A source that has been silent for longer keeps no day open. */
const SILENT_HOURS = 6;
/** The timetable's gather row runs every ten minutes. */
const EVERY_MINUTES = 10;

/** Validators of the last answer of this address that was stored. */
export function findValidator(url: string): Promise<Validator | null> {
  return db.sourceValidator.findUnique({ where: { url }, select: { url: true, etag: true, lastModified: true } });
}

/** When an answer of this address was last stored. */
export async function findLastAsked(url: string): Promise<Temporal.Instant | null> {
  const row = await db.sourceValidator.findUnique({ where: { url }, select: { storedAt: true } });
  return row && fromDbTime(row.storedAt);
}

/** The newest day on which a source has listed papers. */
export async function findNewestDay(source: SourceName): Promise<Temporal.PlainDate | null> {
  const newest = await db.listing.findFirst({ where: { source }, orderBy: { day: "desc" }, select: { day: true } });
  return newest && fromDbDate(newest.day);
}

export function countListings(source: SourceName, day: Temporal.PlainDate): Promise<number> {
  return db.listing.count({ where: { source, day: toDbDate(day) } });
}

/** Of these papers, those that the source has listed, but not on this day. */
export async function listListedElsewhere(
  source: SourceName,
  ids: readonly PaperId[],
  day: Temporal.PlainDate,
): Promise<Set<string>> {
  const rows = await db.listing.findMany({
    where: { source, paperId: { in: [...ids] } },
    select: { paperId: true, day: true },
  });
  const here = new Set(rows.filter((row) => fromDbDate(row.day).equals(day)).map(({ paperId }) => paperId));
  return new Set(rows.map(({ paperId }) => paperId).filter((id) => !here.has(id)));
}

/**
 * Up to when the sources were read: the earliest of their last runs that were whole. A source that has been silent for six
 * hours longer than another is not waited for, nor one that has never answered since the first run six hours ago. Null
 * until then: no day may be closed without a source that is late.
 */
export async function findLastGather(): Promise<Temporal.Instant | null> {
  const sources = enabledDoors().map(({ source }) => source);
  const gathers = { job: "gather", source: { in: sources } };
  const [{ _min: first }, runs] = await Promise.all([
    db.sourceRun.aggregate({ where: gathers, _min: { startedAt: true } }),
    db.sourceRun.groupBy({
      by: ["source"],
      where: { ...gathers, status: { in: READ_WHOLE } },
      _max: { startedAt: true },
    }),
  ]);
  const times = runs.flatMap(({ _max }) => _max.startedAt?.getTime() ?? []);
  const newest = Math.max(...times);
  const isLate = (time: number) => newest - time <= SILENT_HOURS * 3_600_000;
  const isIncomplete = times.length < sources.length && isLate(first.startedAt?.getTime() ?? newest);
  if (times.length === 0 || isIncomplete) return null;
  return Temporal.Instant.fromEpochMilliseconds(Math.min(...times.filter(isLate)));
}

/** Of what an archive holds, the papers of this site's classes, of no known class, and those that it has already. */
export async function keepWanted(papers: readonly FoundPaper[]): Promise<FoundPaper[]> {
  const others = papers.filter((paper) => !isOfSite(paper)).map(({ id }) => id);
  const rows =
    others.length > 0 ? await db.paper.findMany({ where: { id: { in: others } }, select: { id: true } }) : [];
  const held = new Set(rows.map(({ id }) => id));
  return papers.filter((paper) => isOfSite(paper) || held.has(paper.id));
}

/** How each source of this site is doing, and when it is asked next. */
export function findSourceStatus({ now }: { now: Temporal.Instant }): Promise<SourceStatus[]> {
  return Promise.all(enabledDoors().map((door) => statusOf(door, now)));
}

/** The last run of each kind of work on each source, the newest first. */
export async function findLastRuns(): Promise<LastRun[]> {
  const runs = await db.sourceRun.groupBy({ by: ["source", "job"], where: { job: { in: JOBS } }, _max: { id: true } });
  const ids = runs.flatMap(({ _max }) => _max.id ?? []);
  const rows = await db.sourceRun.findMany({ where: { id: { in: ids } }, orderBy: { id: "desc" } });
  return rows.map(({ job, source, status, startedAt, finishedAt, message }) => ({
    job: job as LastRun["job"],
    source: source as LastRun["source"],
    label: source === "arxiv" ? "arXiv" : "Hugging Face",
    status: status as RunStatus,
    at: (finishedAt ?? startedAt).toISOString(),
    message,
  }));
}

/** Whether the bundled sample is what the site shows: no source has given a paper yet. */
export async function isSampleShown(): Promise<boolean> {
  return (await db.listing.findFirst({ where: { source: "sample" }, select: { paperId: true } })) !== null;
}

/** The sources that this site reads, with the way to ask them. */
export function enabledDoors(): SourceDoor[] {
  return [
    ...(site.huggingFace ? [huggingFaceDoor(env.huggingFaceUrl)] : []),
    ...(site.arxiv && site.arxivCategories.length > 0 ? [arxivDoor(env.arxivApiUrl)] : []),
  ];
}

/** A class of the configuration may be an archive: `cs` stands for all its classes. */
function isOfSite({ categories }: FoundPaper): boolean {
  const wanted = site.arxivCategories;
  if (categories.length === 0) return true;
  return categories.some((category) => wanted.some((name) => category === name || category.startsWith(`${name}.`)));
}

async function statusOf({ source, label, hostKey }: SourceDoor, now: Temporal.Instant): Promise<SourceStatus> {
  const ofSource = { source, job: "gather" };
  const [last, good, host] = await Promise.all([
    db.sourceRun.findFirst({ where: ofSource, orderBy: { id: "desc" } }),
    db.sourceRun.findFirst({ where: { ...ofSource, status: { in: LOOKED } }, orderBy: { id: "desc" } }),
    db.sourceHost.findFirst({ where: { host: hostKey, notBefore: { gt: toDbTime(now) } } }),
  ]);
  return {
    source,
    label,
    lastSuccess: good?.finishedAt?.toISOString() ?? null,
    lastAttempt: last?.startedAt.toISOString() ?? null,
    status: (last?.status as RunStatus | undefined) ?? null,
    message: last?.message ?? null,
    nextAttempt: nextAttempt(now, host?.notBefore ?? null).toString(),
  };
}

/** The next time of the timetable at which the source may be asked. */
function nextAttempt(now: Temporal.Instant, pausedUntil: Date | null): Temporal.Instant {
  const from = Math.max(now.epochMilliseconds + 1, pausedUntil?.getTime() ?? 0);
  const step = EVERY_MINUTES * 60_000;
  return Temporal.Instant.fromEpochMilliseconds(Math.ceil(from / step) * step);
}
