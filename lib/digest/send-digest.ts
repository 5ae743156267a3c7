import { setTimeout as wait } from "node:timers/promises";
import { recordRefusal } from "#lib/digest/bounces/commands.ts";
import { returnPathOf } from "#lib/digest/bounces/return-path.ts";
import {
  type ClaimedDelivery,
  claimDeliveries,
  closeOverdueDeliveries,
  markDeliveryHanded,
  prepareDigestNow,
  prepareDueDigest,
  settleDelivery,
} from "#lib/digest/commands.ts";
import { countOperatorRun, countWaitingFor, findDigestEdition, findSearchDigest } from "#lib/digest/queries.ts";
import { addressDigest, type WrittenDigest, writeDigest } from "#lib/digest/send-copy.ts";
import type { DigestProgress } from "#lib/digest/types.ts";
import { mayMail } from "#lib/mailing/commands.ts";
import { encodedSize } from "#lib/platform/compose-mail.ts";
import { lineOf, log } from "#lib/platform/log.ts";
import { type HandOverOutcome, mailer as siteMailer, type Mailer } from "#lib/platform/mailer.ts";
import { type Patience, patience as sitePatience, sendInLanes } from "#lib/platform/sending-protocol.ts";

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
  const prepared = await prepareDueDigest({ now });
  if (prepared) log.info("digest-prepared", prepared);
  return sendOpen({ now, limit, mailer, patience, seconds: patience.sweep });
}

export type DigestNow =
  | { status: "not-frozen" | "sample" | "empty" | "held" }
  | { status: "dry-run"; recipients: number; subject: string; htmlBytes: number; textBytes: number }
  | { status: "done"; recipients: number; counts: DigestProgress };

/** Sends one edition now to every confirmed subscriber who has not had it. A dry run writes and sends nothing. */
export async function sendDigestNow({
  day,
  dryRun,
  now,
  mailer = siteMailer,
  patience = sitePatience,
}: Sending & { day: Temporal.PlainDate; dryRun: boolean }): Promise<DigestNow> {
  const found = await findDigestEdition(day);
  if (found.status !== "found") return found;
  if (dryRun) {
    const { subject, html, text } = await writeDigest(found.edition);
    const sizes = { htmlBytes: encodedSize(html), textBytes: encodedSize(text) };
    return { status: "dry-run", recipients: await countWaitingFor(day, { now }), subject, ...sizes };
  }
  if (!(await mayMail({ now }))) return { status: "held" };
  const { digestId, recipients } = await prepareDigestNow({ day, now });
  let run: DigestRun;
  do {
    run = await sendOpen({ now, limit: Number.POSITIVE_INFINITY, mailer, patience, digestId });
    // One broken connection ends a sweep; while others get through, it was not the server.
  } while (run.unknown > 0 && run.accepted > 0);
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
}: Required<Sending> & { limit: number; seconds?: number; digestId?: string }): Promise<DigestRun> {
  const digests = new Map<string, Promise<WrittenDigest | null>>();
  const digestOf: DigestOf = ({ day, search }) => {
    const key = `${day} ${search}`;
    const written = digests.get(key) ?? (search ? searchAndWrite(day, search, now) : readAndWrite(day));
    digests.set(key, written);
    return written;
  };
  return sendInLanes({
    limit,
    seconds,
    claim: (count) => claimDeliveries({ now, limit: count, lease: patience.lease, digestId }),
    send: async (delivery) => {
      const outcome = await sendDelivery(delivery, { digestOf, now, mailer });
      await settleDelivery(delivery, outcome, { now });
      if (outcome.outcome === "refused") await recordRefusal(delivery.id, { reply: outcome.reply, now });
      return outcome;
    },
  });
}

async function readAndWrite(day: Temporal.PlainDate): Promise<WrittenDigest> {
  const found = await findDigestEdition(day);
  if (found.status !== "found") throw new Error(`The edition of ${day} has deliveries and cannot be mailed.`);
  return writeDigest(found.edition);
}

/** Null when the search finds nothing in the edition: there is nothing to say, so nothing is sent. */
async function searchAndWrite(
  day: Temporal.PlainDate,
  search: string,
  now: Temporal.Instant,
): Promise<WrittenDigest | null> {
  const found = await findSearchDigest(day, { search, now });
  if (found.status === "no-index") throw new Error("There is no search index at this moment. It is being built.");
  return found.status === "found" ? writeDigest(found.edition) : null;
}

/** The digest of a delivery, written once for all who get the same; null when there is nothing for it to say. */
type DigestOf = (delivery: Pick<ClaimedDelivery, "day" | "search">) => Promise<WrittenDigest | null>;

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
    return { outcome: "unknown", reason: "The mail could not be written." };
  }
}
