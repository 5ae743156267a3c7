import { Prisma } from "#generated/prisma/client.ts";
import { dayToMail, mailingOf } from "#lib/digest/mailing-time.ts";
import { listIdleSearches, mailable } from "#lib/digest/queries.ts";
import { findLatestFrozenDay } from "#lib/editions/queries.ts";
import { findSendsFrom } from "#lib/mailing/queries.ts";
import { fromDbDate, toDbDate, toDbTime, toSqlTime } from "#lib/platform/clock.ts";
import { db, type Transaction } from "#lib/platform/db.ts";
import type { HandOverOutcome } from "#lib/platform/mailer.ts";
import {
  type Claim,
  claimable,
  claiming,
  closeOverdue,
  type Patience,
  settlement,
} from "#lib/platform/sending-protocol.ts";
import { site } from "#lib/platform/site-config.ts";

/** A delivery that this process has claimed, and what it needs to be sent. */
export type ClaimedDelivery = Claim & { day: Temporal.PlainDate; subscriberId: string; email: string; search: string };

/** A list of many thousands takes longer to write than Prisma's five seconds. */
const longTransaction = { timeout: 120_000, maxWait: 10_000 };

/**
 * Writes down who gets the digest that is due by the timetable, all in one transaction, and never again for that day:
 * candidates = deliveries + excluded. Nothing is due, or the edition is not frozen, is a sample or is empty: null.
 */
export async function prepareDueDigest({
  now,
}: {
  now: Temporal.Instant;
}): Promise<{ day: string; candidates: number; excluded: number } | null> {
  const day = dayToMail(now, site);
  if (!day || (await isPrepared(day)) || !(await isMailable(day))) return null;
  const sendsFrom = await findSendsFrom();
  if (sendsFrom && Temporal.Instant.compare(mailingOf(day, site), sendsFrom) < 0) return null;
  const expiresAt = mailingOf(day.add({ days: 1 }), site);
  const idle = await listIdleSearches(day, { now });
  return db.$transaction(async (tx) => {
    const digest = await openDigest(tx, { day, now });
    if (digest.prepared) return null;
    // Raw SQL because the list and its count must be one statement over one snapshot.
    const [count] = await tx.$queryRaw<{ candidates: number; excluded: number; written: number }[]>`
      WITH candidates AS (
        SELECT s.id, (${mailable}) AND s.query <> ALL(${idle}) AND NOT EXISTS (
          SELECT 1 FROM deliveries AS d WHERE d.digest_id = ${digest.id}::uuid AND d.subscriber_id = s.id) AS included
        FROM subscribers AS s WHERE s.status = 'active'),
      written AS (
        INSERT INTO deliveries (digest_id, subscriber_id, asked_by, due_at, expires_at)
        SELECT ${digest.id}::uuid, id, 'timetable', ${toSqlTime(now)}::timestamptz, ${toSqlTime(expiresAt)}::timestamptz
        FROM candidates WHERE included ON CONFLICT DO NOTHING RETURNING 1)
      SELECT (SELECT count(*) FROM candidates)::int AS candidates,
        (SELECT count(*) FROM candidates WHERE NOT included)::int AS excluded,
        (SELECT count(*) FROM written)::int AS written`;
    // Somebody pressed "send me the latest edition" in between: everything is undone and counted anew by the next sweep.
    if (!count || count.candidates !== count.written + count.excluded) throw new Error("The recipients changed.");
    const { candidates, excluded } = count;
    await tx.digest.update({ where: { id: digest.id }, data: { preparedAt: toDbTime(now), candidates, excluded } });
    return { day: day.toString(), candidates, excluded };
  }, longTransaction);
}

/**
 * The operator's: a delivery at once for every confirmed subscriber who has not had this edition. What failed or expired
 * before is tried again; what is uncertain may have arrived, and is not.
 */
export async function prepareDigestNow({
  day,
  now,
}: {
  day: Temporal.PlainDate;
  now: Temporal.Instant;
}): Promise<{ digestId: string; recipients: number }> {
  const expiresAt = toSqlTime(now.add({ hours: 24 }));
  const idle = await listIdleSearches(day, { now });
  return db.$transaction(async (tx) => {
    const digest = await openDigest(tx, { day, now });
    // Raw SQL because the recipients are chosen by the database.
    const recipients = await tx.$executeRaw`
      INSERT INTO deliveries AS d (digest_id, subscriber_id, asked_by, due_at, expires_at)
      SELECT ${digest.id}::uuid, s.id, 'operator', ${toSqlTime(now)}::timestamptz, ${expiresAt}::timestamptz
      FROM subscribers AS s WHERE ${mailable} AND s.query <> ALL(${idle})
      ON CONFLICT (digest_id, subscriber_id) DO UPDATE SET
        state = 'pending', asked_by = 'operator', due_at = excluded.due_at, expires_at = excluded.expires_at,
        settled_at = NULL, handed_at = NULL, reply = NULL
      WHERE d.state IN ('pending', 'failed', 'expired', 'excluded')`;
    return { digestId: digest.id, recipients };
  }, longTransaction);
}

