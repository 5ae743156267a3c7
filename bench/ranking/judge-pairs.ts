import { contestants, row, usualBefore } from "./contestants.ts";
import { kendall, ndcg } from "./metrics.ts";
import type { Known } from "./ranking-rules.ts";
import { type Day, findTwice, type Pair, type Seen } from "./recorded-days.ts";

/** What really happened: days that were recorded twice, ranked by the first recording, judged by what was gained by the second. */
export function judgePairs(pairs: readonly Pair[], days: readonly Day[], seed: string): void {
  console.log("RECORDED TWICE: ranked by the first recording, judged by the upvotes gained until the second");
  const judged = pairs.filter(({ early }) => early.length > 2);
  for (const { day, early, late } of pairs) {
    console.log(
      `  ${day}: ${early.length} papers in both, ${late.length} in the later, ${sum(gainsOf(early, late))} upvotes gained`,
    );
  }
  for (const { id, days: two, upvotes } of findTwice(days)) {
    console.log(
      `  ${id} on ${two.join(" and ")}: ${upvotes.join(", then ")} upvotes (one paper is no order: not judged)`,
    );
  }
  console.log(
    row(
      "",
      judged.flatMap(({ day }) => [`${day}`, "τ"]),
    ),
  );
  for (const rule of contestants) {
    const cells = judged.flatMap((pair) => {
      const { known, now, gains } = momentOf(pair);
      if (rule.name === "newest first" && !pair.at) return ["no times", ""];
      const order = rule.order(known, { now, seed: `${seed} ${pair.day}`, usual: usualBefore(pair.day, days) });
      return [number(ndcg(order, gains, 10)), number(kendall(order, gains))];
    });
    console.log(row(rule.name, cells));
  }
  console.log("");
}

function momentOf({ day, at, early, late }: Pair) {
  const midnight = Temporal.Instant.from(`${day}T00:00Z`);
  const now = at ?? midnight.add({ hours: 24 });
  const known = early.map(
    ({ id, upvotes, comments, listedAt }): Known => ({
      id,
      upvotes,
      comments,
      listedAt: listedAt ?? midnight,
      signals: [
        { source: "huggingface", kind: "upvotes", value: upvotes, at: now },
        { source: "huggingface", kind: "comments", value: comments, at: now },
      ],
      ours: 0,
    }),
  );
  return { known, now, gains: gainsOf(early, late) };
}

function gainsOf(early: readonly Seen[], late: readonly Seen[]): Map<string, number> {
  const later = new Map(late.map(({ id, upvotes }) => [id, upvotes]));
  return new Map(early.map(({ id, upvotes }) => [id, Math.max(0, (later.get(id) ?? upvotes) - upvotes)]));
}

function sum(gains: ReadonlyMap<string, number>): number {
  return [...gains.values()].reduce((total, gain) => total + gain, 0);
}

function number(value: number | null): string {
  return value === null ? "–" : value.toFixed(3);
}
