import { toDbDate, toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { findOwner } from "#lib/subscribers/preferences/queries.ts";
import { readPreferences } from "#lib/subscribers/preferences/read-preferences.ts";
import type { TypedPreferences } from "#lib/subscribers/types.ts";

/**
 * Keeps what a reader typed for one of the address's subscriptions. It counts from the next digest whose recipients are not
 * written down yet; what is left out of a mail, or how it is written, counts at once.
 */
export async function savePreferences({
  token,
  subscriptionId,
  typed,
}: {
  token: string;
  subscriptionId: string;
  typed: TypedPreferences;
}): Promise<{ status: "saved" | "problems" | "unknown" }> {
  const read = readPreferences(typed);
  if (read.status === "problems") return { status: "problems" };
  const owner = await findOwner(token);
  if (!owner) return { status: "unknown" };
  const mine = { emailKey: owner.emailKey, status: "active" };
  const { classes, ...others } = read.preferences;
  // Raw comparison as text, since what is no id must find nothing rather than fail.
  const known = await db.subscriber.findMany({ where: mine, select: { id: true, query: true } });
  const row = known.find(({ id }) => id === subscriptionId);
  if (!row) return { status: "unknown" };
  await db.subscriber.updateMany({
    where: { ...mine, id: row.id },
    // A search says its classes itself.
    data: { ...others, classes: row.query ? [] : classes },
  });
  return { status: "saved" };
}

/** Nothing comes to the address before this day by the reader's clock; null ends the pause. It beats what is being sent. */
export async function pauseMail({
  token,
  until,
}: {
  token: string;
  until: Temporal.PlainDate | null;
}): Promise<{ status: "paused" | "resumed" | "unknown" }> {
  const owner = await findOwner(token);
  if (!owner) return { status: "unknown" };
  await db.subscriber.updateMany({
    where: { emailKey: owner.emailKey, status: "active" },
    data: { pausedUntil: until && toDbDate(until) },
  });
  return { status: until ? "paused" : "resumed" };
}

/** Ends every subscription of the address at once: what waits is not sent, and what is being sent is taken back if it is not out yet. */
export async function endAllMail({
  token,
  now,
}: {
  token: string;
  now: Temporal.Instant;
}): Promise<{ status: "ended" | "unknown" }> {
  const owner = await findOwner(token);
  if (!owner) return { status: "unknown" };
  await db.subscriber.updateMany({
    where: { emailKey: owner.emailKey, status: { not: "unsubscribed" } },
    data: { status: "unsubscribed", unsubscribedAt: toDbTime(now) },
  });
  return { status: "ended" };
}
