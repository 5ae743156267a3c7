import { Prisma } from "#generated/prisma/client.ts";
import { toSqlTime } from "#lib/platform/clock.ts";
import type { HandOverOutcome } from "#lib/platform/mailer.ts";

/** A mail that this process has claimed: `attempt` is its fence. A later claim has a higher one, and then ours counts no more. */
export type Claim = { id: string; attempt: number };

/** In seconds; lease and silence on the database's clock. */
export type Patience = {
  /** A claim that has not handed over by then is another worker's: its process has died. */
  lease: number;
  /** A mail that was handed over and not settled by then is uncertain. Longer than the mail server may take to answer. */
  silence: number;
  /** A mail that takes longer does not hold up those of other domains. */
  slow: number;
  /** A sweep of the timetable ends after that: one mail that hangs must not hold up what is asked for meanwhile. */
  sweep?: number;
};

export const patience: Patience = { lease: 45, silence: 15 * 60, slow: 2, sweep: 30 };

const RETRY_MINUTES = [1, 5, 15, 60, 120];

/** Which rows wait to be claimed: ordered by `due_at, id`, an index finds the first of them at once. */
export function waiting({ now }: { now: Temporal.Instant }): Prisma.Sql {
  const time = toSqlTime(now);
  return Prisma.sql`state = 'pending' AND due_at <= ${time}::timestamptz AND expires_at > ${time}::timestamptz`;
}

/** Which rows may be claimed beside those that wait: what a process claimed that died before it handed over. */
export function abandoned({ now, lease }: { now: Temporal.Instant } & Pick<Patience, "lease">): Prisma.Sql {
  return Prisma.sql`${orphaned(lease)} AND expires_at > ${toSqlTime(now)}::timestamptz`;
}

/** Which rows are, of these claims, still ours and not handed over. */
export function stillHeld(claims: readonly Claim[]): Prisma.Sql {
  return Prisma.sql`state = 'sending' AND handed_at IS NULL AND (id, attempt) IN (
    SELECT * FROM unnest(${claims.map(({ id }) => id)}::uuid[], ${claims.map(({ attempt }) => attempt)}::int[]))`;
}

/** What a claim writes, as a SET clause. */
export const claiming: Prisma.Sql = Prisma.sql`state = 'sending', attempt = attempt + 1, claimed_at = now()`;

/** What ends the mails that can not be sent any more, as SET and WHERE: handed over and never answered, or too late. */
export function closeOverdue({ now, lease, silence }: { now: Temporal.Instant } & Patience): Prisma.Sql {
  return Prisma.sql`
    SET settled_at = now(), state = CASE WHEN handed_at IS NULL THEN 'expired' ELSE 'uncertain' END
    WHERE state = 'sending' AND handed_at < now() - make_interval(secs => ${silence})
      OR expires_at <= ${toSqlTime(now)}::timestamptz AND (state = 'pending' OR ${orphaned(lease)})`;
}

function orphaned(lease: number): Prisma.Sql {
  return Prisma.sql`state = 'sending' AND handed_at IS NULL AND claimed_at < now() - make_interval(secs => ${lease})`;
}

/**
 * What a settled mail's row says, as the SET clause of an UPDATE that names the claim (id, attempt, state 'sending').
 * Without an answer the row itself decides: if it carries the mark, the mail may be out, and is never sent again.
 */
export function settlement(
  outcome: HandOverOutcome,
  { attempt, now, takenBack }: { attempt: number; now: Temporal.Instant; takenBack: "excluded" | "expired" },
): Prisma.Sql {
  const minutes = RETRY_MINUTES[Math.min(attempt, RETRY_MINUTES.length) - 1] ?? 1;
  const dueAt = toSqlTime(now.add({ minutes }));
  switch (outcome.outcome) {
    case "accepted":
      return Prisma.sql`state = 'sent', settled_at = now(), reply = ${outcome.reply}`;
    case "refused":
      return Prisma.sql`state = 'failed', settled_at = now(), handed_at = NULL, reply = ${outcome.reply}`;
    case "deferred":
      return Prisma.sql`state = 'pending', handed_at = NULL, due_at = ${dueAt}::timestamptz, reply = ${outcome.reply}`;
    case "fenced":
      return Prisma.sql`state = ${takenBack}, settled_at = now(), handed_at = NULL, reply = 'taken back before it was sent'`;
    case "unknown":
      return Prisma.sql`
        state = CASE WHEN handed_at IS NULL THEN 'pending' ELSE 'uncertain' END,
        settled_at = CASE WHEN handed_at IS NULL THEN NULL ELSE now() END,
        due_at = ${dueAt}::timestamptz, reply = ${outcome.reason}`;
  }
}
