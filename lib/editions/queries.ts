import { Prisma } from "#generated/prisma/client.ts";
import { closingOf, dayAt } from "#lib/editions/edition-date.ts";
import { arrangePlaces, countCategories } from "#lib/editions/lists/queries.ts";
import { pageOf } from "#lib/editions/page-of.ts";
import type { Edition, ListSort, PaperPage, RankedPaper } from "#lib/editions/types.ts";
import { listPaperCards } from "#lib/papers/queries.ts";
import type { Reason } from "#lib/papers/types.ts";
import { fromDbDate, fromDbTime, toDbDate } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";
import { findUsualCounts, listEvidence, listTalkedAbout } from "#lib/trending/queries.ts";
import { type Scored, scorePapers } from "#lib/trending/score-papers.ts";
import type { Evidence } from "#lib/trending/types.ts";

/** A place in a list, before the paper itself is read. */
type Place = { id: string; rank: number | null; score: number; reasons: Reason[] };

/** Which page of a list, of which class, in which order, as known at `now`. */
type Asked = {
  now: Temporal.Instant;
  page?: number;
  perPage?: number;
  category?: string | null;
  sort?: ListSort;
};

const TRENDING_DAYS = 14;

/** A paper that arXiv announced and another source put on a day of its own stands on that day, not on both. `l`: the listing. */
export const onItsDay = Prisma.sql`(l.source <> 'arxiv' OR NOT EXISTS
  (SELECT 1 FROM listings AS other WHERE other.paper_id = l.paper_id AND other.source <> 'arxiv'))`;

/** One page of a day's edition. A day without papers is an edition without papers: whether it may be shown is the page's to say. */
export async function findEdition(day: Temporal.PlainDate, { now, ...asked }: Asked): Promise<Edition> {
  const row = await db.edition.findUnique({ where: { day: toDbDate(day) }, select: { closedAt: true, sample: true } });
  const closesAt = row ? fromDbTime(row.closedAt) : closingOf(day, site);
  const places = row ? await listFrozenPlaces(day, closesAt) : await listOpenPlaces(day, earlier(now, closesAt));
  const [previousDay, nextDay] = await Promise.all([findDayBefore(day), findDayAfter(day, dayAt(now, site))]);
  return {
    ...(await readPage(places, asked)),
    day: day.toString(),
    closesAt: closesAt.toString(),
    frozen: row !== null,
    sample: row?.sample ?? false,
    late: row ? places.filter(({ rank }) => rank === null).length : 0,
    previousDay: previousDay?.toString() ?? null,
    nextDay: nextDay?.toString() ?? null,
  };
}

/** The newest day, up to today in the site's zone, that has papers. */
export async function findLatestDay({ now }: { now: Temporal.Instant }): Promise<Temporal.PlainDate | null> {
  return findDayBefore(dayAt(now, site).add({ days: 1 }));
}

/** The newest frozen edition of real papers. */
export async function findLatestFrozenDay(): Promise<Temporal.PlainDate | null> {
  const row = await db.edition.findFirst({
    where: { sample: false, entries: { some: {} } },
    select: { day: true },
    orderBy: { day: "desc" },
  });
  return row && fromDbDate(row.day);
}

/**
 * What the frozen editions of some days printed, and nothing that came later: one day's by rank; of several each paper once, by
 * the best score it had on any of them. The same days, the same places, for ever.
 */
export async function listPrintedPlaces(days: readonly Temporal.PlainDate[]): Promise<Place[]> {
  const [day, ...others] = days;
  if (day && others.length === 0) return listEntries(day);
  return bestOfEach((await Promise.all(days.map((each) => listEntries(each)))).flat());
}

