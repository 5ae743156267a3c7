import { scorePapers } from "#lib/trending/score-papers.ts";
import type { SignalEvent, UsualCounts, Weights } from "#lib/trending/types.ts";

/** What is known of a paper at a moment. `listedAt` is never null here: a day without times counts all as of its midnight. */
export type Known = {
  id: string;
  listedAt: Temporal.Instant;
  signals: SignalEvent[];
  upvotes: number;
  comments: number;
  /** Upvotes of accounts of ours, cast just now; `upvotes` does not hold them. */
  ours: number;
};

type Moment = { now: Temporal.Instant; seed: string; usual: UsualCounts };

export type RankingRule = { name: string; order: (papers: readonly Known[], moment: Moment) => string[] };

/** Ours, with the weights and the measured usual counts of a default site, or others; half-lives in hours. */
export function ours(
  name: string,
  { weights, usual, halfLife }: { weights: Weights; usual?: UsualCounts; halfLife?: number },
): RankingRule {
  const halfLives = halfLife ? { halfLives: { upvotes: halfLife, votes: halfLife, comments: halfLife } } : {};
  return {
    name,
    order: (papers, moment) =>
      scorePapers(
        papers.map(({ id, signals, ours: votes }) => ({
          id,
          signals,
          votes: Array.from({ length: votes }, () => moment.now),
          sources: ["huggingface"],
        })),
        { ...moment, weights, usual: usual ?? moment.usual, ...halfLives },
      ).map(({ id }) => id),
  };
}

/** The peers' rules, from their published sources. What they know and we do not (flags, tags' modifiers) is absent. */
export const peers: readonly RankingRule[] = [
  { name: "newest first", order: by(({ listedAt }) => listedAt.epochMilliseconds) },
  { name: "raw votes", order: by((paper) => paper.upvotes + paper.ours) },
  { name: "Hacker News", order: by(hackerNews) },
  { name: "Lobsters", order: by(lobsters) },
];

/** news.arc: (points - 1)^0.8 / (age in hours + 2)^1.8. */
function hackerNews({ upvotes, ours: votes, listedAt }: Known, now: Temporal.Instant): number {
  const base = upvotes + votes - 1;
  return (base > 0 ? base ** 0.8 : base) / (Math.max(0, hours(listedAt, now)) + 2) ** 1.8;
}

/** story.rb: log10(score + 1 + half of the comments' points, at most the score) + time of submission / 22 h. */
function lobsters({ upvotes, ours: votes, comments, listedAt }: Known, now: Temporal.Instant): number {
  const score = upvotes + votes;
  const order = Math.log10(Math.max(score + 1 + Math.min(score, comments), 1));
  return (score > 0 ? order : 0) - hours(listedAt, now) / 22;
}

/** Largest first; ties by a number drawn from the id, the same for every rule. */
function by(value: (paper: Known, now: Temporal.Instant) => number): RankingRule["order"] {
  return (papers, { now, seed }) =>
    papers
      .map((paper) => ({ id: paper.id, value: value(paper, now), tie: draw(`${seed} ${paper.id}`)() }))
      .sort((a, b) => b.value - a.value || a.tie - b.tie)
      .map(({ id }) => id);
}

function hours(from: Temporal.Instant, to: Temporal.Instant): number {
  return (to.epochMilliseconds - from.epochMilliseconds) / 3_600_000;
}

/** Numbers from 0 to 1 that a text decides: mulberry32 on an FNV-1a hash. */
export function draw(text: string): () => number {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
