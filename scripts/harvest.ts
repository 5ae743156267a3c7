// npm run harvest -- --from 2026-08-01 --set cs:cs:LG: reads arXiv's records over OAI-PMH, whole categories if need be.
import { parseEditionDay } from "#lib/editions/edition-date.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run harvest -- [--from YYYY-MM-DD] [--until YYYY-MM-DD] [--set cs:cs:LG ...] [--restart]

Reads the records that arXiv changed in these days, both included, over OAI-PMH, and stores the papers of this site's
categories and those that it has already, for search and for their own pages. They stand in no edition: that is what
backfill is for. Records that arXiv has deleted are marked, never removed.

  --from     the first day of change; 1991-08-01 reads everything. Without it each set goes on where its last harvest ended.
  --until    the last one; until now when left out
  --set      sets by arXiv's names (cs:cs:LG, physics:hep-th, math); those of this site's categories when left out
  --restart  begins again even where an earlier harvest broke off

arXiv is asked once in three seconds; 2,000 records are a page. Ended in the middle, by whatever, the same command goes on there.
Exit codes: 0 done, 1 it ended before the end, 2 wrong usage, 75 another harvest or import is at work, 78 wrong configuration.
`;

const { values, flags, positionals } = parseCommand({
  help,
  options: ["from", "until"],
  lists: ["set"],
  flags: ["restart"],
  positionals: true,
});
const day = (name: "from" | "until") =>
  values[name] === undefined
    ? null
    : (parseEditionDay(values[name]) ?? wrongUsage(`--${name} must be a day such as 2026-08-01`));
const from = day("from");
const until = day("until");
if (from && until && Temporal.PlainDate.compare(from, until) > 0) wrongUsage("--from must not be later than --until");
if (positionals.length > 0 && !values.set) wrongUsage(`Name sets after --set, such as --set ${positionals[0]}`);
// `--set cs:cs:LG cs:cs:CL` names two.
const sets = [...(values.set ?? []), ...positionals];
const strange = sets.find((set) => !/^[a-z-]+(:[A-Za-z-]+){0,2}$/.test(set));
if (strange !== undefined) wrongUsage(`--set must be a set such as cs:cs:LG, not ${strange.slice(0, 40)}`);

await withDatabase(async () => {
  const { harvestArxiv } = await import("#lib/sources/harvest/commands.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const say = (line: string) => console.log(line);
  const { sayLastRuns } = await import("#scripts/say-last-runs.ts");
  const report = await harvestArxiv({ sets, from, until, restart: flags.has("restart"), now: now(), say });
  if (report.status === "finished" || report.status === "unfinished") await sayLastRuns(["harvest"]);
  switch (report.status) {
    case "finished":
      return 0;
    case "unfinished":
      process.stderr.write("The harvest is not at its end. The same command goes on where it broke off.\n");
      return 1;
    case "no-beginning":
      process.stderr.write(`The set ${report.set} was never harvested: say from which day with --from 2026-08-01.\n`);
      return 2;
    case "no-set":
      process.stderr.write("This site reads no category of arXiv: name a set, such as --set cs:cs:LG.\n");
      return 2;
    case "busy":
      process.stderr.write("Another harvest or import is at work just now. Try again when it has ended.\n");
      return 75;
  }
});
