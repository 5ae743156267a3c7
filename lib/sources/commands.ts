import { closeDueEditions, EDITIONS_LOCK, freezeEdition } from "#lib/editions/commands.ts";
import { closingOf } from "#lib/editions/edition-date.ts";
import { storePapers } from "#lib/papers/commands.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { toDbDate } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { withLock } from "#lib/platform/lock.ts";
import { site } from "#lib/platform/site-config.ts";
import { type ArchiveReading, importLines, importPage, refuseFile } from "#lib/sources/archives/commands.ts";
import { recogniseContent } from "#lib/sources/archives/recognise-content.ts";
import { openSourceFile, type SourceFile } from "#lib/sources/archives/source-file.ts";
import { type ArxivOptions, gatherListings, gatherNews } from "#lib/sources/arxiv/gather-listings.ts";
import { askSource } from "#lib/sources/ask-source.ts";
import { countOf } from "#lib/sources/count-of.ts";
import { gatherDays } from "#lib/sources/huggingface/gather-days.ts";
import { importDayFile } from "#lib/sources/huggingface/import-day-file.ts";
import { daysBetween, planDays } from "#lib/sources/plan-days.ts";
import {
  countListings,
  enabledDoors,
  findLastAsked,
  findLastGather,
  findNewestDay,
  listListedElsewhere,
} from "#lib/sources/queries.ts";
import { ARCHIVE_LOCK, recordRun, settleOldRuns } from "#lib/sources/runs/commands.ts";
import { removeSample } from "#lib/sources/sample/commands.ts";
import type { SourceDoor } from "#lib/sources/source-door.ts";
import { type Gathering, type GatherReport, type RunReport, type Tally, UnexpectedAnswer } from "#lib/sources/types.ts";

type Told = { now: Temporal.Instant; say?: (line: string) => void };
/** `totalMs`: one answer may take so long, to its last byte; as long as its door says when left out. */
type Asking = Told & { totalMs?: number };

/** A pause that a source asks for is waited for so long; a longer one ends its part of the run. */
const GATHER_PATIENCE_MS = 30_000;
/** A back-fill is long anyway: Hugging Face's window is five minutes. */
const BACKFILL_PATIENCE_MS = 6 * 60_000;

const OTHER_KIND =
  "it is none of these: Hugging Face's daily papers, arXiv's snapshot with a record a line, a page of arXiv's in Atom, RSS or OAI XML";

const silent = () => undefined;
const closing = (day: Temporal.PlainDate) => closingOf(day, site);

/**
 * Asks every source of this site for news and stores it, each answer as it comes; then closes the days that are due. The
 * first run reads the last ten days. Only one run at a time, over all processes: a second one is told `busy` at once.
 */
export async function gatherPapers({ now, say = silent, totalMs }: Asking): Promise<GatherReport> {
  return whileFillingDays(now, async () => {
    const sources: RunReport[] = [];
    // Hugging Face first: it answers in a second or two, and its papers are what a reader looks for.
    for (const door of enabledDoors()) {
      const run = { source: door.source, label: door.label, job: "gather" as const, now };
      say(`Asking ${door.label} …`);
      const report = await recordRun(run, (tally) => gatherSource(within(door, totalMs), { now, say, tally }));
      say(report.message);
      sources.push(report);
    }
    if (sources.some(({ stored }) => stored > 0)) await removeSample();
    return { status: "done", sources, closed: await closeDueEditions({ now, gatheredAt: await findLastGather() }) };
  });
}

/**
 * Reads past days from the sources, both ends included, and freezes those that are over: a past day that is met for the
 * first time is filled whole, then frozen; one that a source could not give stays open. Days already frozen keep their ranks.
 * Twice the same changes nothing.
 */
