import type { SignalKind, UsualCount, UsualCounts } from "#lib/trending/types.ts";

type Printed = readonly { kind: SignalKind; count: number }[];

/** Before a field has printed enough to be measured. */
const first: Record<SignalKind, number> = { upvotes: 4, votes: 4, comments: 2, stars: 50 };

/** So many papers with a signal must have been printed before their middle is trusted. */
const ENOUGH = 30;

/**
 * How many of each signal are usual in a field: what the middle paper had, of those that had any, in the editions printed
 * lately (`printed`, one item a paper and signal), and at least 1. A field where eight upvotes are much is measured by its
 * own eight. What the site sets (`set`) stands; a signal of which too little was printed keeps the number it began with.
 */
export function usualCounts(printed: Printed, set: Partial<Record<SignalKind, number | undefined>>): UsualCounts {
  const upvotes = usualCount("upvotes", printed, set.upvotes);
  const votes = usualCount("votes", printed, set.votes);
  return {
    upvotes,
    // An upvote here counts no more than one on a source: else one account could lift a paper among the first ten.
    votes: votes.from !== "site" && votes.count < upvotes.count ? upvotes : votes,
    comments: usualCount("comments", printed, set.comments),
    stars: usualCount("stars", printed, set.stars),
  };
}

function usualCount(kind: SignalKind, printed: Printed, set: number | undefined): UsualCount {
  if (set !== undefined) return { count: set, from: "site" };
  const counts = printed.filter((one) => one.kind === kind && one.count > 0).map(({ count }) => count);
  if (counts.length < ENOUGH) return { count: first[kind], from: "first" };
  return { count: Math.max(1, middle(counts)), from: "measured" };
}

/** The median: half of the numbers are no larger, half no smaller. */
function middle(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return (low + high) / 2;
}
