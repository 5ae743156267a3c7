import { closeDueEditions, EDITIONS_LOCK, freezeEdition } from "#lib/editions/commands.ts";
import { closingOf } from "#lib/editions/edition-date.ts";
import { storePapers } from "#lib/papers/commands.ts";
import { toDbDate } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { withLock } from "#lib/platform/lock.ts";
import { site } from "#lib/platform/site-config.ts";
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
import { recordRun, settleOldRuns } from "#lib/sources/runs/commands.ts";
import { removeSample } from "#lib/sources/sample/commands.ts";
import type { SourceDoor } from "#lib/sources/source-door.ts";
import type { Gathering, GatherReport, RunReport, Tally } from "#lib/sources/types.ts";

type Told = { now: Temporal.Instant; say?: (line: string) => void };

/** A pause that a source asks for is waited for so long; a longer one ends its part of the run. */
const GATHER_PATIENCE_MS = 30_000;
/** A back-fill is long anyway: Hugging Face's window is five minutes. */
const BACKFILL_PATIENCE_MS = 6 * 60_000;

const silent = () => undefined;
const closing = (day: Temporal.PlainDate) => closingOf(day, site);

/**
 * Asks every source of this site for news and stores it, each answer as it comes; then closes the days that are due. The
 * first run reads the last ten days. Only one run at a time, over all processes: a second one is told `busy` at once.
 */
export async function gatherPapers({ now, say = silent }: Told): Promise<GatherReport> {
  return whileFillingDays(now, async () => {
    const sources: RunReport[] = [];
    // Hugging Face first: it answers in a second or two, and its papers are what a reader looks for.
    for (const door of enabledDoors()) {
      const run = { source: door.source, label: door.label, job: "gather" as const, now };
      say(`Asking ${door.label} …`);
      const report = await recordRun(run, (tally) => gatherSource(door, { now, say, tally }));
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
 * Reads files that hold an answer of Hugging Face's `/api/daily_papers` (.json or .json.gz). The day is the date in the
 * file's name, else each item's own. A file or an item that cannot be read is named in the run record and passed over.
 */
export async function importFiles(paths: readonly string[], { now, say = silent }: Told): Promise<GatherReport> {
  return whileFillingDays(now, async () => {
    const days = new Map<string, Temporal.PlainDate>();
    const run = { source: "huggingface" as const, label: "Files", job: "import" as const, now };
    const report = await recordRun(run, async (tally) => {
      for (const path of paths) {
        const papers = await importDayFile(path, { tally, now });
        for (const { day } of papers) if (day) days.set(day.toString(), day);
        await count(tally, papers.length, storePapers(papers, { now, closingOf: closing }));
        say(`${path}: ${countOf(papers.length, "paper")}`);
      }
    });
    say(report.message);
    if (report.stored > 0) await removeSample();
    return { status: "done", sources: [report], closed: await freezeFilled([...days.values()], now) };
  });
}

/** Runs under the lock that days are filled and closed under; a run left over by a process that died is marked first. */
async function whileFillingDays(now: Temporal.Instant, work: () => Promise<GatherReport>): Promise<GatherReport> {
  const run = await withLock(EDITIONS_LOCK, async () => {
    await settleOldRuns(now, ["gather", "backfill", "import", "sample"]);
    return work();
  });
  return run.status === "busy" ? run : run.value;
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
    store: (papers, validator) =>
      count(tally, papers.length, storePapers(papers, { now, closingOf: closing, validator })),
    countListings: (day) => countListings(source, day),
    listedElsewhere: (ids, day) => listListedElsewhere(source, ids, day),
    lastAsked: findLastAsked,
    onDayRead,
  };
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
