import { z } from "zod";
import { closingOf } from "#lib/editions/edition-date.ts";
import { storePapers } from "#lib/papers/commands.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { toDbTime } from "#lib/platform/clock.ts";
import { db, type Transaction } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { withLock } from "#lib/platform/lock.ts";
import { site } from "#lib/platform/site-config.ts";
import { beginning, type HarvestPosition, harvestSet } from "#lib/sources/arxiv/harvest-set.ts";
import { type OaiQuestion, oaiSetOf } from "#lib/sources/arxiv/oai-url.ts";
import { askSource } from "#lib/sources/ask-source.ts";
import { findProgress, saveProgress } from "#lib/sources/progress/commands.ts";
import { keepWanted } from "#lib/sources/queries.ts";
import { ARCHIVE_LOCK, recordRun, settleOldRuns } from "#lib/sources/runs/commands.ts";
import { removeSample } from "#lib/sources/sample/commands.ts";
import { arxivOaiDoor } from "#lib/sources/source-door.ts";
import { type RunReport, type Tally, UnexpectedAnswer } from "#lib/sources/types.ts";

/**
 * `unfinished`: what was read is stored, and the same call goes on from there. `no-beginning`: a set never harvested. `no-set`:
 * none was named, and this site reads no class of arXiv.
 */
export type HarvestReport =
  | { status: "busy" | "no-set" }
  | { status: "no-beginning"; set: string }
  | { status: "finished" | "unfinished"; run: RunReport };

type HarvestOptions = {
  /** arXiv's names, such as `cs:cs:LG`; those of this site's classes when empty. */
  sets: readonly string[];
  /** Null: where the last harvest of the set ended, or broke off. */
  from: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
  /** Begins again even where an earlier harvest broke off. */
  restart: boolean;
  now: Temporal.Instant;
  say: (line: string) => void;
  /** A page may take so long, to its last byte; as long as arXiv's door says when left out. */
  totalMs?: number;
};

/** A pause that arXiv asks for is waited for so long; a longer one ends the run, which can be gone on with. */
const PATIENCE_MS = 10 * 60_000;

const positionSchema = z.object({
  from: z.string(),
  until: z.string().nullable(),
  token: z.string().nullable(),
  expiresAt: z.string().nullable(),
  begunAt: z.string().nullable(),
  pages: z.number(),
  records: z.number(),
});

/** `read`: the very same question was answered to its end. */
type Stretch = { state: "new" | "broken-off" | "read"; task: string; question: OaiQuestion; position: HarvestPosition };

/**
 * Reads arXiv's records that were changed in a span of days, set by set, over OAI-PMH, and stores the papers of this site's
 * classes and those that it has already. They stand in no edition: days are filled by `gatherPapers` and `backfillDays`.
 * A record that arXiv has deleted is marked. Killed or paused, the same call goes on at the page that was not yet stored.
 */
export async function harvestArxiv(options: HarvestOptions): Promise<HarvestReport> {
  const { now, say, totalMs } = options;
  const classes = site.arxiv ? site.arxivCategories : [];
  const sets = options.sets.length > 0 ? options.sets : [...new Set(classes.map(oaiSetOf))];
  if (sets.length === 0) return { status: "no-set" };
  const harvest = await withLock(ARCHIVE_LOCK, async (): Promise<HarvestReport> => {
    await settleOldRuns(now, ["harvest", "archive"]);
    const found: Stretch[] = [];
    for (const set of sets) {
      const stretch = await findStretch(set, options);
      if (!stretch) return { status: "no-beginning", set };
      found.push(stretch);
    }
    // Of several sets one broke off: those before it are not read once more.
    const isGoingOn = found.some(({ state }) => state === "broken-off");
    const stretches = found.filter(({ state }) => !(isGoingOn && state === "read"));
    await begin(stretches, now);
    let finished = 0;
    const run = await recordRun({ source: "arxiv", label: "arXiv", job: "harvest", now }, async (tally) => {
      for (const stretch of stretches) {
        if (stretch.position.pages > 0)
          say(`arXiv ${stretch.question.set}: going on after page ${stretch.position.pages}`);
        await harvestStretch(stretch, { now, say, tally, totalMs });
        finished++;
      }
    });
    say(run.message);
    if (run.stored > 0) await removeSample();
    return { status: finished === stretches.length ? "finished" : "unfinished", run };
  });
  return harvest.status === "busy" ? harvest : harvest.value;
}