export async function backfillDays({
  from,
  to,
  now,
  say = silent,
}: Told & { from: Temporal.PlainDate; to: Temporal.PlainDate }): Promise<GatherReport> {
  const days = daysBetween(from, to);
  return whileFillingDays(now, async () => {
    const sources: RunReport[] = [];
    let whole = days;
    for (const door of enabledDoors()) {
      const run = { source: door.source, label: door.label, job: "backfill" as const, now };
      say(`Asking ${door.label} …`);
      const read = new Set<string>();
      const onDayRead = (day: Temporal.PlainDate) => void read.add(day.toString());
      const report = await recordRun(run, (tally) => backfillSource(door, days, { now, say, tally, onDayRead }));
      say(report.message);
      sources.push(report);
      whole = whole.filter((day) => read.has(day.toString()));
    }
    if (sources.some(({ stored }) => stored > 0)) await removeSample();
    const left = days.length - whole.length;
    if (left > 0)
      say(`${countOf(left, "day")} could not be read whole from every source. To close what is left, run this again.`);
    return { status: "done", sources, closed: await freezeFilled(whole, now) };
  });
}

/**
 * Reads files: lists of Hugging Face's `/api/daily_papers`, which fill the days of their names (else of their items) and
 * freeze them; arXiv's snapshot, one record a line, and pages of its search, its daily feed or its records, whose papers stand in no edition.
 * What a file is, its content says. What cannot be read is named in the run record and passed over.
 */
export async function importFiles(
  paths: readonly string[],
  { now, say = silent, all = false, restart = false, onProgress = silent }: Told & Partial<ArchiveReading>,
): Promise<GatherReport> {
  const opened = await Promise.all(paths.map(openForImport));
  const archives = opened.filter((file) => file.kind === "archive");
  const others = opened.filter((file) => file.kind !== "archive");
  const none: GatherReport = { status: "done", sources: [], closed: [] };
  const days = others.length > 0 ? await importDays(others, { now, say }) : none;
  if (days.status === "busy" || archives.length === 0) return days;
  const run = { source: "arxiv" as const, label: "Files", job: "archive" as const, now };
  // Not under the lock of the days: a million lines take minutes, and nobody shall miss an edition for them.
  const reading = await withLock(ARCHIVE_LOCK, async () => {
    await settleOldRuns(now, ["harvest", "archive"]);
    return recordRun(run, async (tally) => {
      const how = { now, say, tally, all, restart, onProgress };
      for (const { format, file } of archives) {
        await (format === "lines" ? importLines(file, how) : importPage(file, format, how));
      }
    });
  });
  if (reading.status === "busy") return reading;
  say(reading.value.message);
  if (reading.value.stored > 0) await removeSample();
  return { ...days, sources: [...days.sources, reading.value] };
}

type OpenedFile =
  | { kind: "archive"; format: "lines" | "atom" | "listing" | "oai"; file: SourceFile }
  | { kind: "day"; path: string; file: SourceFile }
  | { kind: "unreadable"; path: string; reason: string };

async function openForImport(path: string): Promise<OpenedFile> {
  try {
    const file = await openSourceFile(path);
    const format = recogniseContent(file.head);
    if (format === "unknown") return { kind: "unreadable", path, reason: OTHER_KIND };
    return format === "day" ? { kind: "day", path, file } : { kind: "archive", format, file };
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    return { kind: "unreadable", path, reason: error.message };
  }
}

async function importDays(
  files: readonly Exclude<OpenedFile, { kind: "archive" }>[],
  { now, say = silent }: Told,
): Promise<GatherReport> {
  return whileFillingDays(now, async () => {
    const days = new Map<string, Temporal.PlainDate>();
    const run = { source: "huggingface" as const, label: "Files", job: "import" as const, now };
    const report = await recordRun(run, async (tally) => {
      for (const opened of files) {
        const before = tally.found;
        if (opened.kind === "unreadable") refuseFile(opened.path, opened.reason, tally);
        else for (const day of await importDay(opened.file, { now, tally })) days.set(day.toString(), day);
        say(`${opened.path}: ${countOf(tally.found - before, "paper")}`);
      }
    });
    say(report.message);
    if (report.stored > 0) await removeSample();
    return { status: "done", sources: [report], closed: await freezeFilled([...days.values()], now) };
  });
}

