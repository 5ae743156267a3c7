import type { SignalKind, Weights } from "#lib/trending/types.ts";

/** The rule as it stood from a date on: what a default site used, and why it was changed. */
export type RuleRecord = {
  /** ISO date. */
  since: string;
  weights: Weights;
  /** Half-lives in hours. */
  halfLives: Record<SignalKind, number>;
  why: string;
};

const weights: Weights = { upvotes: 1, votes: 1, comments: 0.5, stars: 0.25, sources: 0.5 };
const halfLives = { upvotes: 36, votes: 36, comments: 36, stars: 72 };

/**
 * Newest first. Who changes a default weight, a half-life or what is counted adds a line; a test compares the newest with
 * what is in force. Editions keep the points that they were frozen with.
 */
export const weightsHistory: readonly [RuleRecord, ...RuleRecord[]] = [
  {
    since: "2026-11-24",
    weights: { ...weights, comments: 0.05 },
    halfLives,
    why:
      "Comments 0.5 → 0.05: wherever recorded days could tell, a lower weight foretold better what was upvoted next. Usual " +
      "counts are measured in the last two weeks' editions. An upvote here counts no more than one on a source, and only " +
      "of an account a day old: one account could lift a paper among the first ten. The rest could not be measured and was kept.",
  },
  {
    since: "2026-11-24",
    weights,
    halfLives,
    why: "The first rule: chosen by judgement. Usual counts were 4 upvotes, 1 upvote here, 2 comments, 50 new stars.",
  },
];
