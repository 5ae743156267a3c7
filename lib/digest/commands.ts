import { Prisma } from "#generated/prisma/client.ts";
import type { Period, PeriodKind } from "#lib/digest/period.ts";
import { mailable, zoneOf } from "#lib/digest/queries.ts";
import type { Choice } from "#lib/digest/types.ts";
import { fromDbDate, fromDbTime, toSqlTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import type { HandOverOutcome } from "#lib/platform/mailer.ts";
import {
  abandoned,
  type Claim,
  claiming,
  closeOverdue,
  type Patience,
  settlement,
  stillHeld,
  waiting,
} from "#lib/platform/sending-protocol.ts";

/** A delivery that this process has claimed, and what it needs to be sent: of which digest, for whom, and what was asked for. */
export type ClaimedDelivery = Claim & {
  period: Period;
  days: Temporal.PlainDate[];
  subscriberId: string;
  email: string;
  choice: Choice;
  plainText: boolean;
  /** Without a paper the mail says why; else it does not go. */
  explains: boolean;
  /** The date on which it was due by the reader's clock. */
  dueOn: Temporal.PlainDate;
};

type ClaimedRow = Claim & {
  kind: PeriodKind;
  day: Date;
  days: string[];
  subscriber_id: string;
  email: string;
  query: string;
  classes: string[];
  papers: number;
  plain_text: boolean;
  explains: boolean;
  due_at: Date;
  time_zone: string;
};

/** Takes up to `limit` deliveries that are due, or whose worker died before handing over, for this process; none to `avoid`ed domains. */
export async function claimDeliveries({
  now,
  limit,
  lease,
  digestId,
  avoid = [],
}: { now: Temporal.Instant; limit: number; digestId?: string | undefined; avoid?: readonly string[] } & Pick<
  Patience,
  "lease"
>): Promise<ClaimedDelivery[]> {
  const ofDigest = digestId ? Prisma.sql`digest_id = ${digestId}::uuid` : Prisma.sql`true`;
  const elsewhere =
    avoid.length > 0
      ? Prisma.sql`NOT EXISTS (SELECT 1 FROM subscribers AS s
          WHERE s.id = subscriber_id AND split_part(s.email_key, '@', 2) = ANY(${avoid}))`
      : Prisma.sql`true`;
  const only = Prisma.sql`${ofDigest} AND ${elsewhere}`;
  // Raw SQL because Prisma has no SKIP LOCKED.
  const rows = await db.$queryRaw<ClaimedRow[]>`
    WITH fresh AS (
      SELECT id FROM deliveries WHERE ${waiting({ now })} AND ${only}
      ORDER BY due_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED),
    orphans AS (
      SELECT id FROM deliveries WHERE ${abandoned({ now, lease })} AND ${only}
      LIMIT ${limit} - (SELECT count(*) FROM fresh) FOR UPDATE SKIP LOCKED),
    due AS (SELECT id FROM fresh UNION ALL SELECT id FROM orphans)
    UPDATE deliveries AS d SET ${claiming}
    FROM due, digests AS g, subscribers AS s
    WHERE d.id = due.id AND g.id = d.digest_id AND s.id = d.subscriber_id
    RETURNING d.id, d.attempt, g.kind, g.day, g.days::text[] AS days, d.subscriber_id, s.email, s.query, s.classes, s.papers,
      s.plain_text, s.empty_day = 'explain' OR d.asked_by = 'reader' AS explains, d.due_at, s.time_zone`;
  return rows.map(toClaimed);
}

/** Renews a claim whose mail takes long. */
export async function keepDelivery(claim: Claim): Promise<void> {
  // Raw SQL because of the database's clock.
  await db.$executeRaw`UPDATE deliveries SET claimed_at = now() WHERE ${stillHeld([claim])}`;
}

/** Gives back what was claimed and not begun. */
export async function releaseDeliveries(claims: readonly Claim[]): Promise<void> {
  // Raw SQL because the fence is checked in the same statement.
  await db.$executeRaw`UPDATE deliveries SET state = 'pending' WHERE ${stillHeld(claims)}`;
}

/**
 * The hand-over mark, awaited before the final dot. It is given at most once for a claim, and not to one that another worker
 * has taken over, nor for a reader who has just unsubscribed, begun a holiday, bounced or been erased: then nothing leaves.
 */
export async function markDeliveryHanded({
  id,
  attempt,
  dueOn,
}: Pick<ClaimedDelivery, "id" | "attempt" | "dueOn">): Promise<boolean> {
  // Raw SQL because mark and last check are one statement, on the database's clock.
  const marked = await db.$executeRaw`
    UPDATE deliveries AS d SET handed_at = now()
    WHERE d.id = ${id}::uuid AND d.attempt = ${attempt} AND d.state = 'sending' AND d.handed_at IS NULL
      AND EXISTS (SELECT 1 FROM subscribers AS s WHERE s.id = d.subscriber_id AND ${mailable}
        AND (d.asked_by = 'reader' OR s.paused_until IS NULL OR s.paused_until <= ${dueOn.toString()}::date))`;
  return marked === 1;
}

/** Writes down what became of a claimed delivery; a later claim by another worker is left alone. */
export async function settleDelivery(
  { id, attempt }: Claim,
  outcome: HandOverOutcome,
  { now }: { now: Temporal.Instant },
): Promise<void> {
  // Raw SQL because the row's own mark decides what silence means.
  await db.$executeRaw`
    UPDATE deliveries SET ${settlement(outcome, { attempt, now, takenBack: "excluded" })}
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'sending'`;
}

/** Ends what can not be sent any more: handed over and never answered, or still open when the next edition is due. */
export async function closeOverdueDeliveries(limits: { now: Temporal.Instant } & Patience): Promise<void> {
  // Raw SQL because of the database's clock.
  await db.$executeRaw`UPDATE deliveries ${closeOverdue(limits)}`;
}

/**
 * Forgets who got the digests of old: their deliveries go, how many ended how stays. The newest digest is left alone: somebody may
 * press "send me the latest edition". A sweep, a few digests at a time.
 */
export async function forgetOldDeliveries({
  now,
  days,
}: {
  now: Temporal.Instant;
  days: number;
}): Promise<{ forgotten: number }> {
  const before = toSqlTime(now.subtract({ hours: days * 24 }));
  // Raw SQL because rows must not go without their number. The digests are locked, as they are for who writes recipients.
  const forgotten = await db.$queryRaw<{ count: number }[]>`
    WITH old AS (
      SELECT id FROM digests AS g
      WHERE created_at < ${before}::timestamptz AND EXISTS (SELECT 1 FROM digests AS n WHERE n.kind = g.kind AND n.day > g.day)
        AND created_at < (SELECT max(created_at) FROM digests)
        AND EXISTS (SELECT 1 FROM deliveries AS d WHERE d.digest_id = g.id AND d.settled_at < ${before}::timestamptz)
      ORDER BY created_at LIMIT 10 FOR UPDATE),
    gone AS (
      DELETE FROM deliveries AS d USING old WHERE d.digest_id = old.id AND d.settled_at < ${before}::timestamptz
      RETURNING d.digest_id, d.asked_by, d.state)
    INSERT INTO digest_totals AS t (digest_id, asked_by, state, count)
    SELECT digest_id, asked_by, state, count(*) FROM gone GROUP BY digest_id, asked_by, state
    ON CONFLICT (digest_id, asked_by, state) DO UPDATE SET count = t.count + excluded.count
    RETURNING (SELECT count(*) FROM gone)::int AS count`;
  return { forgotten: forgotten[0]?.count ?? 0 };
}

function toClaimed({ kind, day, days, query, due_at, time_zone, ...row }: ClaimedRow): ClaimedDelivery {
  return {
    id: row.id,
    attempt: row.attempt,
    period: { kind, day: fromDbDate(day) },
    days: days.map((each) => Temporal.PlainDate.from(each)),
    subscriberId: row.subscriber_id,
    email: row.email,
    choice: { search: query, classes: row.classes, papers: row.papers },
    plainText: row.plain_text,
    explains: row.explains,
    dueOn: fromDbTime(due_at).toZonedDateTimeISO(zoneOf(time_zone)).toPlainDate(),
  };
}
