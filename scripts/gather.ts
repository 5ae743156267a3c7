// npm run gather: asks the sources for news once, as the timetable does every ten minutes.
import { parseCommand } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run gather

Asks the sources of this site for new papers, stores them, and closes the days that are due. Works beside a running site
and without one. Exit codes: 0 done, 1 no source answered, 2 wrong usage, 75 another run is at work, 78 wrong configuration.
`;

parseCommand({ help });

await withDatabase(async () => {
  const { gatherPapers } = await import("#lib/sources/commands.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const { exitCodeFor } = await import("#scripts/report-run.ts");
  const { sayLastRuns } = await import("#scripts/say-last-runs.ts");
  const code = exitCodeFor(await gatherPapers({ now: now(), say: (line) => console.log(line) }));
  await sayLastRuns(["gather"]);
  return code;
});
