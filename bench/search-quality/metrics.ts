import { ndcg } from "../ranking/metrics.ts";
import type { JudgedQuery } from "./judged-set.ts";

/** How good one answer is: each from 0 to 1. */
export type Score = { ndcg: number; recall: number; mrr: number };

/**
 * nDCG@10 (linear gains), the share of what is relevant among the first 100, and 1 ÷ the place of the first relevant one among
 * the first ten. Documents that were not judged are passed over: Sakai 2007, "Alternatives to bpref".
 */
export function scoreAnswer(ids: readonly string[], { grades, judged }: Pick<JudgedQuery, "grades" | "judged">): Score {
  const seen = judged ? ids.filter((id) => judged.has(id)) : ids;
  const first = seen.slice(0, 10).findIndex((id) => grades.has(id));
  return {
    ndcg: ndcg(seen, grades, 10) ?? 0,
    recall: seen.slice(0, 100).filter((id) => grades.has(id)).length / Math.max(1, grades.size),
    mrr: first < 0 ? 0 : 1 / (first + 1),
  };
}

/**
 * How often chance alone would give two systems means so far apart: each query's two scores are swapped or not by a coin, ten
 * thousand times (Fisher's randomisation test; Smucker, Allan, Carterette 2007). Two-sided. The coins come from `seed`.
 */
export function randomisationTest(ours: readonly number[], theirs: readonly number[], seed: number): number {
  const differences = ours.map((score, index) => score - (theirs[index] ?? 0)).filter((difference) => difference !== 0);
  const observed = Math.abs(differences.reduce((total, one) => total + one, 0));
  const rounds = 10_000;
  const coin = coins(seed);
  let asFar = 0;
  for (let round = 0; round < rounds; round++) {
    let total = 0;
    for (const difference of differences) total += coin() ? difference : -difference;
    if (Math.abs(total) >= observed - 1e-12) asFar++;
  }
  return (asFar + 1) / (rounds + 1);
}

/** xorshift32: https://www.jstatsoft.org/article/view/v008i14 */
function coins(seed: number): () => boolean {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state < 0;
  };
}

export function mean(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0) / numbers.length;
}
