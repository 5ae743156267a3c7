import { Prisma } from "#generated/prisma/client.ts";
import { composeDigest, usualLimits } from "#lib/digest/compose-digest.ts";
import type { DeliveryState, DigestContent, DigestProgress, LastDigest } from "#lib/digest/types.ts";
import { findLatestFrozenDay, listFrozenIds, listFrozenPapers } from "#lib/editions/queries.ts";
import type { RankedPaper } from "#lib/editions/types.ts";
import { fromDbDate, toDbDate, toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { findAmong } from "#lib/search/queries.ts";

/** Who may be mailed, of `subscribers AS s`: a recorded confirmation and no suppression. Chooses recipients, and guards the last moment. */
export const mailable = Prisma.sql`s.status = 'active' AND s.confirmed_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM suppressions AS x WHERE x.email_hash = s.email_hash)`;

/** The edition that a digest is made of, or its papers that a search finds. */
export type DigestEdition = { day: Temporal.PlainDate; papers: RankedPaper[]; total: number; search?: string };

export type FoundDigestEdition =
  | { status: "found"; edition: DigestEdition }
  | { status: "not-frozen" | "sample" | "empty" };

// Papers of an edition among which a search looks: more than any day has had.
const wholeEdition = 5000;

/** What may be mailed of a day, or why nothing may. */
export async function findDigestEdition(day: Temporal.PlainDate): Promise<FoundDigestEdition> {
  const row = await db.edition.findUnique({
    where: { day: toDbDate(day) },
    select: { sample: true, _count: { select: { entries: true } } },
  });
  if (!row) return { status: "not-frozen" };
  if (row.sample) return { status: "sample" };
  const papers = await listFrozenPapers(day, { limit: usualLimits.papers });
  if (papers.length === 0) return { status: "empty" };
  return { status: "found", edition: { day, papers, total: row._count.entries } };
}

/**
 * What may be mailed of a day to those who asked for a search: its papers in the edition's order. `empty`: it finds none.
 * `no-index`: that cannot be said at this moment.
 */
export async function findSearchDigest(
  day: Temporal.PlainDate,
  { search, now }: { search: string; now: Temporal.Instant },
): Promise<{ status: "found"; edition: DigestEdition } | { status: "empty" | "no-index" }> {
  const all = await listFrozenPapers(day, { limit: wholeEdition });
  const ids = all.map(({ id }) => id);
  const found = await findAmong(search, ids, { now });
  if (!found) return { status: "no-index" };
  const papers = all.filter(({ id }) => found.has(id));
  if (papers.length === 0) return { status: "empty" };
  const { papers: most } = usualLimits;
  return { status: "found", edition: { day, papers: papers.slice(0, most), total: papers.length, search } };
}

/**
 * The searches that somebody has by mail and that find nothing in the edition of a day. Where no index can tell, none: what is
 * due is then looked at again when it is sent.
 */
export async function listIdleSearches(day: Temporal.PlainDate, { now }: { now: Temporal.Instant }): Promise<string[]> {
  const rows = await db.subscriber.findMany({
    where: { status: "active", query: { not: "" } },
    select: { query: true },
    distinct: ["query"],
    orderBy: { query: "asc" },
  });
  const ids = rows.length > 0 ? await listFrozenIds(day) : [];
  const idle: string[] = [];
  // One after the other: readers of the site come first.
  for (const { query } of rows) if ((await findAmong(query, ids, { now }))?.size === 0) idle.push(query);
  return idle;
}

/** The digest of a day as its archive page shows it; null where there is none to mail. */
export async function findArchivedDigest(day: Temporal.PlainDate): Promise<DigestContent | null> {
  const found = await findDigestEdition(day);
  return found.status === "found" ? composeDigest(found.edition, { siteUrl: env.siteUrl }) : null;
}

/** How far the digest of a day is, counted from its deliveries. */
export function countDeliveries(day: Temporal.PlainDate): Promise<DigestProgress> {
  return countByState({ digest: { day: toDbDate(day) } });
}

/** How far one run of the operator's command is, whoever does its work: a running site takes part in it. */
export function countOperatorRun(
  digestId: string,
  { askedAt }: { askedAt: Temporal.Instant },
): Promise<DigestProgress> {
  // Those of an earlier run that are not asked for again were due before.
  return countByState({ digestId, askedBy: "operator", dueAt: { gte: toDbTime(askedAt) } });
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
    orderBy: { day: "desc" },
    select: { day: true, preparedAt: true, createdAt: true },
  });
  if (!digest) return null;
  const day = fromDbDate(digest.day);
  const wentOutAt = (digest.preparedAt ?? digest.createdAt).toISOString();
  return { day: day.toString(), wentOutAt, ...(await countDeliveries(day)) };
}

/** How many would get an edition by the operator's command: confirmed, not suppressed, and without it so far. */
export async function countWaitingFor(day: Temporal.PlainDate, { now }: { now: Temporal.Instant }): Promise<number> {
  const idle = await listIdleSearches(day, { now });
  // Raw SQL because of the condition over other rows.
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM subscribers AS s
    WHERE ${mailable} AND s.query <> ALL(${idle})
      AND NOT EXISTS (SELECT 1 FROM deliveries AS d JOIN digests AS g ON g.id = d.digest_id
        WHERE d.subscriber_id = s.id AND g.day = ${day.toString()}::date AND d.state IN ('sending', 'sent', 'uncertain'))`;
  return row?.waiting ?? 0;
}

/** The latest edition that can be mailed, and whether this subscriber has a delivery of it. */
export async function findLatestForReader(
  subscriberId: string,
): Promise<{ day: string; state: DeliveryState | null } | null> {
  const day = await findLatestFrozenDay();
  if (!day) return null;
  const delivery = await db.delivery.findFirst({
    where: { subscriberId, digest: { day: toDbDate(day) } },
    select: { state: true },
  });
  return { day: day.toString(), state: (delivery?.state ?? null) as DeliveryState | null };
}
