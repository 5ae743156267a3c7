import { Prisma } from "#generated/prisma/client.ts";
import { dueOf, expiryOf, rhythmsOf } from "#lib/digest/mailing-time.ts";
import type { Period } from "#lib/digest/period.ts";
import { mailable, zoneOf } from "#lib/digest/queries.ts";
import { toDbDate, toSqlTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";

/** When a digest is due by one of the clocks that its readers have set, and until when it is of use. `dueOn`: the date there. */
export type DueClock = {
  hour: number | null;
  timeZone: string;
  dueAt: Temporal.Instant;
  dueOn: Temporal.PlainDate;
  expiresAt: Temporal.Instant;
  /** Whether somebody has confirmed by then: it is not for those who came later. */
  isAwaited: boolean;
};

/** Of these periods, those whose recipients are not written down yet. */
export async function listUnprepared(periods: readonly Period[]): Promise<Period[]> {
  const rows = await db.digest.findMany({
    where: { preparedAt: { not: null }, OR: periods.map(({ kind, day }) => ({ kind, day: toDbDate(day) })) },
    select: { kind: true, day: true },
  });
  const prepared = new Set(rows.map(({ kind, day }) => `${kind} ${day.toISOString().slice(0, 10)}`));
  return periods.filter(({ kind, day }) => !prepared.has(`${kind} ${day}`));
}

/** The clocks of those who asked for digests of such a period. With `at`, the digest is due then, whatever they say. */
export async function listDueClocks(
  period: Period,
  at?: { dueAt: Temporal.Instant; expiresAt: Temporal.Instant },
): Promise<DueClock[]> {
  const rows = await db.subscriber.groupBy({
    by: ["hour", "timeZone"],
    where: { status: "active", rhythm: { in: rhythmsOf(period) } },
    _min: { confirmedAt: true },
  });
  return rows.map(({ _min: { confirmedAt: first }, ...clock }) => {
    const timeZone = zoneOf(clock.timeZone);
    const reader = { hour: clock.hour, timeZone };
    const { dueAt, expiresAt } = at ?? {
      dueAt: dueOf(period, reader, site),
      expiresAt: expiryOf(period, reader, site),
    };
    const dueOn = dueAt.toZonedDateTimeISO(timeZone).toPlainDate();
    return {
      ...clock,
      dueAt,
      dueOn,
      expiresAt,
      isAwaited: first !== null && first.getTime() <= dueAt.epochMilliseconds,
    };
  });
}

/** Whether anybody who asked for such digests wants to be told that there is no paper. */
export async function isExplanationWanted(period: Period): Promise<boolean> {
  const where = { status: "active", rhythm: { in: rhythmsOf(period) }, emptyDay: "explain" };
  return (await db.subscriber.count({ where, take: 1 })) > 0;
}

/** Some clocks as a table for raw SQL. */
export function clockTable(clocks: readonly DueClock[]): Prisma.Sql {
  const column = (of: (clock: DueClock) => string) => clocks.map(of);
  // -1 stands for the site's own hour: in SQL, no null is like another.
  return Prisma.sql`(SELECT * FROM unnest(${clocks.map(({ hour }) => hour ?? -1)}::int[], ${column(({ timeZone }) => timeZone)}::text[],
    ${column(({ dueAt }) => toSqlTime(dueAt))}::timestamptz[], ${column(({ dueOn }) => dueOn.toString())}::date[],
    ${column(({ expiresAt }) => toSqlTime(expiresAt))}::timestamptz[]) AS t(hour, time_zone, due_at, due_on, expires_at))`;
}

/** How the table of clocks `AS c` is joined to `subscribers AS s`. */
export const sameClock = Prisma.sql`c.hour = COALESCE(s.hour, -1) AND c.time_zone = s.time_zone`;

/** What a digest has to say, for the choice of those to whom it says something. */
export type Substance = { papers: number; idleSearches: readonly string[]; classes: readonly string[] };

/**
 * Who gets a digest, of `subscribers AS s` with their clock `AS c`: may be mailed, has no holiday on that date, and has papers in
 * it, or wants to be told that there are none.
 */
export function wanting({ papers, idleSearches, classes }: Substance): Prisma.Sql {
  return Prisma.sql`((${mailable}) AND (s.paused_until IS NULL OR s.paused_until <= c.due_on)
    AND (s.empty_day = 'explain' OR ${papers > 0} AND s.query <> ALL(${[...idleSearches]}::text[])
      AND (s.classes = '{}' OR s.classes && ${[...classes]}::text[])))`;
}

/** Those who asked for digests of such a period. */
export function ofRhythm(period: Period): Prisma.Sql {
  return Prisma.sql`s.rhythm = ANY(${rhythmsOf(period)}::text[])`;
}

/** How many would get a digest by the operator's command: those it is for, without it so far. */
export async function countWaitingFor(
  period: Period,
  { substance, now }: { substance: Substance; now: Temporal.Instant },
): Promise<number> {
  const clocks = await listDueClocks(period, { dueAt: now, expiresAt: now });
  // Raw SQL because of the condition over other rows.
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM subscribers AS s JOIN ${clockTable(clocks)} AS c ON ${sameClock}
    WHERE ${ofRhythm(period)} AND ${wanting(substance)}
      AND NOT EXISTS (SELECT 1 FROM deliveries AS d JOIN digests AS g ON g.id = d.digest_id WHERE d.subscriber_id = s.id
        AND g.kind = ${period.kind} AND g.day = ${period.day.toString()}::date AND d.state IN ('sending', 'sent', 'uncertain'))`;
  return row?.waiting ?? 0;
}
