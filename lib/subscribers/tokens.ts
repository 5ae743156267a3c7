import { readToken, signToken } from "#lib/platform/secret.ts";

export const CONFIRMATION_DAYS = 7;

/** What the link of a confirmation mail says: who, and since when it counts. */
export type ConfirmationTicket = { subscriberId: string; requestedAt: Temporal.Instant };

export function confirmationToken({ subscriberId, requestedAt }: ConfirmationTicket): string {
  return signToken("confirm-subscription", `${subscriberId} ${requestedAt.epochMilliseconds}`);
}

/** Null for a token that we did not sign for this purpose. Whether it has expired is for the reader to say. */
export function readConfirmationToken(token: string): ConfirmationTicket | null {
  const [subscriberId, since] = readToken("confirm-subscription", token)?.split(" ") ?? [];
  if (!subscriberId || !since) return null;
  return { subscriberId, requestedAt: Temporal.Instant.fromEpochMilliseconds(Number(since)) };
}

/** The moment from which a confirmation link confirms nothing. */
export function expiryOf({ requestedAt }: Pick<ConfirmationTicket, "requestedAt">): Temporal.Instant {
  return requestedAt.add({ hours: CONFIRMATION_DAYS * 24 });
}

/** Stands in every digest and works for ever: who wants no more mail must not be told that the link is too old. */
export function unsubscribeToken(subscriberId: string): string {
  return signToken("unsubscribe", subscriberId);
}

export function readUnsubscribeToken(token: string): string | null {
  return readToken("unsubscribe", token);
}

/** Stands in every digest and works for ever, as the way out does: for all that one address gets. */
export function preferencesToken(subscriberId: string): string {
  return signToken("preferences", subscriberId);
}

/** Who may end a subscription may change it; null for a token that we did not sign. */
export function preferencesTokenFrom(unsubscribing: string): string | null {
  const id = readUnsubscribeToken(unsubscribing);
  return id && preferencesToken(id);
}

export function readPreferencesToken(token: string): string | null {
  return readToken("preferences", token);
}
