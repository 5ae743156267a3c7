import { usualCounts } from "#lib/trending/usual-counts.ts";
import { row, usualBefore, weights } from "./contestants.ts";
import { MORNING, replayAll } from "./judge-replays.ts";
import { quantile } from "./metrics.ts";
import { ours, peers, type RankingRule } from "./ranking-rules.ts";
import type { Day } from "./recorded-days.ts";
import { knownAt, type ReplayedDay } from "./simulated-arrival.ts";

const PLACE = 10;
const MOST = 200;
const EVENING = 23;

/** How many accounts of one person lift the last paper of a day among its first ten. */
export function judgeSockPuppets(days: readonly Day[], seed: string): void {
  const replayed = replayAll(days, { arrival: { halfLifeHours: 7, speed: "same" }, seed });
  console.log(
    `SOCK PUPPETS: upvotes cast at once that lift the day's last paper among the first ten (median, nine of ten days)`,
  );
  console.log(row("", [`at ${MORNING}:00`, "90 %", `at ${EVENING}:00`, "90 %", "days"]));
  const withUsual = (votes: number) =>
    ours(`· usual count here ${votes}`, { weights, usual: usualCounts([], { votes }) });
  const grown = ours("Broadsheet, grown accounts", { weights });
  const rules = [...peers.slice(1), grown, withUsual(1), withUsual(2), withUsual(8)];
  for (const rule of rules) {
    const cells = [MORNING, EVENING].map((hour) =>
      replayed.flatMap((day) => needed(rule, day, { hour, seed, days }) ?? []),
    );
    const figures = cells.flatMap((found) => [quantile(found, 0.5), quantile(found, 0.9)].map(String));
    console.log(row(rule.name, [...figures, String(cells[1]?.length ?? 0)]));
  }
  console.log("Broadsheet, accounts younger than a day: no number does, their upvotes are not counted");
}

type Setting = { hour: number; seed: string; days: readonly Day[] };

/** Null where there are no more than ten papers: everything is among the first ten. */
function needed(rule: RankingRule, day: ReplayedDay, { hour, seed, days }: Setting): number | null {
  const now = day.midnight.add({ hours: hour });
  const { known } = knownAt(day, now);
  if (known.length <= PLACE) return null;
  const moment = { now, seed: `${seed} ${day.day}`, usual: usualBefore(day.day, days) };
  const last = rule.order(known, moment).at(-1);
  for (let puppets = 1; puppets < MOST; puppets++) {
    const pushed = known.map((paper) => (paper.id === last ? { ...paper, ours: puppets } : paper));
    if (
      rule
        .order(pushed, moment)
        .slice(0, PLACE)
        .includes(last ?? "")
    )
      return puppets;
  }
  return MOST;
}
