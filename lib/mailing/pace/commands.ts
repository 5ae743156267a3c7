import { type DomainPace, grantTurns, mailsPerMinute, pauseAfter } from "#lib/mailing/pace/back-off.ts";
import { toPace } from "#lib/mailing/pace/queries.ts";
import { toDbTime, toSqlTime } from "#lib/platform/clock.ts";
import { db, type Transaction } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";

/** A server asked for patience (421, 4.7.x): its domain gets nothing for a while, from any process, also after a restart. */
export async function pauseDomain(domain: string, { now }: { now: Temporal.Instant }): Promise<void> {
  await db.$transaction(async (tx) => {
    const pause = pauseAfter(await lockDomain(tx, domain, { now }), now);
    if (!pause) return;
    const pausedUntil = toDbTime(pause.pausedUntil);
    await tx.mailDomain.update({
      where: { domain },
      data: { strikes: pause.strikes, pausedUntil, nextAt: pausedUntil },
    });
  });
}

/** How many of `wanted` mails for a domain may go now; they are counted. */
export async function takeTurns(
  domain: string,
  { wanted, now }: { wanted: number; now: Temporal.Instant },
): Promise<number> {
  const most = site.mailsPerMinute[domain] ?? site.mailsPerMinute["*"] ?? null;
  // Nobody ever asked for patience, and the operator sets no limit: nothing is counted.
  if (most === null && (await db.mailDomain.count({ where: { domain } })) === 0) return wanted;
  return db.$transaction(async (tx) => {
    const { pausedUntil, nextAt } = await lockDomain(tx, domain, { now });
    if (pausedUntil && Temporal.Instant.compare(now, pausedUntil) < 0) return 0;
    const perMinute = mailsPerMinute(pausedUntil, { most, now });
    if (perMinute === null) return wanted;
    const turns = grantTurns(nextAt, { wanted, perMinute, now });
    await tx.mailDomain.update({ where: { domain }, data: { nextAt: toDbTime(turns.nextAt) } });
    return turns.granted;
  });
}

/** Forgets domains that have been at peace for `days`. A sweep. */
export async function forgetOldPaces({
  now,
  days,
}: {
  now: Temporal.Instant;
  days: number;
}): Promise<{ forgotten: number }> {
  const before = toDbTime(now.subtract({ hours: days * 24 }));
  const { count } = await db.mailDomain.deleteMany({ where: { nextAt: { lt: before } } });
  return { forgotten: count };
}

/** The row of a domain, made if need be and locked until the transaction ends. */
async function lockDomain(tx: Transaction, domain: string, { now }: { now: Temporal.Instant }): Promise<DomainPace> {
  // Raw SQL because two workers may meet here: one makes the row, both then wait for its lock in turn.
  await tx.$executeRaw`
    INSERT INTO mail_domains (domain, next_at) VALUES (${domain}, ${toSqlTime(now)}::timestamptz)
    ON CONFLICT (domain) DO NOTHING`;
  await tx.$queryRaw`SELECT domain FROM mail_domains WHERE domain = ${domain} FOR UPDATE`;
  return toPace(await tx.mailDomain.findUniqueOrThrow({ where: { domain } }));
}
