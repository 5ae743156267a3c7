import { fromDbTime, toDbDate, toDbTime, toSqlTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";
import type { Evidence, SignalEvent, SignalKind, UsualCounts } from "#lib/trending/types.ts";
import { usualCounts } from "#lib/trending/usual-counts.ts";

/** A vote is not counted before its account is this old: who makes ten accounts to lift a paper waits with all ten. */
const ACCOUNT_AGE = Temporal.Duration.from({ hours: 24 });

/** So many days of printed editions say what is usual. */
const USUAL_DAYS = 14;

type Horizon = {
  /** What counts later is not looked at. */
  until: Temporal.Instant;
  /** Only listings up to this day say that a source knows the paper. */
  day?: Temporal.PlainDate;
};

/** What is known of each paper up to a moment, in the order of `ids`. */
export async function listEvidence(ids: readonly string[], { until, day }: Horizon): Promise<Evidence[]> {
  const papers = { paperId: { in: [...ids] } };
  const [signals, votes, listings] = await Promise.all([
    listSignals(ids, until),
    db.upvote.findMany({
      where: {
        ...papers,
        castAt: { lte: toDbTime(until) },
        account: { createdAt: { lte: toDbTime(until.subtract(ACCOUNT_AGE)) } },
      },
      select: { paperId: true, castAt: true },
    }),
    db.listing.findMany({
      where: { ...papers, ...(day && { day: { lte: toDbDate(day) } }) },
      select: { paperId: true, source: true },
      distinct: ["paperId", "source"],
      orderBy: { source: "desc" },
    }),
  ]);
  const signalsOf = Map.groupBy(signals, ({ paperId }) => paperId);
  const votesOf = Map.groupBy(votes, ({ paperId }) => paperId);
  const listingsOf = Map.groupBy(listings, ({ paperId }) => paperId);
  return ids.map((id) => ({
    id,
    signals: (signalsOf.get(id) ?? []).flatMap(toSignalEvents),
    votes: (votesOf.get(id) ?? []).map(({ castAt }) => fromDbTime(castAt)),
    sources: (listingsOf.get(id) ?? []).map(({ source }) => source),
  }));
}

type SignalRow = { paperId: string; source: string; kind: SignalEvent["kind"]; values: number[]; times: number[] };

function listSignals(ids: readonly string[], until: Temporal.Instant): Promise<SignalRow[]> {
  // Raw SQL because a fortnight has tens of thousands of counts: as one row for each series they take a third of the time.
  return db.$queryRaw`
    SELECT paper_id AS "paperId", source, kind, array_agg(value ORDER BY counts_at, observed_at) AS values,
           array_agg((extract(epoch FROM counts_at) * 1000)::float8 ORDER BY counts_at, observed_at) AS times
    FROM signals WHERE paper_id = ANY(${[...ids]}) AND counts_at <= ${toSqlTime(until)}::timestamptz
    GROUP BY paper_id, source, kind`;
}

function toSignalEvents({ source, kind, values, times }: SignalRow): SignalEvent[] {
  return values.map((value, index) => {
    const at = Temporal.Instant.fromEpochMilliseconds(Math.round(times[index] ?? 0));
    return { source, kind, value, at };
  });
}

/**
 * What was usual when `day` began: from the editions printed in the two weeks before it, so that the day's own news does
 * not move the measure, and anyone can recompute it from the reasons that stand in those editions. A day that is frozen
 * keeps in its own reasons what was usual then, also where an older day is frozen after it.
 */
export async function findUsualCounts({ day }: { day: Temporal.PlainDate }): Promise<UsualCounts> {
  // Raw SQL because Prisma cannot open a JSON array into rows.
  const rows = await db.$queryRaw<{ kind: SignalKind; count: number }[]>`
    SELECT reason->>'kind' AS kind, (reason->>'count')::int AS count
    FROM editions AS e JOIN edition_entries AS p ON p.day = e.day, jsonb_array_elements(p.reasons) AS reason
    WHERE NOT e.sample AND e.day < ${day.toString()}::date
      AND e.day >= ${day.subtract({ days: USUAL_DAYS }).toString()}::date`;
  return usualCounts(rows, site.usual);
}

/** Ids of the papers that anything was said of since `since`: the candidates of the trending list. */
export async function listTalkedAbout({
  since,
  until,
}: {
  since: Temporal.Instant;
  until: Temporal.Instant;
}): Promise<string[]> {
  // Raw SQL because Prisma makes rows distinct only after it has read them all: one for each change of a count.
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT paper_id AS id FROM signals
    WHERE counts_at BETWEEN ${toSqlTime(since)}::timestamptz AND ${toSqlTime(until)}::timestamptz AND value > 0
    UNION
    SELECT paper_id FROM upvotes
    WHERE cast_at BETWEEN ${toSqlTime(since)}::timestamptz AND ${toSqlTime(until)}::timestamptz`;
  return rows.map(({ id }) => id).sort();
}
