// npm run digest -- --date 2026-08-20 [--dry-run] or --to ADDRESS: sends that edition now, or a test of one. The templates are .tsx, so it
// runs under tsx.
import { type Period, parsePeriod, titleOf } from "#lib/digest/period.ts";
import { heldSentence } from "#lib/mailing/hold.ts";
import { type EmailAddress, parseEmailAddress } from "#lib/platform/email-address.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run digest -- --date DAY [--dry-run]
       npm run digest -- --to ADDRESS [--date DAY]

Sends the frozen edition of that day (2026-08-20), or those of an ISO week (2026-W34) or a month (2026-08), now to every
confirmed subscriber who asked for such mail and has not had it; whoever had it, or may have had it, gets no second copy. Works
beside a running site and without one. With --dry-run it counts and sends nothing.

With --to it sends one copy to that address alone, as a test: of that day, or of the latest edition; its subject says so, nothing is written
down, and the mail server's answer is shown. This works in a copy of the database too, where all other mail is held.

Exit codes: 0 done, 1 there is nothing to send or not all could be sent, 2 wrong usage, 78 wrong configuration.
`;

const { values, flags } = parseCommand({ help, options: ["date", "to"], flags: ["dry-run"] });
const asked = readPeriod(values.date);
const to = readAddress(values.to);
if (to && flags.has("dry-run")) wrongUsage("--dry-run is for an edition: a test goes to one address only");
if (!to && !asked)
  wrongUsage("--date must be a day such as 2026-08-20, a week such as 2026-W34 or a month such as 2026-08");

await withDatabase(async () => {
  const { mailer } = await import("#lib/platform/mailer.ts");
  try {
    if (to) return await test(to, asked);
    return asked ? await send(asked) : 2;
  } finally {
    mailer.close();
  }
});

async function send(period: Period): Promise<number> {
  const { sendDigestNow } = await import("#lib/digest/send-digest.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const result = await sendDigestNow({ period, now: now(), dryRun: flags.has("dry-run") });
  if (result.status === "dry-run") {
    const { recipients, subject, htmlBytes, textBytes } = result;
    console.log(`Would go to ${recipients} subscriber${recipients === 1 ? "" : "s"}. Nothing was sent.`);
    console.log(`Subject: ${subject}`);
    console.log(`Size: HTML ${kilobytes(htmlBytes)}, text ${kilobytes(textBytes)}, as encoded.`);
    return 0;
  }
  if (result.status !== "done") return say(result.status === "held" ? heldSentence : reasonFor(result.status, period));
  const { sent, failed, excluded } = result.counts;
  const open = result.recipients - sent - failed - excluded;
  console.log(`${sent} sent, ${failed} refused, ${excluded} taken back, ${open} not sent yet.`);
  if (open > 0) console.log("A running site tries those again for a day, except where a copy may be out.");
  return sent + excluded === result.recipients ? 0 : 1;
}

async function test(address: EmailAddress, period: Period | null): Promise<number> {
  const { sendTestDigest } = await import("#lib/digest/send-test.ts");
  const { findLatestFrozenDay } = await import("#lib/editions/queries.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const latest = period ? null : await findLatestFrozenDay();
  const chosen: Period | null = period ?? (latest && { kind: "day", day: latest });
  if (!chosen)
    return say("No edition has closed yet: the first closes by itself, at the hour that the front page names.");
  const result = await sendTestDigest({ period: chosen, to: address, now: now() });
  if (result.status === "suppressed")
    return say(
      `${address.email} is not mailed: mail to it came back, or its owner asked for none. Choose another address.`,
    );
  if (result.status !== "tried") return say(reasonFor(result.status, chosen));
  const { outcome, subject } = result;
  if (outcome.outcome === "accepted") {
    console.log(`Sent to ${address.email}: ${subject}`);
    console.log(`The answer: ${outcome.reply}`);
    return 0;
  }
  return say(
    `Not sent. The answer: ${"reply" in outcome ? outcome.reply : "reason" in outcome ? outcome.reason : "none"}`,
  );
}

function reasonFor(status: "not-frozen" | "sample" | "empty" | "forgotten", period: Period): string {
  const title = titleOf(period);
  const reasons = {
    "not-frozen": `What was printed for ${title} is still open: it closes by itself at the hour that its page names. Choose an earlier day.`,
    sample: `What was printed for ${title} is part of the bundled sample, which is never mailed.`,
    forgotten: `Who had the digest of ${title} was forgotten after 90 days, so it is sent to nobody: some would get it twice.`,
    empty: `The edition of ${title} has no papers: there is nothing to send.`,
  };
  return reasons[status];
}

function readPeriod(text: string | undefined): Period | null {
  if (text === undefined) return null;
  return (
    parsePeriod(text) ??
    wrongUsage("--date must be a day such as 2026-08-20, a week such as 2026-W34 or a month such as 2026-08")
  );
}

function readAddress(text: string | undefined): EmailAddress | null {
  if (text === undefined) return null;
  return parseEmailAddress(text) ?? wrongUsage("--to must be an address such as you@example.org");
}

function say(sentence: string): number {
  console.error(sentence);
  return 1;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