/** Stores one day's list. Gives the days that it names. */
async function importDay(
  file: SourceFile,
  { now, tally }: { now: Temporal.Instant; tally: Tally },
): Promise<Temporal.PlainDate[]> {
  const papers = await importDayFile(file, { tally, now });
  await count(tally, papers.length, storePapers(papers, { now, closingOf: closing }));
  return papers.flatMap(({ day }) => day ?? []);
}

/** Runs under the lock that days are filled and closed under; a run left over by a process that died is marked first. */
async function whileFillingDays(now: Temporal.Instant, work: () => Promise<GatherReport>): Promise<GatherReport> {
  const run = await withLock(EDITIONS_LOCK, async () => {
    await settleOldRuns(now, ["gather", "backfill", "import", "sample"]);
    return work();
  });
  return run.status === "busy" ? run : run.value;
}

function within(door: SourceDoor, totalMs = door.totalMs): SourceDoor {
  return { ...door, totalMs };
}

type Running = {
  now: Temporal.Instant;
  say: (line: string) => void;
  tally: Tally;
  onDayRead?: (day: Temporal.PlainDate) => void;
};

async function gatherSource(door: SourceDoor, running: Running): Promise<void> {
  const gathering = gatheringFor(door, running, GATHER_PATIENCE_MS);
  if (door.source === "arxiv") return gatherNews(arxivOptions(), gathering);
  const today = running.now.toZonedDateTimeISO("UTC").toPlainDate();
  const days = planDays(today, await findNewestDay(door.source));
  await gatherDays(days, { base: env.huggingFaceUrl, conditional: true }, gathering);
}

async function backfillSource(door: SourceDoor, days: Temporal.PlainDate[], running: Running): Promise<void> {
  const gathering = gatheringFor(door, running, BACKFILL_PATIENCE_MS);
  if (door.source === "arxiv") return gatherListings(days, arxivOptions(), gathering);
  await gatherDays(days, { base: env.huggingFaceUrl, conditional: false }, gathering);
}

function arxivOptions(): ArxivOptions {
  return { apiUrl: env.arxivApiUrl, rssUrl: env.arxivRssUrl, categories: site.arxivCategories };
}

function gatheringFor(
  door: SourceDoor,
  { now, say, tally, onDayRead = silent }: Running,
  patienceMs: number,
): Gathering {
  const { source } = door;
  const onRequest = () => void tally.requests++;
  return {
    now,
    say,
    tally,
    ask: (url, options) => askSource(url, door, { ...options, now, patienceMs, onRequest }),
    store: (papers, validators) =>
      count(tally, distinct(papers), storePapers(papers, { now, closingOf: closing, validators })),
    countListings: (day) => countListings(source, day),
    listedElsewhere: (ids, day) => listListedElsewhere(source, ids, day),
    lastAsked: findLastAsked,
    onDayRead,
  };
}

/** Told by the feed and by the search, a paper is one. */
function distinct(papers: readonly FoundPaper[]): number {
  return new Set(papers.map(({ id }) => id)).size;
}

async function count(tally: Tally, found: number, storing: Promise<{ stored: number }>): Promise<void> {
  const { stored } = await storing;
  tally.found += found;
  tally.stored += stored;
}

/** Freezes those of the days that are over and have papers. */
async function freezeFilled(days: readonly Temporal.PlainDate[], now: Temporal.Instant): Promise<string[]> {
  const closed: string[] = [];
  for (const day of days.toSorted(Temporal.PlainDate.compare)) {
    if (Temporal.Instant.compare(closing(day), now) > 0) continue;
    const filled = await db.listing.count({ where: { day: toDbDate(day) } });
    if (filled > 0 && (await freezeEdition(day, { now }))) closed.push(day.toString());
  }
  return closed;
}
