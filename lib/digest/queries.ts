import { Prisma } from "#generated/prisma/client.ts";
import { nextDue } from "#lib/digest/mailing-time.ts";
import { type Period, type PeriodKind, titleOf } from "#lib/digest/period.ts";
import type { DeliveryState, DigestProgress, LastDigest } from "#lib/digest/types.ts";
import { findLatestFrozenDay } from "#lib/editions/queries.ts";
import { findDomainCheck } from "#lib/mailing/dns/queries.ts";
import { fromDbDate, fromDbTime, toDbDate, toDbTime, toSqlTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";
import { readTimeZone } from "#lib/platform/time-zone.ts";
import type { Subscription } from "#lib/subscribers/types.ts";

/** Who may be mailed, of `subscribers AS s`: a recorded confirmation and no suppression. Chooses recipients, and guards the last moment. */
export const mailable = Prisma.sql`s.status = 'active' AND s.confirmed_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM suppressions AS x WHERE x.email_hash = s.email_hash)`;

/** How far the digest of a period is, counted from its deliveries, and those that are forgotten. */
export async function countDeliveries({ kind, day }: Period): Promise<DigestProgress> {
  const digest = { kind, day: toDbDate(day) };
  const live = await countByState({ digest });
  const totals = await db.digestTotal.groupBy({ by: ["state"], where: { digest }, _sum: { count: true } });
  const forgotten = (state: DeliveryState) => totals.find((total) => total.state === state)?._sum.count ?? 0;
  return {
    ...live,
    sent: live.sent + forgotten("sent"),
    failed: live.failed + forgotten("failed"),
    uncertain: live.uncertain + forgotten("uncertain"),
    expired: live.expired + forgotten("expired"),
    excluded: live.excluded + forgotten("excluded"),
  };
}

/** How far one run of the operator's command is, whoever does its work: a running site takes part in it. */
export function countOperatorRun(
  digestId: string,
  { askedAt }: { askedAt: Temporal.Instant },
): Promise<DigestProgress> {
  // Those of an earlier run that are not asked for again were due before.
  return countByState({ digestId, askedBy: "operator", dueAt: { gte: toDbTime(askedAt) } });
}

/** How many mails of a digest wait for addresses of these domains. */
export async function countPendingAt(domains: readonly string[], { digestId }: { digestId: string }): Promise<number> {
  if (domains.length === 0) return 0;
  // Raw SQL because a domain is a part of a column.
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM deliveries AS d JOIN subscribers AS s ON s.id = d.subscriber_id
    WHERE d.digest_id = ${digestId}::uuid AND d.state = 'pending' AND split_part(s.email_key, '@', 2) = ANY(${domains})`;
  return row?.waiting ?? 0;
}

/** What large receivers take in a day from a domain without SPF, DKIM and DMARC. */
export const MOST_UNPROVEN = 5000;

/**
 * How many digests may go now. Without end, unless the last look at the sender's domain found that it cannot prove itself (no SPF, no
 * DKIM or no DMARC record): then no more than large receivers take of such a domain in a day. What was never looked at is not held back.
 */
export async function countAllowed({ now }: { now: Temporal.Instant }): Promise<number> {
  const check = await findDomainCheck();
  if (!check?.missing.some((about) => about !== "PTR" && about !== "MX")) return Number.POSITIVE_INFINITY;
  const since = toSqlTime(now.subtract({ hours: 72 }));
  // Raw SQL because of the database's clock.
  const [row] = await db.$queryRaw<{ sent: number }[]>`
    SELECT count(*)::int AS sent FROM deliveries AS d JOIN digests AS g ON g.id = d.digest_id
    WHERE g.created_at > ${since}::timestamptz AND d.handed_at > now() - make_interval(hours => 24)`;
  return Math.max(0, MOST_UNPROVEN - (row?.sent ?? 0));
}

async function countByState(where: Prisma.DeliveryWhereInput): Promise<DigestProgress> {
  const groups = await db.delivery.groupBy({ by: ["state"], where, _count: { _all: true } });
  const count = (state: DeliveryState) => groups.find((group) => group.state === state)?._count._all ?? 0;
  const open = { pending: count("pending"), sending: count("sending") };
  return {
    ...open,
    sent: count("sent"),
    failed: count("failed"),
    uncertain: count("uncertain"),
    expired: count("expired"),
    excluded: count("excluded"),
    finished: open.pending + open.sending === 0,
  };
}

/** The newest digest that the timetable or the operator sent; one that a reader asked for went to that reader only. */
export async function findLastDigest(): Promise<LastDigest | null> {
  const digest = await db.digest.findFirst({
    where: { OR: [{ preparedAt: { not: null } }, { deliveries: { some: { askedBy: "operator" } } }] },
    orderBy: { createdAt: "desc" },
    select: { kind: true, day: true, preparedAt: true, createdAt: true },
  });
  if (!digest) return null;
  const period = { kind: digest.kind as PeriodKind, day: fromDbDate(digest.day) };
  const wentOutAt = (digest.preparedAt ?? digest.createdAt).toISOString();
  return { title: titleOf(period), wentOutAt, ...(await countDeliveries(period)) };
}

/**
 * When the next mail is due for a subscription: one whose recipients are written down, else the next that is not begun, and not
 * before the end of a pause.
 */
export async function findNextMail(
  { id, preferences, pausedUntil }: Subscription,
  { now }: { now: Temporal.Instant },
): Promise<Temporal.Instant> {
  const zone = zoneOf(preferences.timeZone);
  const reader = { ...preferences, timeZone: zone };
  const resumes = pausedUntil?.toZonedDateTime(zone).toInstant().subtract({ nanoseconds: 1 });
  const from = resumes && Temporal.Instant.compare(resumes, now) > 0 ? resumes : now;
  const open = await db.delivery.findFirst({
    where: { subscriberId: id, state: { in: ["pending", "sending"] }, dueAt: { gt: toDbTime(from) } },
    orderBy: { dueAt: "asc" },
    select: { dueAt: true },
  });
  if (open) return fromDbTime(open.dueAt);
  let next = nextDue(from, reader, site);
  while (await isPrepared(next.period)) next = nextDue(next.at, reader, site);
  return next.at;
}

/** The latest edition that can be mailed, and whether this subscriber has a delivery of it. */
export async function findLatestForReader(
  subscriberId: string,
): Promise<{ day: string; state: DeliveryState | null } | null> {
  const day = await findLatestFrozenDay();
  if (!day) return null;
  const delivery = await db.delivery.findFirst({
    where: { subscriberId, digest: { kind: "day", day: toDbDate(day) } },
    select: { state: true },
  });
  return { day: day.toString(), state: (delivery?.state ?? null) as DeliveryState | null };
}

/** The zone by which a reader's dates are told. One that this machine does not know is as if it were not set. */
export function zoneOf(timeZone: string): string {
  return (timeZone && readTimeZone(timeZone)) || site.timeZone;
}

async function isPrepared({ kind, day }: Period): Promise<boolean> {
  return (await db.digest.count({ where: { kind, day: toDbDate(day), preparedAt: { not: null } } })) > 0;
}
