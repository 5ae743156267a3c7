import { broadsheet, contestants, row, usualBefore } from "./contestants.ts";
import { agreement, exposure, kendall, meanOf, ndcg } from "./metrics.ts";
import { peers, type RankingRule } from "./ranking-rules.ts";
import type { Day } from "./recorded-days.ts";
import { type Arrival, knownAt, type ReplayedDay, replay } from "./simulated-arrival.ts";

/** 95 of 100 papers are listed by then, UTC. */
export const MORNING = 9;
const ENOUGH_PAPERS = 12;

/** Drawn arrivals, apart from what was recorded: how rules behave if upvotes came like this. */
const arrivals: Arrival[] = [
  { halfLifeHours: 7, speed: "same" },
  { halfLifeHours: 7, speed: "each its own" },
];

export function judgeReplays(
  days: readonly Day[],
  { seed, classes }: { seed: string; classes: ReadonlyMap<string, string> },
): void {
  for (const arrival of arrivals) {
    const replayed = replayAll(days, { arrival, seed });
    console.log(
      `SIMULATED ARRIVAL (half of a paper's upvotes in ${arrival.halfLifeHours} h, ${arrival.speed === "same" ? "the same for all papers" : "for each paper drawn from a quarter to four times that"}): ` +
        `${replayed.length} days of ${ENOUGH_PAPERS} papers or more whose times of listing are recorded`,
    );
    console.log(row(`at ${MORNING}:00 UTC`, ["nDCG@10", "to ours", "± 2 s.e.", "Kendall τ", "hour to hour τ"]));
    const baseline = judgeMorning(broadsheet, replayed, { days, seed });
    for (const rule of contestants) console.log(row(rule.name, judge(rule, replayed, { days, seed, baseline })));
    console.log("");
    if (arrival.speed === "same" && classes.size > 0) showExposure(replayed, { days, seed, classes });
  }
}

/** The days that can be replayed, in the order recorded. */
export function replayAll(days: readonly Day[], options: { arrival: Arrival; seed: string }): ReplayedDay[] {
  return days
    .filter(({ papers }) => papers.length >= ENOUGH_PAPERS)
    .map((day) => replay(day, options))
    .filter((day) => day !== null);
}

type Setting = { days: readonly Day[]; seed: string };

/** The order at an hour of the day. */
function orderAt(rule: RankingRule, replayed: ReplayedDay, hour: number, { days, seed }: Setting): string[] {
  const now = replayed.midnight.add({ hours: hour });
  const usual = usualBefore(replayed.day, days);
  return rule.order(knownAt(replayed, now).known, { now, seed: `${seed} ${replayed.day}`, usual });
}

type Judged = { ndcg: number | null; tau: number | null };

function judgeMorning(rule: RankingRule, replayed: readonly ReplayedDay[], setting: Setting): Judged[] {
  return replayed.map((day) => {
    const order = orderAt(rule, day, MORNING, setting);
    const { gains } = knownAt(day, day.midnight.add({ hours: MORNING }));
    return { ndcg: ndcg(order, gains, 10), tau: kendall(order, gains) };
  });
}

function judge(
  rule: RankingRule,
  replayed: readonly ReplayedDay[],
  { baseline, ...setting }: Setting & { baseline: readonly Judged[] },
): string[] {
  const each = judgeMorning(rule, replayed, setting);
  // Every fifth day: fourteen orders of each.
  const hours = replayed.filter((_, index) => index % 5 === 0).flatMap((day) => hourToHour(rule, day, setting));
  const { mean } = meanOf(each.flatMap((one) => one.ndcg ?? []));
  // Day by day against ours: the days differ more than the rules do.
  const difference = meanOf(each.flatMap((one, index) => minus(one.ndcg, baseline[index]?.ndcg ?? null)));
  const tau = meanOf(each.flatMap((one) => one.tau ?? [])).mean;
  return [mean, difference.mean, difference.error, tau, meanOf(hours).mean].map((value) => value.toFixed(3));
}

function minus(a: number | null, b: number | null): number[] {
  return a === null || b === null ? [] : [a - b];
}

function hourToHour(rule: RankingRule, day: ReplayedDay, setting: Setting): number[] {
  const orders = Array.from({ length: 24 - MORNING }, (_, index) => orderAt(rule, day, MORNING + index, setting));
  return orders.slice(1).flatMap((order, index) => agreement(orders[index] ?? [], order) ?? []);
}

function showExposure(
  replayed: readonly ReplayedDay[],
  { days, seed, classes }: Setting & { classes: ReadonlyMap<string, string> },
): void {
  const classOf = (id: string) => classes.get(id) ?? null;
  const known = replayed.filter(
    ({ papers }) => papers.filter(({ seen }) => classOf(seen.id)).length >= 0.6 * papers.length,
  );
  const rules = [...peers, broadsheet];
  const found = rules.map((rule) =>
    exposure(
      known.map((day) => orderAt(rule, day, MORNING, { days, seed })),
      classOf,
    ),
  );
  console.log(
    `Attention by arXiv class, 1 = as its share of papers: ${known.length} days of which the classes are known for most papers`,
  );
  console.log(
    row(
      "",
      rules.map(({ name }) => name),
    ),
  );
  const groups = [...(found[0] ?? [])].sort(([, a], [, b]) => b.papers - a.papers);
  for (const [group, { papers }] of groups) {
    console.log(
      row(
        `${group} (${papers})`,
        found.map((one) => one.get(group)?.ratio.toFixed(2) ?? "–"),
      ),
    );
  }
  console.log("");
}
