import { setTimeout as wait } from "node:timers/promises";
import { recordRefusal } from "#lib/digest/bounces/commands.ts";
import { returnPathOf } from "#lib/digest/bounces/return-path.ts";
import { claimInTurn, waitForTurns } from "#lib/digest/claim-in-turn.ts";
import {
  type ClaimedDelivery,
  closeOverdueDeliveries,
  keepDelivery,
  markDeliveryHanded,
  releaseDeliveries,
  settleDelivery,
} from "#lib/digest/commands.ts";
import { findContents, findDigestEdition } from "#lib/digest/contents/queries.ts";
import type { Period } from "#lib/digest/period.ts";
import { countAllowed, countOperatorRun } from "#lib/digest/queries.ts";
import { findSubstance, prepareDigestNow, prepareDueDigests } from "#lib/digest/recipients/commands.ts";
import { countWaitingFor } from "#lib/digest/recipients/queries.ts";
import { addressDigest, type WrittenDigest, writeDigest } from "#lib/digest/send-copy.ts";
import type { DigestProgress } from "#lib/digest/types.ts";
import { mayMail } from "#lib/mailing/commands.ts";
import { pauseDomain } from "#lib/mailing/pace/commands.ts";
import { ticking } from "#lib/platform/clock.ts";
import { encodedSize } from "#lib/platform/compose-mail.ts";
import { domainOf } from "#lib/platform/email-address.ts";
import { lineOf, log } from "#lib/platform/log.ts";
import { type HandOverOutcome, mailer as siteMailer, type Mailer } from "#lib/platform/mailer.ts";
import { asksToSlowDown, type MailBook, sendInLanes } from "#lib/platform/mail-lanes.ts";
import { type Patience, patience as sitePatience } from "#lib/platform/sending-protocol.ts";

/** How many deliveries ended how in one sweep. */
export type DigestRun = Record<HandOverOutcome["outcome"], number>;

const nothingSent: DigestRun = { accepted: 0, refused: 0, deferred: 0, unknown: 0, fenced: 0 };

type Sending = { now: Temporal.Instant; mailer?: Mailer; patience?: Patience };

/** The sweep of the timetable: prepares what is due, then sends what is open. May run twice and die anywhere. */
export async function sendDueDigests({
  now,
  limit,
  mailer = siteMailer,
  patience = sitePatience,
}: Sending & { limit: number }): Promise<DigestRun> {
  await closeOverdueDeliveries({ now, ...patience });
  if (!(await mayMail({ now }))) return nothingSent;
  for (const prepared of await prepareDueDigests({ now })) log.info("digest-prepared", prepared);
  const allowed = Math.min(limit, await countAllowed({ now }));
  return sendOpen({ now, limit: allowed, mailer, patience, seconds: patience.sweep });
}

export type DigestNow =
  | { status: "not-frozen" | "sample" | "empty" | "held" | "forgotten" }
  | { status: "dry-run"; recipients: number; subject: string; htmlBytes: number; textBytes: number }
  | { status: "done"; recipients: number; counts: DigestProgress };

/** Sends one digest now to every confirmed subscriber who asked for such digests and has not had it. A dry run writes and sends nothing. */
export async function sendDigestNow({
  period,
  dryRun,
  now,
  mailer = siteMailer,
  patience = sitePatience,
}: Sending & { period: Period; dryRun: boolean }): Promise<DigestNow> {
  const found = await findDigestEdition(period, { now });
  if (found.status !== "found") return { status: found.status };
  const { days } = found;
  if (dryRun) {
    const { subject, html, text } = await writeDigest(found.edition);
    const recipients = await countWaitingFor(period, { substance: await findSubstance(days, { now }), now });
    return { status: "dry-run", recipients, subject, htmlBytes: encodedSize(html), textBytes: encodedSize(text) };
  }
  if (!(await mayMail({ now }))) return { status: "held" };
  const prepared = await prepareDigestNow({ period, days, now });
  if (prepared.status === "forgotten") return prepared;
  const { digestId, recipients } = prepared;
  const clock = ticking(now);
  let run: DigestRun;
  do {
    run = await sendOpen({ now, limit: await countAllowed({ now }), mailer, patience, digestId, clock });
    // One broken connection ends a sweep; while others get through, it was not the server.
  } while ((run.unknown > 0 && run.accepted > 0) || (await waitForTurns(digestId, clock)));
  let counts = await countOperatorRun(digestId, { askedAt: now });
  // A running site sends too: what it holds is waited for as long as a claim lasts.
  for (let waited = 0; counts.sending > 0 && waited < patience.lease; waited += 0.25) {
    await wait(250);
    counts = await countOperatorRun(digestId, { askedAt: now });
  }
  return { status: "done", recipients, counts };
}

