// npm run bounce < MESSAGE: a mail that came back, from a mail server that can start a program.
import { buffer } from "node:stream/consumers";
import { parseCommand } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run bounce [-- --to ADDRESS] < MESSAGE

Reads one delivery report (RFC 3464) from its input, for mail servers that can start a program for an address (bounce+…@). An
address that does not exist is not mailed again, nor one that failed three times in two months. --to names the address that the
report came to, if its headers do not.

Exit codes: 0 read, whatever it said; 2 wrong usage, 78 wrong configuration.
`;

const { values } = parseCommand({ help, options: ["to"] });

const sentences = {
  "no-report": "This is no delivery report. Nothing was changed.",
  "unknown-delivery": "This report is of no mail of ours, or was read before. Nothing was changed.",
  noted: "The report was noted.",
  suppressed: "The address is not mailed any more.",
};

await withDatabase(async () => {
  const { receiveReport } = await import("#lib/digest/bounces/commands.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const outcome = await receiveReport(await buffer(process.stdin), { to: values.to, now: now() });
  process.stdout.write(`${sentences[outcome]}\n`);
  return 0;
});
