// npm run mail -- allow: says that this is the place from which mail goes.
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run mail -- allow

A database remembers from which place (server, database, SITE_URL) its mail goes. A copy at another place holds its mail, so that
no subscriber hears from two sites. This says that mail goes from here from now on. Mail that was due before is given up: the
original may have sent it. npm run digest -- --date DAY sends a digest that nobody had.

Exit codes: 0 mail goes from here, 2 wrong usage, 78 wrong configuration.
`;

const { positionals } = parseCommand({ help, positionals: true });
if (positionals.join(" ") !== "allow") wrongUsage("Say: allow");

await withDatabase(async () => {
  const { allowMail } = await import("#lib/mailing/commands.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const { givenUp } = await allowMail({ now: now() });
  process.stdout.write(`Mail goes from here now. ${givenUp} mails that were under way in the copy are given up.\n`);
  return 0;
});
