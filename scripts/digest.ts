// npm run digest -- --date 2026-08-20 [--dry-run]: sends that edition now. The templates are .tsx, so it runs under tsx.
import { parsePeriod, titleOf } from "#lib/digest/period.ts";
import { heldSentence } from "#lib/mailing/hold.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run digest -- --date DAY [--dry-run]

Sends the frozen edition of that day (2026-08-20), or those of an ISO week (2026-W34) or a month (2026-08), now to every
confirmed subscriber who asked for such mail and has not had it; whoever had it, or may have had it, gets no second copy. Works beside a running site and without one. With --dry-run it counts and sends nothing.
Exit codes: 0 done, 1 there is nothing to send or not all could be sent, 2 wrong usage, 78 wrong configuration.
`;

const { values, flags } = parseCommand({ help, options: ["date"], flags: ["dry-run"] });
const period =
  parsePeriod(values.date ?? "") ??
  wrongUsage("--date must be a day such as 2026-08-20, a week such as 2026-W34 or a month such as 2026-08");
const title = titleOf(period);

const reasons = {
  "not-frozen": `What was printed for ${title} is still open: it closes by itself at the hour that its page names. Choose an earlier day.`,
  sample: `What was printed for ${title} is part of the bundled sample, which is never mailed.`,
  held: heldSentence,
  empty: `The edition of ${title} has no papers: there is nothing to send.`,
};

await withDatabase(async () => {
  const { sendDigestNow } = await import("#lib/digest/send-digest.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const { mailer } = await import("#lib/platform/mailer.ts");
  const result = await sendDigestNow({ period, now: now(), dryRun: flags.has("dry-run") });
  mailer.close();
  if (result.status === "dry-run") {
    const { recipients, subject, htmlBytes, textBytes } = result;
    console.log(`Would go to ${recipients} subscriber${recipients === 1 ? "" : "s"}. Nothing was sent.`);
    console.log(`Subject: ${subject}`);
    console.log(`Size: HTML ${kilobytes(htmlBytes)}, text ${kilobytes(textBytes)}, as encoded.`);
    return 0;
  }
  if (result.status !== "done") {
    console.error(reasons[result.status]);
    return 1;
  }
  const { sent, failed, excluded } = result.counts;
  const open = result.recipients - sent - failed - excluded;
  console.log(`${sent} sent, ${failed} refused, ${excluded} taken back, ${open} not sent yet.`);
  if (open > 0) console.log("A running site tries those again for a day, except where a copy may be out.");
  return sent + excluded === result.recipients ? 0 : 1;
});

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
