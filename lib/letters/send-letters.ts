import {
  claimLetters,
  closeOverdueLetters,
  keepLetter,
  markLetterHanded,
  releaseLetters,
  settleLetter,
} from "#lib/letters/commands.ts";
import type { LetterRequest, LetterWriter, LetterWriters } from "#lib/letters/types.ts";
import { mayMail } from "#lib/mailing/commands.ts";
import { composeMail, type MailContent } from "#lib/platform/compose-mail.ts";
import { signMail } from "#lib/platform/dkim.ts";
import { log } from "#lib/platform/log.ts";
import { type HandOverOutcome, mailer as siteMailer, type Mailer } from "#lib/platform/mailer.ts";
import { mailHost, sender } from "#lib/platform/sender.ts";
import { type MailBook, sendInLanes } from "#lib/platform/mail-lanes.ts";
import { type Claim, patience as sitePatience } from "#lib/platform/sending-protocol.ts";

/** Writes and sends the letters that are due. A sweep: may run twice, in several processes, and die anywhere. */
export async function sendDueLetters({
  now,
  writers,
  limit,
  mailer = siteMailer,
  patience = sitePatience,
}: {
  now: Temporal.Instant;
  writers: LetterWriters;
  limit: number;
  mailer?: Mailer;
  patience?: typeof sitePatience;
}): Promise<Record<HandOverOutcome["outcome"], number>> {
  await closeOverdueLetters({ now, ...patience });
  if (!(await mayMail({ now }))) return { accepted: 0, refused: 0, deferred: 0, unknown: 0, fenced: 0 };
  const book: MailBook<Claim & LetterRequest & { kind: string }> = {
    name: "letters",
    mailer,
    claim: (count, avoid) => claimLetters({ now, limit: count, lease: patience.lease, avoid }),
    send: (letter) => sendLetter(letter, { now, writer: writerOf(letter.kind, writers), mailer }),
    settle: (letter, outcome) => settleLetter(letter, outcome, { now }),
    keep: keepLetter,
    release: releaseLetters,
  };
  return sendInLanes(book, { limit, seconds: patience.sweep, pace: patience });
}

async function sendLetter(
  claimed: Claim & LetterRequest,
  { now, writer, mailer }: { now: Temporal.Instant; writer: LetterWriter; mailer: Mailer },
): Promise<HandOverOutcome> {
  try {
    const raw = await addressLetter(await writer(claimed, { now }), claimed, { now });
    return await mailer.handOver({
      envelope: { from: sender.address, to: claimed.email },
      raw,
      beforeDot: () => markLetterHanded(claimed),
    });
  } catch (error) {
    // A letter that cannot be written must not stop the others. It is tried again until it is of no use.
    log.error("letter-not-written", { error: error instanceof Error ? error.name : "unknown" });
    return { outcome: "unknown", reason: "The letter could not be written.", unwritten: true };
  }
}

/** The bytes of a letter for whoever asked for it. */
export async function addressLetter(
  letter: MailContent,
  { id, email }: { id: string; email: string },
  { now }: { now: Temporal.Instant },
): Promise<Buffer> {
  const headers = {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "OOF, AutoReply",
    ...letter.headers,
  };
  const frame = { from: sender, to: email, messageId: `<${id}@${mailHost}>`, date: now };
  return signMail(await composeMail({ ...letter, headers }, frame));
}

function writerOf(kind: string, writers: LetterWriters): LetterWriter {
  return kind === "sign-in" ? writers["sign-in"] : writers["confirm-subscription"];
}
