// npm run import -- FILE…: reads recorded answers of Hugging Face's /api/daily_papers.
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run import -- FILE...

Reads files that hold an answer of Hugging Face's /api/daily_papers (.json, .json.gz), and freezes the days that are over.
The day is the date in a file's name, such as 2026-08-20.json, else each item's own. What cannot be read is counted and named.
Exit codes: 0 done, 1 no file could be read, 2 wrong usage, 75 another run is at work, 78 wrong configuration.
`;

const { positionals } = parseCommand({ help, positionals: true });
if (positionals.length === 0) wrongUsage("Name at least one file");

await withDatabase(async () => {
  const { importFiles } = await import("#lib/sources/commands.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const { exitCodeFor } = await import("#scripts/report-run.ts");
  const report = await importFiles(positionals, { now: now(), say: (line) => console.log(line) });
  return exitCodeFor(report);
});