async function sendOpen({
  now,
  limit,
  mailer,
  patience,
  seconds,
  digestId,
  clock = ticking(now),
}: Required<Sending> & {
  limit: number;
  seconds?: number | undefined;
  digestId?: string;
  clock?: () => Temporal.Instant;
}): Promise<DigestRun> {
  const digestOf = digestWriter(now);
  const book: MailBook<ClaimedDelivery> = {
    name: "digest",
    mailer,
    claim: (limit, avoid) => claimInTurn({ limit, avoid, lease: patience.lease, digestId, clock }),
    send: (delivery) => sendDelivery(delivery, { digestOf, now, mailer }),
    settle: async (delivery, outcome) => {
      await settleDelivery(delivery, outcome, { now });
      if (outcome.outcome === "refused") await recordRefusal(delivery.id, { reply: outcome.reply, now });
      if (asksToSlowDown(outcome)) await pauseDomain(domainOf(delivery.email), { now: clock() });
    },
    keep: keepDelivery,
    release: releaseDeliveries,
  };
  return sendInLanes(book, { limit, seconds, pace: patience });
}

/** The digest of a delivery, written once for all who get the same; null when there is nothing for it to say. */
type DigestOf = (
  delivery: Pick<ClaimedDelivery, "period" | "days" | "choice" | "explains">,
) => Promise<WrittenDigest | null>;

// Of classes there are as many choices as readers: of digests that nobody else gets, no more are kept than these.
const KEPT = 50;

function digestWriter(now: Temporal.Instant): DigestOf {
  const digests = new Map<string, Promise<WrittenDigest | null>>();
  return ({ period, days, choice, explains }) => {
    const key = JSON.stringify([period, choice, explains]);
    const written = digests.get(key) ?? readAndWrite({ period, days, choice, explains }, now);
    digests.delete(key);
    digests.set(key, written);
    const [oldest] = digests.keys();
    if (oldest !== undefined && digests.size > KEPT) digests.delete(oldest);
    return written;
  };
}

/** Null when there is no paper for this choice, and no wish to hear of it: nothing is sent. */
async function readAndWrite(
  { period, days, choice, explains }: Parameters<DigestOf>[0],
  now: Temporal.Instant,
): Promise<WrittenDigest | null> {
  const edition = await findContents({ period, days }, choice, { now });
  if (!edition) throw new Error("There is no search index at this moment. It is being built.");
  return edition.total > 0 || explains ? writeDigest(edition) : null;
}

async function sendDelivery(
  delivery: ClaimedDelivery,
  { digestOf, now, mailer }: { digestOf: DigestOf; now: Temporal.Instant; mailer: Mailer },
): Promise<HandOverOutcome> {
  try {
    const digest = await digestOf(delivery);
    if (!digest) return { outcome: "fenced" };
    const raw = await addressDigest(digest, delivery, { now });
    return await mailer.handOver({
      envelope: { from: returnPathOf(delivery.id), to: delivery.email },
      raw,
      beforeDot: () => markDeliveryHanded(delivery),
    });
  } catch (error) {
    // One that cannot be written must not stop the others. It is tried again until it expires.
    log.error("digest-not-written", {
      delivery: delivery.id,
      error: lineOf(error),
    });
    return { outcome: "unknown", reason: "The mail could not be written.", unwritten: true };
  }
}
