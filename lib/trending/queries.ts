import { fromDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { toDbDate, toDbTime } from "#lib/platform/clock.ts";
import type { Evidence, SignalEvent } from "#lib/trending/types.ts";

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
    db.signal.findMany({
      where: { ...papers, countsAt: { lte: toDbTime(until) } },
      select: { paperId: true, source: true, kind: true, value: true, countsAt: true },
      orderBy: [{ countsAt: "asc" }, { observedAt: "asc" }],
    }),
    db.upvote.findMany({
      where: { ...papers, castAt: { lte: toDbTime(until) } },
      select: { paperId: true, castAt: true },
    }),
    db.listing.findMany({
      where: { ...papers, ...(day && { day: { lte: toDbDate(day) } }) },
      select: { paperId: true, source: true },
      distinct: ["paperId", "source"],
    }),
  ]);
  const signalsOf = Map.groupBy(signals, ({ paperId }) => paperId);
  const votesOf = Map.groupBy(votes, ({ paperId }) => paperId);
  const listingsOf = Map.groupBy(listings, ({ paperId }) => paperId);
  return ids.map((id) => ({
    id,
    signals: (signalsOf.get(id) ?? []).map(
      ({ source, kind, value, countsAt }): SignalEvent => ({
        source,
        kind: kind as SignalEvent["kind"],
        value,
        at: fromDbTime(countsAt),
      }),
    ),
    votes: (votesOf.get(id) ?? []).map(({ castAt }) => fromDbTime(castAt)),
    sources: listingsOf.get(id)?.length ?? 0,
  }));
}

/** Ids of the papers that anything was said of since `since`: the candidates of the trending list. */
export async function listTalkedAbout({
  since,
  until,
}: {
  since: Temporal.Instant;
  until: Temporal.Instant;
}): Promise<string[]> {
  const during = { gte: toDbTime(since), lte: toDbTime(until) };
  const [signals, votes] = await Promise.all([
    db.signal.findMany({
      where: { countsAt: during, value: { gt: 0 } },
      select: { paperId: true },
      distinct: ["paperId"],
    }),
    db.upvote.findMany({ where: { castAt: during }, select: { paperId: true }, distinct: ["paperId"] }),
  ]);
  return [...new Set([...signals, ...votes].map(({ paperId }) => paperId))].sort();
}
