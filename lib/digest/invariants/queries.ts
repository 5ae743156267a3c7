import { Prisma } from "#generated/prisma/client.ts";
import { db } from "#lib/platform/db.ts";

/** Something that always holds, as a query that counts where it does not. Shared by tests, `npm run doctor` and the metrics. */
type Invariant = {
  name: string;
  /** What is wrong, after a number: "3 …". */
  broken: string;
  count: Prisma.Sql;
  /** `wrong`: a defect. `look`: allowed, and worth a look. */
  weight: "wrong" | "look";
};

type Counted = Omit<Invariant, "count"> & { count: number };

/** Something that is not well, in a sentence for everybody. `since`: an ISO instant. */
export type Alarm = { name: string; sentence: string; since: string };

/** What is not well at this moment, as of the last look; the oldest first. */
export async function listAlarms(): Promise<Alarm[]> {
  const rows = await db.alarm.findMany({ orderBy: [{ since: "asc" }, { name: "asc" }] });
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

/** How many promises are looked at. */
export function countInvariants(): number {
  return invariants.length;
}

/** Where something that always holds does not. */
export async function listBrokenInvariants(): Promise<Counted[]> {
  return (await countBrokenInvariants()).filter(({ count }) => count > 0);
}

/** The same with those that hold, which count 0. */
export function countBrokenInvariants(): Promise<Counted[]> {
  return Promise.all(
    invariants.map(async ({ count: sql, ...invariant }) => {
      // Raw SQL because an invariant is a query of its own.
      const [row] = await db.$queryRaw<{ count: number }[]>(sql);
      return { ...invariant, count: row?.count ?? 0 };
    }),
  );
}

// A mail server may take ten minutes for its last word; the sweep closes what is older than fifteen.
const longAnswer = Prisma.sql`make_interval(mins => 20)`;

const invariants: readonly Invariant[] = [
  {
    name: "recipients",
    broken: "digests have more deliveries than were counted before the first mail",
    // Rows of erased subscribers are gone, so there may be fewer; of those that are forgotten the number is kept.
    count: Prisma.sql`SELECT count(*)::int AS count FROM digests AS g WHERE prepared_at IS NOT NULL AND candidates < excluded +
      (SELECT count(*) FROM deliveries AS d WHERE d.digest_id = g.id AND d.asked_by = 'timetable') +
      (SELECT COALESCE(sum(t.count), 0) FROM digest_totals AS t WHERE t.digest_id = g.id AND t.asked_by = 'timetable')`,
    weight: "wrong",
  },
  {
    name: "one copy each",
    broken: "addresses have two deliveries of one digest by one subscription",
    count: Prisma.sql`SELECT count(*)::int AS count FROM (SELECT 1 FROM deliveries AS d JOIN subscribers AS s ON s.id = d.subscriber_id
      GROUP BY d.digest_id, s.email_key, s.query HAVING count(*) > 1) AS doubled`,
    weight: "wrong",
  },
  {
    name: "no mail after a way out",
    broken: "mails were handed over after their address was suppressed",
    count: Prisma.sql`SELECT count(*)::int AS count FROM deliveries AS d JOIN subscribers AS s ON s.id = d.subscriber_id
      JOIN suppressions AS x ON x.email_hash = s.email_hash WHERE d.handed_at > x.since`,
    weight: "wrong",
  },
  {
    name: "confirmed first",
    broken: "mails went to subscribers who had not confirmed by then",
    count: Prisma.sql`SELECT count(*)::int AS count FROM deliveries AS d JOIN subscribers AS s ON s.id = d.subscriber_id
      WHERE d.handed_at IS NOT NULL AND (s.confirmed_at IS NULL OR s.confirmed_at > d.handed_at)`,
    weight: "wrong",
  },
  {
    name: "every mail ends",
    broken: "mails were handed over long ago and are not settled: is a worker running?",
    count: Prisma.sql`SELECT count(*)::int AS count FROM deliveries WHERE state = 'sending' AND handed_at < now() - ${longAnswer}`,
    weight: "wrong",
  },
  {
    name: "nothing waits past its time",
    broken: "mails wait although their time is over: is a worker running?",
    count: Prisma.sql`SELECT count(*)::int AS count FROM deliveries WHERE state = 'pending' AND expires_at < now() - ${longAnswer}`,
    weight: "wrong",
  },
  {
    name: "certainty",
    broken: "mails may or may not have arrived: the server's last word was lost. They are not sent again by themselves",
    count: Prisma.sql`SELECT count(*)::int AS count FROM deliveries WHERE state = 'uncertain'`,
    weight: "look",
  },
  {
    name: "ranks",
    broken: "frozen editions have a gap in their ranks",
    count: Prisma.sql`SELECT count(*)::int AS count FROM (SELECT 1 FROM edition_entries GROUP BY day
      HAVING count(*) <> max(rank) OR min(rank) <> 1) AS gaps`,
    weight: "wrong",
  },
];
