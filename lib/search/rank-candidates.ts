import { weights } from "#lib/search/weights.ts";

/** A paper that matches. Its words are told by their places in the query; -1 is any other word. */
export type Candidate = {
  number: number;
  /** BM25 over title (twice) and abstract; more is better. */
  bm25: number;
  title: Int8Array;
  abstract: Int8Array;
  /** Compounds and authors' names, where no order counts. */
  others: Int8Array;
};

export type ScoredCandidate = { number: number; score: number };

/**
 * Best first. What BM25 cannot see is added: neighbours in the query that are neighbours in the paper, the share of the query
 * that is there at all, a title that is the query. `rarity` is each query word's weight, in the query's order. Ties: the one
 * stored later.
 */
export function rankCandidates(rarity: readonly number[], candidates: readonly Candidate[]): ScoredCandidate[] {
  const whole = rarity.reduce((sum, weight) => sum + weight, 0);
  const pairs = rarity.slice(1).map((weight, index) => weights.pairs * (weight + (rarity[index] ?? 0)));
  const present = new Uint8Array(rarity.length);
  const times = new Int32Array(pairs.length);
  const scored = candidates.map(({ number, bm25, title, abstract, others }) => {
    present.fill(0);
    for (const words of [title, abstract, others]) markPresent(words, present);
    const share = whole > 0 ? rarity.reduce((sum, weight, word) => sum + weight * (present[word] ?? 0), 0) / whole : 1;
    times.fill(0);
    countPairs(title, 2, times);
    countPairs(abstract, 1, times);
    const adjacent = pairs.reduce((sum, weight, pair) => sum + weight * saturate(times[pair] ?? 0), 0);
    const exact = isWhole(title, rarity.length) ? weights.exactTitle * whole : 0;
    return { number, score: (bm25 + adjacent) * (1 - weights.share + weights.share * share) + exact };
  });
  return scored.toSorted((a, b) => b.score - a.score || b.number - a.number);
}

function markPresent(words: Int8Array, present: Uint8Array): void {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? -1;
    if (word >= 0) present[word] = 1;
  }
}

/** Adds `weight` to the count of each pair of the query that stands side by side in `words`. */
function countPairs(words: Int8Array, weight: number, times: Int32Array): void {
  for (let at = 1; at < words.length; at++) {
    const before = words[at - 1] ?? -1;
    if (before >= 0 && words[at] === before + 1) times[before] = (times[before] ?? 0) + weight;
  }
}

function isWhole(title: Int8Array, length: number): boolean {
  return title.length === length && title.every((word, index) => word === index);
}

/** As BM25 does it: the second occurrence counts less than the first. */
function saturate(times: number): number {
  return times / (times + 1);
}
