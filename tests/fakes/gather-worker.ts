// A process that gathers and back-fills when it is told to, and can be made to die before its n-th statement reaches the
// database: see tests/gather-workers.ts.
import { flushCompileCache } from "node:module";
import pg from "pg";
import { backfillDays, gatherPapers } from "#lib/sources/commands.ts";
import { harvestArxiv } from "#lib/sources/harvest/commands.ts";
import type { WorkerJob } from "#tests/gather-workers.ts";

const statements = { sent: 0, last: Number.POSITIVE_INFINITY };
const query = pg.Client.prototype.query;

/** Every statement of the process passes here: Prisma's and those of the locks. What a new connection begins with is none. */
Object.defineProperty(pg.Client.prototype, "query", {
  value(this: pg.Client, ...args: unknown[]): unknown {
    const isSetting = typeof args[0] === "string" && args[0].startsWith("SET ");
    if (!isSetting && ++statements.sent >= statements.last) process.kill(process.pid, "SIGKILL");
    return Reflect.apply(query, this, args);
  },
});

process.on("message", async ({ diesBefore, ...job }: WorkerJob) => {
  statements.sent = 0;
  statements.last = diesBefore ?? Number.POSITIVE_INFINITY;
  const status = await work(job);
  statements.last = Number.POSITIVE_INFINITY;
  process.send?.({ status, statements: statements.sent });
});

async function work({ now: text, days, harvest }: WorkerJob): Promise<string> {
  const now = Temporal.Instant.from(text);
  const [from, to] = days?.map((day) => Temporal.PlainDate.from(day)) ?? [];
  if (from && to) return (await backfillDays({ from, to, now })).status;
  if (!harvest) return (await gatherPapers({ now })).status;
  const since = Temporal.PlainDate.from(harvest.from);
  const say = () => undefined;
  const asked = { sets: [harvest.set], from: since, until: null, restart: false, now, say };
  const { status } = await harvestArxiv(asked);
  return status === "finished" ? "done" : status;
}

process.on("disconnect", () => process.exit(0));
// Who is killed does not write it at the end: the next worker starts in half the time.
flushCompileCache();
process.send?.("ready");
