import type { ParsedQuery } from "#lib/search/types.ts";

/** A paper that matches, with its words as the index has them. */
export type Candidate = {
  number: number;
  /** BM25 over title (twice) and abstract; more is better. */
  bm25: number;
  title: readonly string[];
  abstract: readonly string[];
  /** Words of authors' names and compounds, where no order counts. */
  others: ReadonlySet<string>;
};

// How much two words count that stand in the paper as they stand in the query, beside what each counts alone.
const pairWeight = 0.2;

/**
 * Best first, by number. What bm25() cannot see is added: neighbours in the query that are neighbours in the paper, the
 * share of the query that is there at all (by `rarity`), a title that is the query. Ties: the one stored later.
 */
export function rankCandidates(
  query: ParsedQuery,
  candidates: readonly Candidate[],
  rarity: (stem: string) => number,
): number[] {
  const stems = [...query.phrases.flat(), ...query.words];
  const whole = sum(stems.map(rarity));
  const scored = candidates.map((candidate) => {
    const has = new Set([...candidate.title, ...candidate.abstract, ...candidate.others]);
    const share = whole > 0 ? sum(stems.filter((stem) => has.has(stem)).map(rarity)) / whole : 1;
    const pairs = pairWeight * pairScore(stems, candidate, rarity);
    const exactTitle = candidate.title.join(" ") === stems.join(" ") ? whole : 0;
    return { number: candidate.number, score: (candidate.bm25 + pairs) * (0.5 + 0.5 * share) + exactTitle };
  });
  return scored.toSorted((a, b) => b.score - a.score || b.number - a.number).map(({ number }) => number);
}

/** The rarity of each adjacent pair that the paper has too, twice where its title has it. */
function pairScore(stems: readonly string[], { title, abstract }: Candidate, rarity: (stem: string) => number): number {
  if (stems.length < 2) return 0;
  const inTitle = pairsOf(title);
  const inAbstract = pairsOf(abstract);
  return sum(
    stems.slice(1).map((stem, index) => {
      const pair = `${stems[index]} ${stem}`;
      const times = (inTitle.has(pair) ? 2 : 0) + (inAbstract.has(pair) ? 1 : 0);
      return (times / (times + 1)) * (rarity(stems[index] ?? "") + rarity(stem));
    }),
  );
}

function pairsOf(stems: readonly string[]): Set<string> {
  return new Set(stems.slice(1).map((stem, index) => `${stems[index]} ${stem}`));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
