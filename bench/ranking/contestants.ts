import type { UsualCounts, Weights } from "#lib/trending/types.ts";
import { usualCounts } from "#lib/trending/usual-counts.ts";
import { weightsHistory } from "#lib/trending/weights-history.ts";
import { ours, peers, type RankingRule } from "./ranking-rules.ts";
import type { Day } from "./recorded-days.ts";

/** What a default site uses. */
export const { weights }: { weights: Weights } = weightsHistory[0];

export const broadsheet = ours("Broadsheet", { weights });

/** All rules of one run: the peers, ours, and ours with one thing changed. */
export const contestants: readonly RankingRule[] = [
  ...peers,
  broadsheet,
  ours("· usual counts as first", { weights, usual: usualCounts([], {}) }),
  ...[0, 0.1, 0.25, 0.5, 1].map((comments) => ours(`· comments ${comments}`, { weights: { ...weights, comments } })),
  ...[6, 12, 24, 72].map((halfLife) => ours(`· half-life ${halfLife} h`, { weights, halfLife })),
];

/** What was usual by the recorded days of the two weeks before. */
export function usualBefore(day: string, days: readonly Day[]): UsualCounts {
  const from = Temporal.PlainDate.from(day).subtract({ days: 14 }).toString();
  const printed = days
    .filter((one) => one.day >= from && one.day < day)
    .flatMap(({ papers }) => papers)
    .flatMap(({ upvotes, comments }) => [
      { kind: "upvotes" as const, count: upvotes },
      { kind: "comments" as const, count: comments },
    ]);
  return usualCounts(printed, {});
}

/** One line of a table. */
export function row(name: string, cells: readonly string[]): string {
  return name.padEnd(28) + cells.map((cell) => cell.padStart(15)).join("");
}
