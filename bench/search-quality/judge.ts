import type { Contestant } from "./contestants.ts";
import type { JudgedQuery } from "./judged-set.ts";
import { type Score, scoreAnswer } from "./metrics.ts";

/** What one contestant made of every query, in the order of the queries. */
export type Run = { name: string; scores: Score[]; medianMs: number };

export async function judge(contestant: Contestant, queries: readonly JudgedQuery[]): Promise<Run> {
  const scores: Score[] = [];
  const times: number[] = [];
  try {
    for (const query of queries) {
      const begun = performance.now();
      const ids = await contestant.search(query.text);
      times.push(performance.now() - begun);
      scores.push(scoreAnswer(ids, query));
    }
  } finally {
    await contestant.close();
  }
  return { name: contestant.name, scores, medianMs: times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0 };
}
