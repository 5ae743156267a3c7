import { db } from "#lib/platform/db.ts";
import { keyedHash } from "#lib/platform/secret.ts";
import { expiryOf, readConfirmationToken, readUnsubscribeToken } from "#lib/subscribers/tokens.ts";

/** What the page of a confirmation link shows. `waiting`: the button has not been pressed. `search`: empty for whole editions. */
export type SubscriptionRequest =
  | { status: "waiting"; search: string }
  | { status: "active"; subscriberId: string; search: string }
  | { status: "expired" | "unknown" };

/** Reads only: mail scanners open every link. */
export async function findSubscriptionRequest(
  token: string,
  { now }: { now: Temporal.Instant },
): Promise<SubscriptionRequest> {
  const ticket = readConfirmationToken(token);
  if (!ticket) return { status: "unknown" };
  const row = await db.subscriber.findUnique({
    where: { id: ticket.subscriberId },
    select: { id: true, query: true, status: true, unsubscribedAt: true },
  });
  if (row?.status === "active") return { status: "active", subscriberId: row.id, search: row.query };
  if (Temporal.Instant.compare(now, expiryOf(ticket)) >= 0) return { status: "expired" };
  if (!row) return { status: "unknown" };
  const ended = row.unsubscribedAt !== null && row.unsubscribedAt.getTime() >= ticket.requestedAt.epochMilliseconds;
  return ended ? { status: "expired" } : { status: "waiting", search: row.query };
}

/** Why an address must not be mailed, by its canonical form; null for all others. */
export async function findSuppression(emailKey: string): Promise<{ reason: string } | null> {
  const emailHash = keyedHash("suppression", emailKey);
  return db.suppression.findUnique({ where: { emailHash }, select: { reason: true } });
}

/** What the page of an unsubscription link shows. `waiting` never confirmed: there is nothing to come back to. */
export async function findSubscription(
  token: string,
): Promise<{ status: "active" | "pending" | "unsubscribed" | "unknown"; confirmed: boolean; search: string }> {
  const id = readUnsubscribeToken(token);
  const row = id
    ? await db.subscriber.findUnique({ where: { id }, select: { status: true, confirmedAt: true, query: true } })
    : null;
  if (!row) return { status: "unknown", confirmed: false, search: "" };
  const status = row.status === "active" || row.status === "pending" ? row.status : "unsubscribed";
  return { status, confirmed: row.confirmedAt !== null, search: row.query };
}
