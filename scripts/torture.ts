// npm run torture: the crash test of the digest, a thousand kills long, with Postgres stopped in between.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startPostgres } from "#lib/platform/embedded-postgres.ts";
import { applyMigrations } from "#scripts/migrate.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";

const help = `Usage: npm run torture [-- --kills 1000] [--seed N]

Sends digests with three processes that are killed while they send, to a mail server that drops, refuses and defers, with a Postgres
of its own that is stopped at once every twenty kills. Everything is on this machine, in a temporary folder, and ends by itself. Prints
a line for each round; exit code 1 if any mail was accepted twice, was lost, or is called what it is not.
`;

const { values } = parseCommand({ help, options: ["kills", "seed"] });
const wanted = Number(values.kills ?? 1000);
if (!Number.isInteger(wanted) || wanted < 1) wrongUsage("--kills must be a number");
let seed = Number(values.seed ?? Date.now() % 1_000_000);

const killsPerRound = 50;
const recipients = 150;

const folder = mkdtempSync(join(tmpdir(), "broadsheet-torture-"));
const data = join(folder, "postgres");
let postgres = await startPostgres(data);
process.env.DATABASE_URL = postgres.url;
process.env.DATA_DIR = folder;
await applyMigrations(postgres.url);
const { crashDigest, crashReaders, mixPreferences } = await import("#tests/crash-harness.ts");
const { confirmSubscribers } = await import("#tests/frozen-edition.ts");
const { db } = await import("#lib/platform/db.ts");
const emails = crashReaders(recipients);
await confirmSubscribers(emails);
await mixPreferences(emails);

let day = Temporal.PlainDate.from("2026-01-01");
const total = { kills: 0, restarts: 0, mails: 0, uncertain: 0, expired: 0, doubled: 0, wrong: 0, lost: 0, broken: 0 };
while (total.kills < wanted) {
  const kills = Math.min(killsPerRound, wanted - total.kills);
  const restartPostgres = { everyKills: 20, restart: restartAtOnce };
  const report = await crashDigest({ seed, day, kills, restartPostgres, speed: 200, patience: 600_000 });
  process.stdout.write(`${JSON.stringify(report)}\n`);
  total.kills += report.kills;
  total.restarts += report.restarts;
  total.mails += report.deliveries;
  total.uncertain += report.uncertain;
  total.doubled += report.doubled;
  total.wrong += report.wrong;
  total.lost += recipients - report.sent - report.failed - report.uncertain - report.expired;
  total.expired += report.expired;
  total.broken += report.broken.length;
  if (report.kills === 0) break;
  seed += 1;
  day = day.add({ days: 1 });
}
await db.$disconnect();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify(total)}\n`);
process.exit(total.doubled + total.wrong + total.lost + total.broken > 0 ? 1 : 0);

/** As `pg_ctl -m immediate stop`: nothing is written down, and the next start recovers from the log. */
async function restartAtOnce(): Promise<void> {
  const pid = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGQUIT");
  for (;;) {
    try {
      process.kill(pid, 0);
      await wait(20);
    } catch {
      break;
    }
  }
  postgres = await startPostgres(data, { port: Number(new URL(postgres.url).port) });
}
