import { fromDbDate } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { readPreferencesToken } from "#lib/subscribers/tokens.ts";
import type { Preferences, Subscription } from "#lib/subscribers/types.ts";

/** All that an address gets. `returned`: its mail came back, so nothing is sent. */
export type AddressPreferences = { email: string; subscriptions: Subscription[]; returned: boolean };

/** What the page of a preferences link shows, whole editions first; null for a link that we did not sign or an address that is erased. */
export async function findAddressPreferences(token: string): Promise<AddressPreferences | null> {
  const owner = await findOwner(token);
  if (!owner) return null;
  const [rows, returned] = await Promise.all([
    db.subscriber.findMany({
      where: { emailKey: owner.emailKey, status: "active" },
      orderBy: [{ query: "asc" }],
    }),
    db.suppression.count({ where: { emailHash: owner.emailHash } }),
  ]);
  return { email: owner.email, subscriptions: rows.map(toSubscription), returned: returned > 0 };
}

/** One subscription by itself; null when it is not there. */
export async function findSubscriptionById(id: string): Promise<Subscription | null> {
  const row = await db.subscriber.findUnique({ where: { id } });
  return row && toSubscription(row);
}

/** Whose link this is; null for one that we did not sign or an address that is erased. */
export async function findOwner(token: string): Promise<{ email: string; emailKey: string; emailHash: string } | null> {
  const id = readPreferencesToken(token);
  if (!id) return null;
  return db.subscriber.findUnique({ where: { id }, select: { email: true, emailKey: true, emailHash: true } });
}

type SubscriberRow = NonNullable<Awaited<ReturnType<typeof db.subscriber.findUnique>>>;

function toSubscription({ id, query, pausedUntil, ...row }: SubscriberRow): Subscription {
  const { rhythm, hour, timeZone, papers, classes, plainText, emptyDay } = row;
  return {
    id,
    search: query,
    preferences: {
      rhythm: rhythm as Preferences["rhythm"],
      hour,
      timeZone,
      papers,
      classes,
      plainText,
      emptyDay: emptyDay as Preferences["emptyDay"],
    },
    pausedUntil: pausedUntil && fromDbDate(pausedUntil),
  };
}