/** All papers of some days, late arrivals too, each once, by the best score it had on any of them. */
export async function findPeriod(days: readonly Temporal.PlainDate[], { now, ...asked }: Asked): Promise<PaperPage> {
  const frozen = await db.edition.findMany({
    where: { day: { in: days.map(toDbDate) } },
    select: {
      day: true,
      closedAt: true,
      entries: { select: { paperId: true, rank: true, score: true, reasons: true } },
    },
  });
  const frozenDays = new Set(frozen.map(({ day }) => fromDbDate(day).toString()));
  const open = await Promise.all(
    days
      .filter((day) => !frozenDays.has(day.toString()))
      .map((day) => listOpenPlaces(day, earlier(now, closingOf(day, site)))),
  );
  const late = await listLatePlaces(new Map(frozen.map(({ day, closedAt }) => [fromDbDate(day).toString(), closedAt])));
  const places = [...frozen.flatMap(({ entries }) => entries.map(toPlace)), ...late, ...open.flat()];
  return readPage(bestOfEach(places), asked);
}

/** What is talked about now, whatever its day: papers with any upvote, vote, comment or star in the last fortnight. */
export async function findTrending({ now, ...asked }: Asked): Promise<PaperPage> {
  const until = await trendingMoment(now);
  const ids = await listTalkedAbout({ since: until.subtract({ hours: TRENDING_DAYS * 24 }), until });
  const scored = await scoreFor(dayAt(until, site), await listEvidence(ids, { until }), until);
  return readPage(scored.filter(({ score }) => score > 0).map(ranked), asked);
}

/** The sample was talked about when it was recorded: its trending list is that of its last closing. */
async function trendingMoment(now: Temporal.Instant): Promise<Temporal.Instant> {
  const newest = await db.edition.findFirst({ select: { sample: true, closedAt: true }, orderBy: { day: "desc" } });
  return newest?.sample ? earlier(now, fromDbTime(newest.closedAt)) : now;
}

/** How an open day would be ranked if it closed at `until`. */
export async function listOpenPlaces(day: Temporal.PlainDate, until: Temporal.Instant): Promise<Place[]> {
  const ids = await listIdsOf(day);
  const evidence = await listEvidence(ids, { until, day });
  return (await scoreFor(day, evidence, until)).map(ranked);
}

/** The rule of this site as it is on that day. */
async function scoreFor(
  day: Temporal.PlainDate,
  evidence: readonly Evidence[],
  now: Temporal.Instant,
): Promise<Scored[]> {
  if (evidence.length === 0) return [];
  const usual = await findUsualCounts({ day });
  return scorePapers(evidence, { now, weights: site.weights, usual, seed: day.toString() });
}

async function listFrozenPlaces(day: Temporal.PlainDate, closedAt: Temporal.Instant): Promise<Place[]> {
  const [entries, listed] = await Promise.all([listEntries(day), listIdsOf(day)]);
  const printed = new Set(entries.map(({ id }) => id));
  const late = listed.filter((id) => !printed.has(id));
  return [...entries, ...(await scoreLate(day, late, closedAt))];
}

/** As they would have scored, had they been there at the closing. */
async function scoreLate(
  day: Temporal.PlainDate,
  ids: readonly string[],
  closedAt: Temporal.Instant,
): Promise<Place[]> {
  const evidence = await listEvidence(ids, { until: closedAt, day });
  return (await scoreFor(day, evidence, closedAt)).map((scored) => ({ ...scored, rank: null }));
}

/** The late arrivals of frozen days, by their dates. */
async function listLatePlaces(closings: ReadonlyMap<string, Date>): Promise<Place[]> {
  // Raw SQL because Prisma has no anti-join, and because of `onItsDay`.
  const rows = await db.$queryRaw<{ day: Date; paper_id: string }[]>`
    SELECT DISTINCT l.day, l.paper_id FROM listings AS l
    WHERE l.day = ANY(${[...closings.keys()]}::date[]) AND ${onItsDay}
      AND NOT EXISTS (SELECT 1 FROM edition_entries AS e WHERE e.day = l.day AND e.paper_id = l.paper_id)
    ORDER BY l.day, l.paper_id`;
  const byDay = Map.groupBy(rows, ({ day }) => fromDbDate(day).toString());
  const places = await Promise.all(
    [...byDay].map(([day, late]) => {
      const closedAt = closings.get(day);
      const ids = late.map((row) => row.paper_id);
      return closedAt ? scoreLate(Temporal.PlainDate.from(day), ids, fromDbTime(closedAt)) : [];
    }),
  );
  return places.flat();
}

