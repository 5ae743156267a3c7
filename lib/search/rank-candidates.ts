import type { ParsedQuery } from "#lib/search/types.ts";

/** A paper that matches, with its words as the index has them: stems between blanks, also at both ends. */
export type Candidate = {
  number: number;
  /** BM25 over title (twice) and abstract; more is better. */
  bm25: number;
  title: string;
  abstract: string;
  /** Compounds and authors' names, where no order counts. */
  others: string;
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
  const words = stems.map((stem) => ({ text: ` ${stem} `, weight: rarity(stem) }));
  const pairs = words.slice(1).map(({ text, weight }, index) => {
    const before = words[index];
    return { text: `${before?.text ?? " "}${text.slice(1)}`, weight: pairWeight * ((before?.weight ?? 0) + weight) };
  });
  const whole = sum(words.map(({ weight }) => weight));
  const wholeText = ` ${stems.join(" ")} `;
  const scored = candidates.map(({ number, bm25, title, abstract, others }) => {
    const present = words.filter(
      ({ text }) => title.includes(text) || abstract.includes(text) || others.includes(text),
    );
    const share = whole > 0 ? sum(present.map(({ weight }) => weight)) / whole : 1;
    const adjacent = sum(
      pairs.map(
        ({ text, weight }) => weight * saturate((title.includes(text) ? 2 : 0) + (abstract.includes(text) ? 1 : 0)),
      ),
    );
    return { number, score: (bm25 + adjacent) * (0.5 + 0.5 * share) + (title === wholeText ? whole : 0) };
  });
  return scored.toSorted((a, b) => b.score - a.score || b.number - a.number).map(({ number }) => number);
}

/** As BM25 does it: the second occurrence counts less than the first. */
function saturate(times: number): number {
  return times / (times + 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
