import { onItsDay } from "#lib/editions/queries.ts";
import type { DayCount } from "#lib/editions/types.ts";
import { fromDbDate } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";

/**
 * How many papers each day has, late arrivals too, and how many upvotes these have by now, on the sources and here. From
 * `first` to `last`, both included, in order; days without papers are left out.
 */
export async function listDayCounts(first: Temporal.PlainDate, last: Temporal.PlainDate): Promise<DayCount[]> {
  // Postgres has no year 0, in which the weeks before the first days of all begin.
  const from = first.year < 1 ? "0001-01-01" : first.toString();
  // Raw SQL because of `onItsDay`, and because Prisma cannot take the latest count of each source.
  const rows = await db.$queryRaw<{ day: Date; papers: number; upvotes: number }[]>`
    WITH places AS (
      SELECT DISTINCT l.day, l.paper_id FROM listings AS l
      WHERE l.day BETWEEN ${from}::date AND ${last.toString()}::date AND ${onItsDay}
    ), latest AS (
      SELECT DISTINCT ON (paper_id, source) paper_id, value FROM signals
      WHERE kind = 'upvotes' AND paper_id IN (SELECT paper_id FROM places)
      ORDER BY paper_id, source, counts_at DESC, observed_at DESC
    ), totals AS (
      SELECT paper_id, sum(value) AS upvotes FROM (
        SELECT paper_id, value FROM latest
        UNION ALL SELECT paper_id, 1 FROM upvotes WHERE paper_id IN (SELECT paper_id FROM places)
      ) AS votes GROUP BY paper_id
    )
    SELECT day, count(*)::int AS papers, COALESCE(sum(upvotes), 0)::int AS upvotes
    FROM places LEFT JOIN totals USING (paper_id) GROUP BY day ORDER BY day`;
  return rows.map(({ day, ...counts }) => ({ day: fromDbDate(day).toString(), ...counts }));
}
