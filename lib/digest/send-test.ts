import { randomUUID } from "node:crypto";
import { findDigestEdition } from "#lib/digest/contents/queries.ts";
import type { Period } from "#lib/digest/period.ts";
import { addressDigest, writeDigest } from "#lib/digest/send-copy.ts";
import type { EmailAddress } from "#lib/platform/email-address.ts";
import { type HandOverOutcome, mailer as siteMailer, type Mailer } from "#lib/platform/mailer.ts";
import { sender } from "#lib/platform/sender.ts";
import { findSuppression } from "#lib/subscribers/queries.ts";

export type DigestTest =
  | { status: "not-frozen" | "sample" | "empty" | "suppressed" }
  | { status: "tried"; subject: string; outcome: HandOverOutcome };

// No subscriber has it: the ways out of a test lead to pages that say so, and nobody is unsubscribed by trying them.
const nobody = "00000000-0000-0000-0000-000000000000";

/**
 * Sends one copy of a digest to one address, marked in its subject. It is no delivery: nothing is written down, and whether the
 * address is a subscriber's, and whether the database's mail is held, does not matter. Not to an address that bounced.
 */
export async function sendTestDigest({
  period,
  to,
  now,
  mailer = siteMailer,
}: {
  period: Period;
  to: EmailAddress;
  now: Temporal.Instant;
  mailer?: Mailer;
}): Promise<DigestTest> {
  if (await findSuppression(to.key)) return { status: "suppressed" };
  const found = await findDigestEdition(period, { now });
  if (found.status !== "found") return { status: found.status };
  const digest = await writeDigest(found.edition, { mark: "[Test] " });
  const copy = { id: `test-${randomUUID()}`, subscriberId: nobody, email: to.email };
  const raw = await addressDigest(digest, copy, { now });
  const envelope = { from: sender.address, to: to.email };
  return {
    status: "tried",
    subject: digest.subject,
    outcome: await mailer.handOver({ envelope, raw, beforeDot: async () => true }),
  };
}
