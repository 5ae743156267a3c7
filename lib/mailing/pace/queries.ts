import type { DomainPace } from "#lib/mailing/pace/back-off.ts";
import { fromDbTime, toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";

/** The domains that get no digest at this moment, and from when they do. */
export async function listPausedDomains({
  now,
}: {
  now: Temporal.Instant;
}): Promise<{ domain: string; opensAt: Temporal.Instant }[]> {
  // A pause ends when the next mail may go, never later.
  const rows = await db.mailDomain.findMany({ where: { nextAt: { gt: toDbTime(now) } } });
  return rows.map(({ domain, nextAt }) => ({ domain, opensAt: fromDbTime(nextAt) }));
}

/** The row of `mail_domains` as it is used. */
export function toPace(row: { domain: string; strikes: number; pausedUntil: Date | null; nextAt: Date }): DomainPace {
  return { ...row, pausedUntil: row.pausedUntil && fromDbTime(row.pausedUntil), nextAt: fromDbTime(row.nextAt) };
}
