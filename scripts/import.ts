// npm run import -- FILE…: reads files of papers, from a day's list to arXiv's whole snapshot.
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { progressTo } from "#scripts/show-progress.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run import -- [--all] [--restart] FILE...

Reads files of papers, plain or gzip; what a file is, its content says:
  an answer of Hugging Face's /api/daily_papers: fills its day (the date in the file's name, such as 2026-08-20.json, else
  each item's own) and freezes it when it is over
  the arXiv snapshot that Kaggle keeps, one JSON record a line, however large
  a page of arXiv's search (Atom), of its daily feed (RSS or Atom) or of its records (OAI-PMH)
Papers of the last two stand in no edition; they are found by search and have their pages.

  --all      stores papers of every category, not only of this site's
  --restart  begins at the first line even where an earlier import of the file broke off

Killed in the middle, the same command goes on where it was. What cannot be read is counted, and the first hundred are named.
Exit codes: 0 done, 1 no file could be read, 2 wrong usage, 75 another run is at work, 78 wrong configuration.
`;

const { positionals, flags } = parseCommand({ help, flags: ["all", "restart"], positionals: true });
if (positionals.length === 0) wrongUsage("Name at least one file");

await withDatabase(async () => {
  const { importFiles } = await import("#lib/sources/commands.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const { exitCodeFor } = await import("#scripts/report-run.ts");
  const shown = progressTo(process.stdout);
  const how = { all: flags.has("all"), restart: flags.has("restart") };
  const { sayLastRuns } = await import("#scripts/say-last-runs.ts");
  const code = exitCodeFor(await importFiles(positionals, { now: now(), ...how, ...shown }));
  await sayLastRuns(["import", "archive"]);
  return code;
});