/** What is to be read of a set: the rest of a harvest that broke off, what came since the last one, or what was asked for. */
async function findStretch(set: string, { from, until, restart }: HarvestOptions): Promise<Stretch | null> {
  const task = `harvest ${env.arxivOaiUrl} ${set}`;
  const progress = await findProgress(task);
  const known = progress && positionSchema.parse(progress.position);
  const isSame =
    known && (!from || known.from === from.toString()) && (known.until ?? "") === (until?.toString() ?? "");
  if (isSame && !progress.finishedAt && !restart) {
    const time = (text: string | null) => (text === null ? null : Temporal.Instant.from(text));
    const position = { ...known, expiresAt: time(known.expiresAt), begunAt: time(known.begunAt) };
    return { state: "broken-off", task, question: { set, from: Temporal.PlainDate.from(known.from), until }, position };
  }
  const first = from ?? (known && nextDay(known, progress?.finishedAt ?? null));
  const state = isSame && from && !restart ? "read" : "new";
  return first && { state, task, question: { set, from: first, until }, position: beginning };
}

/** Notes what is to be read before any of it is: whatever ends the harvest, the next one knows which sets are left. */
async function begin(stretches: readonly Stretch[], now: Temporal.Instant): Promise<void> {
  await db.$transaction(async (tx) => {
    for (const { state, task, question, position } of stretches) {
      if (state === "broken-off") continue;
      await saveProgress(tx, { task, position: toRow(question, position), now, finished: false });
    }
  });
}

function toRow({ from, until }: OaiQuestion, position: HarvestPosition): z.input<typeof positionSchema> {
  const text = (value: Temporal.Instant | Temporal.PlainDate | null) => value?.toString() ?? null;
  const { expiresAt, begunAt } = position;
  return { ...position, from: from.toString(), until: text(until), expiresAt: text(expiresAt), begunAt: text(begunAt) };
}

/** Where the next harvest begins: on the last day of one that ended (more may have changed on it), or where it had begun. */
function nextDay(known: z.infer<typeof positionSchema>, finishedAt: Temporal.Instant | null): Temporal.PlainDate {
  if (!finishedAt) return Temporal.PlainDate.from(known.from);
  const seen = Temporal.Instant.from(known.begunAt ?? finishedAt.toString())
    .toZonedDateTimeISO("UTC")
    .toPlainDate();
  const until = known.until ? Temporal.PlainDate.from(known.until) : seen;
  return Temporal.PlainDate.compare(until, seen) < 0 ? until : seen;
}

type Running = Pick<HarvestOptions, "now" | "say" | "totalMs"> & { tally: Tally };

async function harvestStretch(
  { task, question, position }: Stretch,
  { now, say, tally, totalMs }: Running,
): Promise<void> {
  const usual = arxivOaiDoor(env.arxivOaiUrl);
  const door = { ...usual, totalMs: totalMs ?? usual.totalMs };
  const onRequest = () => void tally.requests++;
  const accept = "text/xml, application/xml";
  await harvestSet(question, position, {
    endpoint: env.arxivOaiUrl,
    now,
    tally,
    say,
    ask: async (url) => {
      const answer = await askSource(url, door, {
        now,
        accept,
        conditional: false,
        patienceMs: PATIENCE_MS,
        onRequest,
      });
      if (answer.status === "not-modified") throw new UnexpectedAnswer("arXiv answered 304 to a plain question.");
      return answer.text;
    },
    storePage: async (page) => {
      const wanted = await keepWanted(page.papers);
      const { stored } = await storePapers(wanted, {
        now,
        closingOf: (day) => closingOf(day, site),
        within: async (tx) => {
          await markDeleted(tx, page.deleted, now);
          await unmarkDeleted(
            tx,
            wanted.map(({ id }) => id),
          );
          const finished = page.position.token === null;
          await saveProgress(tx, { task, position: toRow(question, page.position), now, finished });
        },
      });
      tally.found += wanted.length;
      tally.stored += stored;
      return wanted.length;
    },
  });
}

/** Marks papers whose record arXiv has deleted. Nothing is removed; the first time it was said stays. */
export async function markDeleted(tx: Transaction, ids: readonly PaperId[], now: Temporal.Instant): Promise<void> {
  if (ids.length === 0) return;
  await tx.paper.updateMany({ where: { id: { in: [...ids] }, deletedAt: null }, data: { deletedAt: toDbTime(now) } });
}

async function unmarkDeleted(tx: Transaction, ids: readonly PaperId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.paper.updateMany({ where: { id: { in: [...ids] }, deletedAt: { not: null } }, data: { deletedAt: null } });
}
