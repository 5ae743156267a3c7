// npm run backfill -- --from 2026-08-01 --to 2026-08-21: fills and freezes past days.
import { parseEditionDay } from "#lib/editions/edition-date.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run backfill -- --from YYYY-MM-DD --to YYYY-MM-DD

Reads these days, both included, from the sources of this site, and freezes those that are over. A day that is frozen
already keeps its ranks; running it twice changes nothing. arXiv is asked once in three seconds: a month takes some minutes.
Exit codes: 0 done, 1 no source answered, 2 wrong usage, 75 another run is at work, 78 wrong configuration.
`;

const { values } = parseCommand({ help, options: ["from", "to"] });
const from = parseEditionDay(values.from ?? "") ?? wrongUsage("--from must be a day such as 2026-08-01");
const to = parseEditionDay(values.to ?? "") ?? wrongUsage("--to must be a day such as 2026-08-21");
if (Temporal.PlainDate.compare(from, to) > 0) wrongUsage("--from must not be later than --to");

await withDatabase(async () => {
  const { backfillDays } = await import("#lib/sources/commands.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const { exitCodeFor } = await import("#scripts/report-run.ts");
  const { sayLastRuns } = await import("#scripts/say-last-runs.ts");
  const code = exitCodeFor(await backfillDays({ from, to, now: now(), say: (line) => console.log(line) }));
  await sayLastRuns(["backfill"]);
  return code;
});
