import { closingOf } from "#lib/editions/edition-date.ts";
import { listOpenPlaces } from "#lib/editions/queries.ts";
import { listSourceTotals } from "#lib/papers/queries.ts";
import { fromDbDate, fromDbTime, toDbDate, toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { type Locked, withLock } from "#lib/platform/lock.ts";
import { site } from "#lib/platform/site-config.ts";
import { countUpvotes } from "#lib/votes/queries.ts";

/** Held by whoever fills or closes days, so that no day is closed while it is being filled. */
export const EDITIONS_LOCK = "editions";

/** A day waits for news at most this long before its closing: a gather run that ended later than that has seen it. */
const FRESHNESS = Temporal.Duration.from({ minutes: 30 });

/** A gather run reads the last ten days: what was met later than that after its closing, a back-fill or an import reads and freezes. */
const GATHERED_HOURS = 11 * 24;

/** Closes what is due, unless days are being filled at this moment. */
export function closeEditions(options: {
  now: Temporal.Instant;
  gatheredAt: Temporal.Instant | null;
}): Promise<Locked<string[]>> {
  return withLock(EDITIONS_LOCK, () => closeDueEditions(options));
}

/**
 * Freezes each day that has papers, is past its closing, and was looked at by a gather run that ended (`gatheredAt`) no
 * earlier than half an hour before the closing: a site that was switched off over the closing gathers first. A day that was
 * first met by a back-fill is left to it: one that was killed between two sources has filled the day by half. The caller
 * holds `EDITIONS_LOCK`. Gives the days that it froze.
 */
export async function closeDueEditions({
  now,
  gatheredAt,
}: {
  now: Temporal.Instant;
  gatheredAt: Temporal.Instant | null;
}): Promise<string[]> {
  const closed: string[] = [];
  if (!gatheredAt) return closed;
  for (const { day, metAt } of await listOpenDays()) {
    const closesAt = closingOf(day, site);
    const due = Temporal.Instant.compare(closesAt, now) <= 0;
    const fresh = Temporal.Instant.compare(closesAt.subtract(FRESHNESS), gatheredAt) <= 0;
    const gathered = Temporal.Instant.compare(metAt, closesAt.add({ hours: GATHERED_HOURS })) <= 0;
    if (due && fresh && gathered && (await freezeEdition(day, { now }))) closed.push(day.toString());
  }
  return closed;
}

/** Writes down the ranks of a day as they were at its closing. A day that is frozen already stays as it is: false. */
export async function freezeEdition(
  day: Temporal.PlainDate,
  { now, sample = false }: { now: Temporal.Instant; sample?: boolean },
): Promise<boolean> {
  const closedAt = closingOf(day, site);
  const places = await listOpenPlaces(day, closedAt);
  const ids = places.map(({ id }) => id);
  const totals = await listSourceTotals(ids, { until: closedAt });
  const ours = await countUpvotes(ids, { until: closedAt });
  return db.$transaction(async (tx) => {
    const edition = { day: toDbDate(day), closedAt: toDbTime(closedAt), frozenAt: toDbTime(now), sample };
    const { count } = await tx.edition.createMany({ data: [edition], skipDuplicates: true });
    if (count === 0) return false;
    await tx.editionEntry.createMany({
      data: places.map(({ id, rank, score, reasons }) => ({
        day: edition.day,
        paperId: id,
        rank: rank ?? 0,
        score,
        reasons,
        upvotes: (totals.get(id)?.upvotes ?? 0) + (ours.get(id) ?? 0),
      })),
    });
    return true;
  });
}

/** Days without an edition, and when a source first told of each. */
async function listOpenDays(): Promise<{ day: Temporal.PlainDate; metAt: Temporal.Instant }[]> {
  // Raw SQL because Prisma has no anti-join: days that a source listed and that have no edition yet.
  const rows = await db.$queryRaw<{ day: Date; metAt: Date }[]>`
    SELECT l.day, min(l.listed_at) AS "metAt" FROM listings AS l
    WHERE NOT EXISTS (SELECT 1 FROM editions AS e WHERE e.day = l.day) GROUP BY l.day ORDER BY l.day`;
  return rows.map(({ day, metAt }) => ({ day: fromDbDate(day), metAt: fromDbTime(metAt) }));
}
