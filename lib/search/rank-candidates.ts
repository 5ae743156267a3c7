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
 * Best first. What BM25 cannot see is added: neighbours in the query that are neighbours in the paper or at least near each
 * other (Metzler and Croft 2005, "A Markov random field model for term dependencies"), the share of the query that is there at
 * all, a title that is the query. `rarity` is each query word's weight, in the query's order. Ties: the one stored later.
 */
export function rankCandidates(
  rarity: readonly number[],
  candidates: readonly Candidate[],
  { usualLength }: { usualLength: number },
): ScoredCandidate[] {
  const whole = rarity.reduce((sum, weight) => sum + weight, 0);
  const pairs = rarity.slice(1).map((weight, index) => weight + (rarity[index] ?? 0));
  const present = new Uint8Array(rarity.length);
  const counts: PairCounts = {
    side: new Int32Array(pairs.length),
    near: new Int32Array(pairs.length),
    last: new Int32Array(rarity.length + 1),
  };
  const scored = candidates.map(({ number, bm25, title, abstract, others }) => {
    present.fill(0);
    for (const words of [title, abstract, others]) markPresent(words, present);
    const share = whole > 0 ? rarity.reduce((sum, weight, word) => sum + weight * (present[word] ?? 0), 0) / whole : 1;
    counts.side.fill(0);
    counts.near.fill(0);
    countPairs(title, 2, counts);
    countPairs(abstract, 1, counts);
    const together = weighPairs(pairs, counts, (2 * title.length + abstract.length) / usualLength);
    const exact = isWhole(title, rarity.length) ? weights.exactTitle * whole : 0;
    return { number, score: (bm25 + together) * (1 - weights.share + weights.share * share ** 2) + exact };
  });
  return scored.toSorted((a, b) => b.score - a.score || b.number - a.number);
}

/** A word that is asked for again counts more, but less each time: Robertson and Walker 1999, "Okapi/Keenbow at TREC-8", k3. */
export function weighRepeats(times: number): number {
  return ((weights.k3 + 1) * times) / (times + weights.k3);
}

/** How often each pair of the query stands side by side, and near; `last` is room for where each word was last met. */
type PairCounts = { side: Int32Array; near: Int32Array; last: Int32Array };

/** Pairs count as BM25 counts words: again and in a long paper less. `length`: in units of the usual length. */
function weighPairs(pairs: readonly number[], { side, near }: PairCounts, length: number): number {
  const norm = weights.k1 * (1 - weights.b + weights.b * length);
  const besides = weights.pairs + weights.pairsOfTwo / Math.max(1, pairs.length) ** 2;
  let sum = 0;
  for (let pair = 0; pair < pairs.length; pair++) {
    const [beside = 0, close = 0] = [side[pair], near[pair]];
    if (close === 0) continue;
    const value = (besides * beside) / (beside + norm) + (weights.near * close) / (close + norm);
    sum += (weights.k1 + 1) * value * (pairs[pair] ?? 0);
  }
  return sum;
}

function markPresent(words: Int8Array, present: Uint8Array): void {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? -1;
    if (word >= 0) present[word] = 1;
  }
}

/** Adds `weight` to the counts of each pair of the query that stands side by side in `words`, and of each that stands near. */
function countPairs(words: Int8Array, weight: number, { side, near, last }: PairCounts): void {
  // A place far before the text is nowhere.
  last.fill(-1000);
  const isNear = (word: number, at: number) => at - (last[word] ?? -1000) <= weights.window;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? -1;
    if (word < 0) continue;
    last[word] = at;
    if (isNear(word - 1, at)) add(near, word - 1, weight);
    if (isNear(word + 1, at)) add(near, word, weight);
    if (word > 0 && words[at - 1] === word - 1) add(side, word - 1, weight);
  }
}

function add(times: Int32Array, pair: number, weight: number): void {
  times[pair] = (times[pair] ?? 0) + weight;
}

function isWhole(title: Int8Array, length: number): boolean {
  return title.length === length && title.every((word, index) => word === index);
}
