import { composeDigest } from "#lib/digest/compose-digest.ts";
import { explainEmpty } from "#lib/digest/contents/explain-empty.ts";
import { mailableFrom } from "#lib/digest/mailing-time.ts";
import { lastDayOf, type Period } from "#lib/digest/period.ts";
import type { Choice, DigestContent, DigestEdition } from "#lib/digest/types.ts";
import { listPrintedPlaces, onItsDay, readPlaces } from "#lib/editions/queries.ts";
import { isInClass } from "#lib/papers/is-in-class.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { fromDbDate, toDbDate } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { site } from "#lib/platform/site-config.ts";
import { findAmong } from "#lib/search/queries.ts";

const usualChoice: Choice = { search: "", classes: [], papers: 20 };

export type FoundDays = { status: "found"; days: Temporal.PlainDate[] } | { status: "not-frozen" | "sample" | "empty" };

/** The days of a period whose frozen editions may be mailed, of those that a source listed papers for the open ones, and whether there is a sample. */
export async function listDaysOf(
  period: Period,
): Promise<{ printed: Temporal.PlainDate[]; open: number; sample: boolean; frozen: boolean }> {
  const between = { gte: toDbDate(period.day), lte: toDbDate(lastDayOf(period)) };
  const editions = await db.edition.findMany({
    where: { day: between },
    select: { day: true, sample: true, entries: { select: { rank: true }, take: 1 } },
    orderBy: { day: "asc" },
  });
  // Raw SQL because Prisma has no anti-join, and because of `onItsDay`.
  const [open] = await db.$queryRaw<{ days: number }[]>`
    SELECT count(DISTINCT l.day)::int AS days FROM listings AS l
    WHERE l.day BETWEEN ${period.day.toString()}::date AND ${lastDayOf(period).toString()}::date AND ${onItsDay}
      AND NOT EXISTS (SELECT 1 FROM editions AS e WHERE e.day = l.day)`;
  return {
    printed: editions.filter(({ sample, entries }) => !sample && entries.length > 0).map(({ day }) => fromDbDate(day)),
    open: open?.days ?? 0,
    sample: editions.some(({ sample }) => sample),
    frozen: editions.length > 0,
  };
}

/** What a digest is made of: what it was when it was first mailed, else what it would be now, or why there is none. */
async function findDays(period: Period, { now }: { now: Temporal.Instant }): Promise<FoundDays> {
  const digest = await db.digest.findUnique({
    where: { kind_day: { kind: period.kind, day: toDbDate(period.day) } },
    select: { days: true },
  });
  if (digest && digest.days.length > 0) return { status: "found", days: digest.days.map(fromDbDate) };
  const { printed, open, sample, frozen } = await listDaysOf(period);
  const isOver = period.kind === "day" ? frozen : Temporal.Instant.compare(mailableFrom(period, site), now) <= 0;
  if (!isOver || open > 0) return { status: "not-frozen" };
  if (printed.length > 0) return { status: "found", days: printed };
  return { status: sample ? "sample" : "empty" };
}

/** The papers of these days that a reader asked for, in the digest's order. Null: only the search index could tell, and there is none now. */
export async function findContents(
  { period, days }: { period: Period; days: readonly Temporal.PlainDate[] },
  { search, classes, papers }: Choice,
  { now }: { now: Temporal.Instant },
): Promise<DigestEdition | null> {
  const places = await listPrintedPlaces(days);
  const ids = places.map(({ id }) => id);
  const found = search ? await findAmong(search, ids as PaperId[], { now }) : null;
  if (search && !found) return null;
  const inClasses = classes.length > 0 ? await listIdsIn(ids, classes) : null;
  const kept = places.filter(({ id }) => (found?.has(id as PaperId) ?? true) && (inClasses?.has(id) ?? true));
  const edition = { period, papers: await readPlaces(kept.slice(0, papers)), total: kept.length, search, classes };
  if (kept.length > 0) return edition;
  return { ...edition, note: explainEmpty({ period, whole: places.length, search, classes, arxiv: site.arxiv }) };
}

/** What is mailed of a period to those who have set nothing, or why nothing is. */
export async function findDigestEdition(
  period: Period,
  { now }: { now: Temporal.Instant },
): Promise<(FoundDays & { status: "found" } & { edition: DigestEdition }) | Exclude<FoundDays, { status: "found" }>> {
  const found = await findDays(period, { now });
  if (found.status !== "found") return found;
  const edition = await findContents({ period, days: found.days }, usualChoice, { now });
  if (!edition) throw new Error("unreachable: a whole edition needs no index");
  return { ...found, edition };
}

/** The digest of a period as its archive page shows it, also where it only explains that there was no paper; null where nothing is to be mailed. */
export async function findArchivedDigest(
  period: Period,
  { now }: { now: Temporal.Instant },
): Promise<DigestContent | null> {
  const found = await findDigestEdition(period, { now });
  const edition = found.status === "found" ? found.edition : await findExplanation(period, { now });
  return edition && composeDigest(edition, { siteUrl: env.siteUrl });
}

/** What was mailed of a period without papers to those who wanted to be told; null where nobody was. */
async function findExplanation(period: Period, { now }: { now: Temporal.Instant }): Promise<DigestEdition | null> {
  const mailed = await db.digest.count({ where: { kind: period.kind, day: toDbDate(period.day) } });
  return mailed > 0 ? findContents({ period, days: [] }, usualChoice, { now }) : null;
}

/** The classes of the papers of these days, and their archives: who asked for none of them gets no paper. */
export async function listClassesOf(days: readonly Temporal.PlainDate[]): Promise<string[]> {
  const places = await listPrintedPlaces(days);
  const rows = await db.paper.findMany({
    where: { id: { in: places.map(({ id }) => id) } },
    select: { categories: true },
  });
  const names = rows.flatMap(({ categories }) => categories);
  return [...new Set(names.flatMap((name) => [name, name.split(".")[0] ?? name]))];
}

/**
 * The searches that somebody has by mail and that find nothing in the editions of these days. Where no index can tell, none:
 * what is due is then looked at again when it is sent.
 */
export async function listIdleSearches(
  days: readonly Temporal.PlainDate[],
  { now }: { now: Temporal.Instant },
): Promise<string[]> {
  const rows = await db.subscriber.findMany({
    where: { status: "active", query: { not: "" } },
    select: { query: true },
    distinct: ["query"],
    orderBy: { query: "asc" },
  });
  const ids = rows.length > 0 ? (await listPrintedPlaces(days)).map(({ id }) => id as PaperId) : [];
  const idle: string[] = [];
  // One after the other: readers of the site come first.
  for (const { query } of rows) if ((await findAmong(query, ids, { now }))?.size === 0) idle.push(query);
  return idle;
}

async function listIdsIn(ids: readonly string[], classes: readonly string[]): Promise<Set<string>> {
  const rows = await db.paper.findMany({ where: { id: { in: [...ids] } }, select: { id: true, categories: true } });
  return new Set(rows.filter((row) => row.categories.some((name) => isInClass(name, classes))).map(({ id }) => id));
}
