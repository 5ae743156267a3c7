import { listClassesOf, listDaysOf, listIdleSearches } from "#lib/digest/contents/queries.ts";
import { mailableFrom, periodsToMail } from "#lib/digest/mailing-time.ts";
import { nameOf, type Period } from "#lib/digest/period.ts";
import { mailable } from "#lib/digest/queries.ts";
import {
  clockTable,
  type DueClock,
  isExplanationWanted,
  listDueClocks,
  listUnprepared,
  ofRhythm,
  type Substance,
  sameClock,
  wanting,
} from "#lib/digest/recipients/queries.ts";
import { findLatestFrozenDay } from "#lib/editions/queries.ts";
import { findSendsFrom } from "#lib/mailing/queries.ts";
import { toDbTime, toSqlTime } from "#lib/platform/clock.ts";
import { db, type Transaction } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";
import { findLastGather } from "#lib/sources/queries.ts";

/** A digest whose recipients were written down: candidates = deliveries + excluded. `digest` is its name. */
export type PreparedDigest = { digest: string; candidates: number; excluded: number };

/** A list of many thousands takes longer to write than Prisma's five seconds. */
const longTransaction = { timeout: 120_000, maxWait: 10_000 };

// A week or month that waits for one of its days does so no longer: it is mailed as far as it is frozen.
const PATIENCE_HOURS = 24;

/**
 * Writes down who gets each digest that is due by the timetable, and when, all of one in one transaction and never again:
 * candidates = deliveries + excluded. A digest is begun when the first of its readers' clocks says so, and not when all of them
 * say that it is too late; who confirmed after it was due gets the next one. What is not frozen yet, a sample, or empty where
 * nobody wants to hear of it, is no digest.
 */
export async function prepareDueDigests({ now }: { now: Temporal.Instant }): Promise<PreparedDigest[]> {
  const unprepared = await listUnprepared(periodsToMail(now, site));
  const sendsFrom = unprepared.length > 0 ? await findSendsFrom() : null;
  const prepared: PreparedDigest[] = [];
  for (const period of unprepared) {
    const clocks = await listDueClocks(period);
    const open = clocks.filter(
      ({ dueAt, expiresAt, isAwaited }) => isAwaited && isBefore(now, expiresAt) && !isBefore(dueAt, sendsFrom),
    );
    const first = open.map(({ dueAt }) => dueAt).toSorted(Temporal.Instant.compare)[0];
    if (!first || isBefore(now, first)) continue;
    const days = await findDueDays(period, { first, now });
    const done = days && (await writeRecipients(period, { days, clocks, sendsFrom, now }));
    if (done) prepared.push(done);
  }
  return prepared;
}

/**
 * The operator's: a delivery at once for every confirmed subscriber who asked for such digests and has not had this one. What
 * failed or expired before is tried again; what is uncertain may have arrived, and is not. `forgotten`: who had it is not known any
 * more, so nobody can be asked for.
 */
export async function prepareDigestNow({
  period,
  days,
  now,
}: {
  period: Period;
  days: readonly Temporal.PlainDate[];
  now: Temporal.Instant;
}): Promise<{ status: "prepared"; digestId: string; recipients: number } | { status: "forgotten" }> {
  const clocks = await listDueClocks(period, { dueAt: now, expiresAt: now.add({ hours: 24 }) });
  const substance = await findSubstance(days, { now });
  return db.$transaction(async (tx) => {
    const digest = await openDigest(tx, { period, days, now });
    if ((await tx.digestTotal.count({ where: { digestId: digest.id } })) > 0) return { status: "forgotten" };
    // Raw SQL because the recipients are chosen by the database.
    const recipients = await tx.$executeRaw`
      INSERT INTO deliveries AS d (digest_id, subscriber_id, asked_by, due_at, expires_at)
      SELECT ${digest.id}::uuid, s.id, 'operator', c.due_at, c.expires_at
      FROM subscribers AS s JOIN ${clockTable(clocks)} AS c ON ${sameClock}
      WHERE ${ofRhythm(period)} AND ${wanting(substance)}
      ON CONFLICT (digest_id, subscriber_id) DO UPDATE SET
        state = 'pending', asked_by = 'operator', due_at = excluded.due_at, expires_at = excluded.expires_at,
        settled_at = NULL, handed_at = NULL, reply = NULL
      WHERE d.state IN ('pending', 'failed', 'expired', 'excluded')`;
    return { status: "prepared", digestId: digest.id, recipients };
  }, longTransaction);
}

/**
 * The button of a reader of whole editions: the latest frozen one once, never a second time, whatever the rhythm, and also in a
 * holiday.
 */
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
    const digest = await openDigest(tx, { period: { kind: "day", day }, days: [day], now });
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