/** The button of a reader of whole editions: the latest frozen one once, never a second time. */
export async function requestLatestDigest({
  subscriberId,
  now,
}: {
  subscriberId: string;
  now: Temporal.Instant;
}): Promise<{ status: "requested" | "had-it"; day: string } | { status: "no-edition" | "not-subscribed" }> {
  const day = await findLatestFrozenDay();
  if (!day) return { status: "no-edition" };
  return db.$transaction(async (tx) => {
    const digest = await openDigest(tx, { day, now });
    // Raw SQL because only who may be mailed gets a row, and the key decides whether it is the first.
    const written = await tx.$executeRaw`
      INSERT INTO deliveries (digest_id, subscriber_id, asked_by, due_at, expires_at)
      SELECT ${digest.id}::uuid, s.id, 'reader', ${toSqlTime(now)}::timestamptz, ${toSqlTime(now.add({ hours: 24 }))}::timestamptz
      FROM subscribers AS s WHERE s.id = ${subscriberId}::uuid AND s.query = '' AND ${mailable} ON CONFLICT DO NOTHING`;
    if (written > 0) return { status: "requested", day: day.toString() };
    const had = await tx.delivery.count({ where: { digestId: digest.id, subscriberId } });
    return had > 0 ? { status: "had-it", day: day.toString() } : { status: "not-subscribed" };
  });
}

/** Takes up to `limit` deliveries that are due, or whose worker died before handing over, for this process. */
export async function claimDeliveries({
  now,
  limit,
  lease,
  digestId,
}: { now: Temporal.Instant; limit: number; digestId?: string } & Pick<Patience, "lease">): Promise<ClaimedDelivery[]> {
  const only = digestId ? Prisma.sql`digest_id = ${digestId}::uuid` : Prisma.sql`true`;
  // Raw SQL because Prisma has no SKIP LOCKED.
  const rows = await db.$queryRaw<
    { id: string; attempt: number; day: Date; subscriber_id: string; email: string; search: string }[]
  >`
    WITH due AS (
      SELECT id FROM deliveries
      WHERE ${only} AND ${claimable({ now, lease })}
      ORDER BY due_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE deliveries AS d SET ${claiming}
    FROM due, digests AS g, subscribers AS s
    WHERE d.id = due.id AND g.id = d.digest_id AND s.id = d.subscriber_id
    RETURNING d.id, d.attempt, g.day, d.subscriber_id, s.email, s.query AS search`;
  return rows.map(({ subscriber_id, day, ...row }) => ({ ...row, subscriberId: subscriber_id, day: fromDbDate(day) }));
}

/**
 * The hand-over mark, awaited before the final dot. It is given at most once for a claim, and not to one that another worker
 * has taken over, nor for a reader who has just unsubscribed, bounced or been erased: then nothing leaves.
 */
export async function markDeliveryHanded({ id, attempt }: Claim): Promise<boolean> {
  // Raw SQL because mark and last check are one statement, on the database's clock.
  const marked = await db.$executeRaw`
    UPDATE deliveries AS d SET handed_at = now()
    WHERE d.id = ${id}::uuid AND d.attempt = ${attempt} AND d.state = 'sending' AND d.handed_at IS NULL
      AND EXISTS (SELECT 1 FROM subscribers AS s WHERE s.id = d.subscriber_id AND ${mailable})`;
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

async function isPrepared(day: Temporal.PlainDate): Promise<boolean> {
  return (await db.digest.count({ where: { day: toDbDate(day), preparedAt: { not: null } } })) > 0;
}

/** A digest is made of a frozen edition of real papers that has some. */
async function isMailable(day: Temporal.PlainDate): Promise<boolean> {
  const where = { day: toDbDate(day), sample: false, entries: { some: {} } };
  return (await db.edition.count({ where })) > 0;
}

/** The digest of a day, made if need be and locked until the transaction ends. */
async function openDigest(
  tx: Transaction,
  { day, now }: { day: Temporal.PlainDate; now: Temporal.Instant },
): Promise<{ id: string; prepared: boolean }> {
  // Raw SQL because two workers may meet here: one makes the row, both then wait for its lock in turn.
  await tx.$executeRaw`
    INSERT INTO digests (day, created_at) VALUES (${day.toString()}::date, ${toSqlTime(now)}::timestamptz)
    ON CONFLICT (day) DO NOTHING`;
  const [digest] = await tx.$queryRaw<{ id: string; prepared: boolean }[]>`
    SELECT id, prepared_at IS NOT NULL AS prepared FROM digests WHERE day = ${day.toString()}::date FOR UPDATE`;
  if (!digest) throw new Error(`The digest of ${day} was made and is not there.`);
  return digest;
}
