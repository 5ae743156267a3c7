import type { LetterDetails, LetterKind, LetterRequest } from "#lib/letters/types.ts";
import { fromDbTime, toDbTime, toSqlTime } from "#lib/platform/clock.ts";
import { db, type Transaction } from "#lib/platform/db.ts";
import { parseEmailAddress } from "#lib/platform/email-address.ts";
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

/**
 * `oncePerDay`: within 24 hours of one for the same address about the same thing, another is not written, nor a sixth about
 * anything: a form must not be a way to flood somebody.
 */
const rules = {
  "sign-in": { useful: { minutes: 10 }, oncePerDay: false },
  "confirm-subscription": { useful: { hours: 24 }, oncePerDay: true },
} satisfies Record<LetterKind, { useful: Temporal.DurationLike; oncePerDay: boolean }>;

const mostPerDay = 5;

type LetterAsked = {
  kind: LetterKind;
  email: string;
  details: LetterDetails;
  now: Temporal.Instant;
  silent?: boolean;
};

/**
 * Asks for a letter; the next sweep writes and sends it. `about` tells letters of a kind apart. `had-one`: this address got one
 * of the kind about it, or as many as one may get, within the day. `silent`: the same work, and no letter; who asks for somebody
 * else must not learn from the time it takes what we know of the address.
 */
export async function requestLetter(
  asked: LetterAsked,
  transaction?: Transaction,
): Promise<{ status: "requested" | "had-one" }> {
  if (!transaction) return db.$transaction((tx) => requestLetter(asked, tx));
  const { kind, email, details, now, silent = false } = asked;
  const key = parseEmailAddress(email)?.key ?? email.trim().toLowerCase();
  const { useful, oncePerDay } = rules[kind];
  // Raw SQL because Prisma knows no advisory lock. Without it two requests at once would each see no letter yet.
  await transaction.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`letter:${kind}:${key}`}, 0))::text`;
  // Raw SQL because the condition and the row must be one statement.
  const since = toSqlTime(now.subtract({ hours: 24 }));
  const written = await transaction.$executeRaw`
    INSERT INTO letter_requests (kind, email, email_key, details, requested_at, due_at, expires_at)
    SELECT ${kind}, ${email}, ${key}, ${JSON.stringify(details)}::jsonb, ${toSqlTime(now)}::timestamptz,
      ${toSqlTime(now)}::timestamptz, ${toSqlTime(now.add(useful))}::timestamptz
    WHERE NOT ${silent} AND (NOT ${oncePerDay} OR (
      SELECT count(*) < ${mostPerDay} AND NOT COALESCE(bool_or(COALESCE(details->>'about', '') = ${details.about ?? ""}), false)
      FROM letter_requests
      WHERE kind = ${kind} AND email_key = ${key} AND state <> 'failed' AND requested_at > ${since}::timestamptz))`;
  return { status: written === 1 ? "requested" : "had-one" };
}

/** Takes up to `limit` letters that are due, or whose worker died before handing over, for this process; none to `avoid`ed domains. */
export async function claimLetters({
  now,
  limit,
  lease,
  avoid = [],
}: { now: Temporal.Instant; limit: number; avoid?: readonly string[] } & Pick<Patience, "lease">): Promise<
  (Claim & LetterRequest & { kind: string })[]
> {
  // Raw SQL because Prisma has no SKIP LOCKED.
  const rows = await db.$queryRaw<LetterRow[]>`
    WITH due AS (
      SELECT id FROM letter_requests
      WHERE (${waiting({ now })} OR ${abandoned({ now, lease })})
        AND split_part(email_key, '@', 2) <> ALL(${avoid})
      ORDER BY due_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE letter_requests AS l SET ${claiming}
    FROM due WHERE l.id = due.id
    RETURNING l.id, l.attempt, l.kind, l.email, l.details, l.requested_at`;
  return rows.map(({ requested_at, ...row }) => ({ ...row, requestedAt: fromDbTime(requested_at) }));
}

/** Renews a claim whose mail takes long. */
export async function keepLetter(claim: Claim): Promise<void> {
  // Raw SQL because of the database's clock.
  await db.$executeRaw`UPDATE letter_requests SET claimed_at = now() WHERE ${stillHeld([claim])}`;
}

/** Gives back what was claimed and not begun. */
export async function releaseLetters(claims: readonly Claim[]): Promise<void> {
  // Raw SQL because the fence is checked in the same statement.
  await db.$executeRaw`UPDATE letter_requests SET state = 'pending' WHERE ${stillHeld(claims)}`;
}

/** The mark before the final dot. False: another worker has it, or it is gone. */
export async function markLetterHanded({ id, attempt }: Claim): Promise<boolean> {
  // Raw SQL because the mark is the database's to give, on its clock.
  const marked = await db.$executeRaw`
    UPDATE letter_requests SET handed_at = now()
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'sending' AND handed_at IS NULL`;
  return marked === 1;
}

/** Writes down what became of a claimed letter; a later claim by another worker is left alone. */
export async function settleLetter(
  { id, attempt }: Claim,
  outcome: HandOverOutcome,
  { now }: { now: Temporal.Instant },
): Promise<void> {
  // Raw SQL because the row's own mark decides what silence means.
  await db.$executeRaw`
    UPDATE letter_requests SET ${settlement(outcome, { attempt, now, takenBack: "expired" })}
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'sending'`;
}

/** Ends what can not be sent any more: handed over and never answered, or too late to be of use. */
export async function closeOverdueLetters(limits: { now: Temporal.Instant } & Patience): Promise<void> {
  // Raw SQL because of the database's clock.
  await db.$executeRaw`UPDATE letter_requests ${closeOverdue(limits)}`;
}

/** Forgets who asked for what: an address is kept no longer than it takes to answer "did you mail me?". A sweep. */
export async function forgetOldLetters({
  now,
  days,
}: {
  now: Temporal.Instant;
  days: number;
}): Promise<{ forgotten: number }> {
  const before = toDbTime(now.subtract({ hours: days * 24 }));
  const { count } = await db.letterRequest.deleteMany({
    where: { requestedAt: { lt: before }, state: { notIn: ["pending", "sending"] } },
  });
  return { forgotten: count };
}

type LetterRow = {
  id: string;
  attempt: number;
  kind: string;
  email: string;
  details: LetterDetails;
  requested_at: Date;
};
