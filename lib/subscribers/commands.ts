import { requestLetter } from "#lib/letters/commands.ts";
import { toDbTime, toSqlTime } from "#lib/platform/clock.ts";
import { db, type Transaction } from "#lib/platform/db.ts";
import { type EmailAddress, parseEmailAddress } from "#lib/platform/email-address.ts";
import { keyedHash } from "#lib/platform/secret.ts";
import { lineToKeep } from "#lib/search/parse-query.ts";
import { expiryOf, readConfirmationToken, readUnsubscribeToken } from "#lib/subscribers/tokens.ts";
import type { Confirmation, FormVersion, Rhythm, Unsubscription } from "#lib/subscribers/types.ts";

/**
 * Asks for a subscription: to whole editions, or to the papers of a search. `asked` says nothing about the address: it may be new, waiting, subscribed or one that must not
 * be mailed, and the work done is the same. Who is subscribed already gets a letter that says so when it is opened.
 */
export async function requestSubscription({
  email,
  search = "",
  rhythm = "daily",
  formVersion,
  now,
}: {
  email: string;
  search?: string;
  rhythm?: Rhythm;
  formVersion: FormVersion;
  now: Temporal.Instant;
}): Promise<{ status: "asked" | "no-address" | "no-search" }> {
  const address = parseEmailAddress(email);
  if (!address) return { status: "no-address" };
  const query = lineToKeep(search);
  if (query === null) return { status: "no-search" };
  await db.$transaction(async (tx) => {
    const { id, silent } = await rememberRequest(tx, { address, query, rhythm, formVersion, now });
    const details = { subscriberId: id, requestedAt: now.toString(), about: query };
    await requestLetter({ kind: "confirm-subscription", email: address.email, details, now, silent }, tx);
  });
  return { status: "asked" };
}

/** The button of a confirmation letter's page. Confirming again changes nothing; a new opt-in ends a suppression. */
export async function confirmSubscription({
  token,
  now,
}: {
  token: string;
  now: Temporal.Instant;
}): Promise<Confirmation> {
  const ticket = readConfirmationToken(token);
  if (!ticket) return { status: "unknown" };
  if (Temporal.Instant.compare(now, expiryOf(ticket)) >= 0) return { status: "expired" };
  return db.$transaction(async (tx) => {
    // Raw SQL because the condition and the change must be one statement: two clicks at once confirm once.
    const [confirmed] = await tx.$queryRaw<{ email_hash: string }[]>`
      UPDATE subscribers SET status = 'active', confirmed_at = ${toSqlTime(now)}::timestamptz
      WHERE id = ${ticket.subscriberId}::uuid AND status <> 'active'
        AND (unsubscribed_at IS NULL OR unsubscribed_at < ${toSqlTime(ticket.requestedAt)}::timestamptz)
      RETURNING email_hash`;
    if (confirmed) {
      await tx.suppression.deleteMany({ where: { emailHash: confirmed.email_hash } });
      return { status: "confirmed" };
    }
    const known = await tx.subscriber.findUnique({ where: { id: ticket.subscriberId }, select: { status: true } });
    if (!known) return { status: "unknown" };
    // Older than an unsubscription: the link has lost its force.
    return { status: known.status === "active" ? "already-confirmed" : "expired" };
  });
}

/** Ends a subscription at once: what waits is not sent, and what is being sent is taken back if it is not out yet. */
export async function unsubscribe({ token, now }: { token: string; now: Temporal.Instant }): Promise<Unsubscription> {
  const id = readUnsubscribeToken(token);
  if (!id) return { status: "unknown" };
  return db.$transaction(async (tx) => {
    const { count } = await tx.subscriber.updateMany({
      where: { id, status: { not: "unsubscribed" } },
      data: { status: "unsubscribed", unsubscribedAt: toDbTime(now) },
    });
    if (count === 0) {
      const known = await tx.subscriber.count({ where: { id } });
      return { status: known > 0 ? "already-unsubscribed" : "unknown" };
    }
    return { status: "unsubscribed" };
  });
}

/** The way back on the unsubscription page, for who pressed by mistake. The confirmation of old is proof enough. */
export async function subscribeAgain({
  token,
  now,
}: {
  token: string;
  now: Temporal.Instant;
}): Promise<{ status: "subscribed" | "unknown" }> {
  const id = readUnsubscribeToken(token);
  if (!id) return { status: "unknown" };
  const { count } = await db.subscriber.updateMany({
    where: { id, status: "unsubscribed", confirmedAt: { not: null } },
    data: { status: "active", confirmedAt: toDbTime(now) },
  });
  return { status: count > 0 || (await isActive(id)) ? "subscribed" : "unknown" };
}

/** Forgets addresses that were never confirmed. A sweep. */
export async function expirePending({
  now,
  days,
}: {
  now: Temporal.Instant;
  days: number;
}): Promise<{ expired: number }> {
  const before = toDbTime(now.subtract({ hours: days * 24 }));
  const { count } = await db.subscriber.deleteMany({ where: { status: "pending", requestedAt: { lte: before } } });
  return { expired: count };
}

async function isActive(id: string): Promise<boolean> {
  return (await db.subscriber.count({ where: { id, status: "active" } })) > 0;
}

/** `silent`: no letter goes to an address that bounced or complained. One whose owner had us erase it may ask again. */
async function rememberRequest(
  tx: Transaction,
  {
    address,
    query,
    rhythm,
    formVersion,
    now,
  }: { address: EmailAddress; query: string; rhythm: Rhythm; formVersion: FormVersion; now: Temporal.Instant },
): Promise<{ id: string; silent: boolean }> {
  const hash = keyedHash("suppression", address.key);
  // Raw SQL because what is kept depends on the row that is there: the proof of an active subscriber is never overwritten.
  const [row] = await tx.$queryRaw<{ id: string; silent: boolean }[]>`
    INSERT INTO subscribers AS s (email, email_key, email_hash, query, rhythm, form_version, requested_at)
    VALUES (${address.email}, ${address.key}, ${hash}, ${query}, ${rhythm}, ${formVersion}, ${toSqlTime(now)}::timestamptz)
    ON CONFLICT (email_key, query) DO UPDATE SET
      rhythm = CASE WHEN s.status = 'active' THEN s.rhythm ELSE excluded.rhythm END,
      form_version = CASE WHEN s.status = 'active' THEN s.form_version ELSE excluded.form_version END,
      requested_at = CASE WHEN s.status = 'active' THEN s.requested_at ELSE excluded.requested_at END
    RETURNING id, EXISTS (
      SELECT 1 FROM suppressions WHERE email_hash = ${hash} AND reason IN ('bounced', 'complained')) AS silent`;
  if (!row) throw new Error("A subscription request was neither new nor known.");
  return row;
}