async function listEntries(day: Temporal.PlainDate): Promise<Place[]> {
  const rows = await db.editionEntry.findMany({
    where: { day: toDbDate(day) },
    select: { paperId: true, rank: true, score: true, reasons: true },
    orderBy: { rank: "asc" },
  });
  return rows.map(toPlace);
}

async function listIdsOf(day: Temporal.PlainDate): Promise<string[]> {
  // Raw SQL because of `onItsDay`, a condition over other rows of the same table.
  const rows = await db.$queryRaw<{ paper_id: string }[]>`
    SELECT DISTINCT l.paper_id FROM listings AS l WHERE l.day = ${day.toString()}::date AND ${onItsDay} ORDER BY l.paper_id`;
  return rows.map((row) => row.paper_id);
}

async function findDayBefore(day: Temporal.PlainDate): Promise<Temporal.PlainDate | null> {
  // Raw SQL because of `onItsDay`.
  const [row] = await db.$queryRaw<{ day: Date }[]>`
    SELECT l.day FROM listings AS l WHERE l.day < ${day.toString()}::date AND ${onItsDay} ORDER BY l.day DESC LIMIT 1`;
  return row ? fromDbDate(row.day) : null;
}

async function findDayAfter(day: Temporal.PlainDate, last: Temporal.PlainDate): Promise<Temporal.PlainDate | null> {
  // Raw SQL because of `onItsDay`.
  const [row] = await db.$queryRaw<{ day: Date }[]>`
    SELECT l.day FROM listings AS l
    WHERE l.day > ${day.toString()}::date AND l.day <= ${last.toString()}::date AND ${onItsDay} ORDER BY l.day LIMIT 1`;
  return row ? fromDbDate(row.day) : null;
}

async function readPage(
  places: readonly Place[],
  { page = 1, perPage, category = null, sort = "ranked" }: Omit<Asked, "now">,
): Promise<PaperPage> {
  const [arranged, categories] = await Promise.all([
    arrangePlaces(places, { category, sort }),
    countCategories(places.map(({ id }) => id)),
  ]);
  const { slice, total: matching, ...numbers } = pageOf(arranged, page, perPage);
  return { ...numbers, total: places.length, matching, categories, papers: await readPlaces(slice) };
}

/** The papers at these places. */
export async function readPlaces(places: readonly Place[]): Promise<RankedPaper[]> {
  const cards = new Map((await listPaperCards(places.map(({ id }) => id))).map((card) => [card.id as string, card]));
  return places.flatMap(({ id, ...place }) => {
    const card = cards.get(id);
    return card ? [{ ...card, ...place }] : [];
  });
}

function bestOfEach(places: readonly Place[]): Place[] {
  const best = new Map<string, Place>();
  for (const place of places) {
    const known = best.get(place.id);
    if (!known || place.score > known.score) best.set(place.id, place);
  }
  return [...best.values()]
    .sort((a, b) => b.score - a.score || rankOrLast(a) - rankOrLast(b) || (a.id < b.id ? 1 : -1))
    .map(ranked);
}

function rankOrLast({ rank }: Place): number {
  return rank ?? Number.MAX_SAFE_INTEGER;
}

function ranked(scored: Scored, index: number): Place {
  return { ...scored, rank: index + 1 };
}

function toPlace({
  paperId,
  rank,
  score,
  reasons,
}: {
  paperId: string;
  rank: number;
  score: number;
  reasons: Prisma.JsonValue;
}): Place {
  return { id: paperId, rank, score, reasons: reasons as Reason[] };
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b;
}