/** What of these days there is to say, and to whom it says nothing. */
export async function findSubstance(
  days: readonly Temporal.PlainDate[],
  { now }: { now: Temporal.Instant },
): Promise<Substance> {
  const [idleSearches, classes] = await Promise.all([listIdleSearches(days, { now }), listClassesOf(days)]);
  return { papers: days.length, idleSearches, classes };
}

/** The days that a due digest is made of: none for a period without papers, of which somebody wants to be told. Null: not yet, or not at all. */
async function findDueDays(
  period: Period,
  { first, now }: { first: Temporal.Instant; now: Temporal.Instant },
): Promise<Temporal.PlainDate[] | null> {
  const { printed, open, sample } = await listDaysOf(period);
  const waits = period.kind === "day" || isBefore(now, first.add({ hours: PATIENCE_HOURS }));
  if (open > 0 && waits) return null;
  if (printed.length > 0) return printed;
  // Whether nothing was announced is known when the sources were read whole after the closing.
  const gatheredAt = sample || open > 0 || !(await isExplanationWanted(period)) ? null : await findLastGather();
  return gatheredAt && !isBefore(gatheredAt, mailableFrom(period, site)) ? [] : null;
}

async function writeRecipients(
  period: Period,
  {
    days,
    clocks,
    sendsFrom,
    now,
  }: { days: Temporal.PlainDate[]; clocks: DueClock[]; sendsFrom: Temporal.Instant | null; now: Temporal.Instant },
): Promise<PreparedDigest | null> {
  const substance = await findSubstance(days, { now });
  const earliest = toSqlTime(sendsFrom ?? Temporal.Instant.fromEpochMilliseconds(0));
  return db.$transaction(async (tx) => {
    const digest = await openDigest(tx, { period, days, now });
    if (digest.prepared) return null;
    // Raw SQL because the list and its count must be one statement over one snapshot.
    const [count] = await tx.$queryRaw<{ candidates: number; excluded: number; written: number }[]>`
      WITH candidates AS (
        SELECT s.id, c.due_at, c.expires_at, ${wanting(substance)} AND c.due_at >= ${earliest}::timestamptz AND NOT EXISTS (
          SELECT 1 FROM deliveries AS d WHERE d.digest_id = ${digest.id}::uuid AND d.subscriber_id = s.id) AS included
        FROM subscribers AS s LEFT JOIN ${clockTable(clocks)} AS c ON ${sameClock}
        WHERE s.status = 'active' AND ${ofRhythm(period)} AND (c.due_at IS NULL OR s.confirmed_at <= c.due_at)),
      written AS (
        INSERT INTO deliveries (digest_id, subscriber_id, asked_by, due_at, expires_at)
        SELECT ${digest.id}::uuid, id, 'timetable', due_at, expires_at
        FROM candidates WHERE included AND due_at IS NOT NULL ON CONFLICT DO NOTHING RETURNING 1)
      SELECT (SELECT count(*) FROM candidates)::int AS candidates,
        (SELECT count(*) FROM candidates WHERE NOT included)::int AS excluded,
        (SELECT count(*) FROM written)::int AS written`;
    // Somebody pressed "send me the latest edition" or chose another hour in between: all is undone, and counted anew by the next sweep.
    if (!count || count.candidates !== count.written + count.excluded) throw new Error("The recipients changed.");
    const { candidates, excluded } = count;
    await tx.digest.update({ where: { id: digest.id }, data: { preparedAt: toDbTime(now), candidates, excluded } });
    return { digest: nameOf(period), candidates, excluded };
  }, longTransaction);
}

/** The digest of a period, made of these days if it is new, and locked until the transaction ends. */
async function openDigest(
  tx: Transaction,
  { period: { kind, day }, days, now }: { period: Period; days: readonly Temporal.PlainDate[]; now: Temporal.Instant },
): Promise<{ id: string; prepared: boolean }> {
  // Raw SQL because two workers may meet here: one makes the row, both then wait for its lock in turn. An empty day that was
  // explained, and filled by a back-fill since, is made of that edition from now on.
  await tx.$executeRaw`
    INSERT INTO digests (kind, day, days, created_at)
    VALUES (${kind}, ${day.toString()}::date, ${days.map(String)}::date[], ${toSqlTime(now)}::timestamptz)
    ON CONFLICT (kind, day) DO UPDATE SET days = excluded.days WHERE digests.days = '{}'`;
  const [digest] = await tx.$queryRaw<{ id: string; prepared: boolean }[]>`
    SELECT id, prepared_at IS NOT NULL AS prepared FROM digests WHERE kind = ${kind} AND day = ${day.toString()}::date FOR UPDATE`;
  if (!digest) throw new Error(`The digest of ${day} was made and is not there.`);
  return digest;
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant | null): boolean {
  return b !== null && Temporal.Instant.compare(a, b) < 0;
}
