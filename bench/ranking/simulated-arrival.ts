import type { SignalEvent } from "#lib/trending/types.ts";
import { draw, type Known } from "./ranking-rules.ts";
import type { Day, Seen } from "./recorded-days.ts";

/** A recorded day of which each paper's time of listing is known, and drawn times at which its upvotes and comments came. */
export type ReplayedDay = { day: string; midnight: Temporal.Instant; papers: ReplayedPaper[] };

type ReplayedPaper = { seen: Seen; listedAt: Temporal.Instant; upvotes: number[]; comments: number[] };

/** Hours in which half of a paper's upvotes come: the same for all papers, or drawn for each between a quarter and four times it. */
export type Arrival = { halfLifeHours: number; speed: "same" | "each its own" };

const HOUR = 3_600_000;

/**
 * Recorded are the total and the time of listing; the times between are drawn. Each upvote (and comment) comes after the
 * listing, after an exponentially distributed delay, independently of all others. That is an assumption, not a
 * recording: real upvotes come in bursts, by readers who see a ranked list.
 */
export function replay(
  { day, papers }: Day,
  { arrival, seed }: { arrival: Arrival; seed: string },
): ReplayedDay | null {
  const replayed = papers.flatMap((seen) => {
    if (!seen.listedAt) return [];
    const random = draw(`${seed} ${day} ${seen.id}`);
    const stretch = arrival.speed === "same" ? 1 : 4 ** (2 * random() - 1);
    const start = seen.listedAt.epochMilliseconds;
    const times = (count: number) =>
      Array.from(
        { length: count },
        () => start - Math.log2(1 - random()) * arrival.halfLifeHours * stretch * HOUR,
      ).sort((a, b) => a - b);
    return [{ seen, listedAt: seen.listedAt, upvotes: times(seen.upvotes), comments: times(seen.comments) }];
  });
  if (replayed.length < papers.length) return null;
  return { day, midnight: Temporal.Instant.from(`${day}T00:00Z`), papers: replayed };
}

/** What a site that asks every quarter of an hour knows at `now`, and how many upvotes each paper has yet to get. */
export function knownAt({ papers }: ReplayedDay, now: Temporal.Instant) {
  const at = now.epochMilliseconds;
  const listed = papers.filter(({ listedAt }) => listedAt.epochMilliseconds <= at);
  const known = listed.map(({ seen, listedAt, upvotes, comments }): Known => {
    const shown = { upvotes: upTo(upvotes, at), comments: upTo(comments, at) };
    const signals = [
      ...events("upvotes", upvotes.slice(0, shown.upvotes), at),
      ...events("comments", comments.slice(0, shown.comments), at),
    ];
    return { id: seen.id, listedAt, signals, ...shown, ours: 0 };
  });
  const gains = new Map(listed.map(({ seen, upvotes }) => [seen.id, seen.upvotes - upTo(upvotes, at)]));
  return { known, gains };
}

/** The totals as they stood after each quarter of an hour in which they grew: a site asks even oftener. */
function events(kind: SignalEvent["kind"], times: readonly number[], now: number): SignalEvent[] {
  const totals = new Map<number, number>();
  for (const [index, time] of times.entries()) {
    totals.set(Math.min(now, Math.ceil(time / (HOUR / 4)) * (HOUR / 4)), index + 1);
  }
  return [...totals].map(([at, value]) => ({
    source: "huggingface",
    kind,
    value,
    at: Temporal.Instant.fromEpochMilliseconds(at),
  }));
}

function upTo(times: readonly number[], at: number): number {
  return times.findLastIndex((time) => time <= at) + 1;
}
