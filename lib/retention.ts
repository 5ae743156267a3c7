import { forgetOldSignIns } from "#lib/accounts/commands.ts";
import { forgetOldDeliveries } from "#lib/digest/commands.ts";
import { forgetOldLetters } from "#lib/letters/commands.ts";
import { forgetOldPaces } from "#lib/mailing/pace/commands.ts";
import { expirePending } from "#lib/subscribers/commands.ts";
import { CONFIRMATION_DAYS } from "#lib/subscribers/tokens.ts";

/** What is kept of persons for a time only, and forgotten by a sweep when the time is over. */
type Kept = {
  /** Begins a sentence: "… are kept for 30 days." */
  what: string;
  days: number;
  forget: (limits: { now: Temporal.Instant; days: number }) => Promise<unknown>;
};

/** How long what is kept. Everything else of a person is kept until that person ends it. */
export const retention: readonly Kept[] = [
  { what: "Links and codes of sign-in, after they have expired,", days: 1, forget: forgetOldSignIns },
  { what: "Addresses that never confirmed a subscription", days: CONFIRMATION_DAYS, forget: expirePending },
  { what: "Letters, with the address that asked for them,", days: 30, forget: forgetOldLetters },
  { what: "Deliveries, which say who got which digest,", days: 90, forget: forgetOldDeliveries },
  { what: "What mail servers asked of us", days: 1, forget: forgetOldPaces },
];

/** Forgets all whose time is over. A sweep. */
export async function forgetAll({ now }: { now: Temporal.Instant }): Promise<void> {
  await Promise.all(retention.map(({ days, forget }) => forget({ now, days })));
}
