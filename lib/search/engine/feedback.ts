import { decodeBody, lengthOf, type PaperBody } from "#lib/search/engine/paper-body.ts";
import type { PaperReader } from "#lib/search/engine/paper-reader.ts";
import { rarityOf } from "#lib/search/engine/scores.ts";
import type { ScoredCandidate } from "#lib/search/rank-candidates.ts";
import { weights } from "#lib/search/weights.ts";

// The commonest terms of the best papers, before it is looked up how rare they are in general: each look-up takes time.
const lookedUp = 120;

type Options = {
  /** What all the query's words weigh together. */
  whole: number;
  usualLength: number;
};

/**
 * The first candidates in an order that also knows what the best of them speak of: relevance feedback without a reader, RM3 of
 * Lavrenko and Croft 2001 and Abdul-Jaleel et al. 2004, among what was found. A small part of the score, since it helps
 * questions about a subject and harms the search for one paper. `ranked` is best first; what is below the first stays there.
 */
export function withFeedback(reader: PaperReader, ranked: ScoredCandidate[], options: Options): ScoredCandidate[] {
  const first = ranked.slice(0, weights.feedbackDepth);
  const bodies = new Map<number, PaperBody>();
  for (const [number, bytes] of reader.bodiesOf(first.map(({ number }) => number))) {
    bodies.set(number, decodeBody(bytes, { withAuthors: false }));
  }
  const telling = tellingTerms(reader, first.slice(0, weights.feedbackPapers), { ...options, bodies });
  const share = weights.feedback;
  const again = first.map(({ number, score }) => {
    const body = bodies.get(number);
    const alike = body ? scoreOf(body, telling, options.usualLength) : 0;
    return { number, score: (1 - share) * score + share * alike };
  });
  return [...again.toSorted((a, b) => b.score - a.score || b.number - a.number), ...ranked.slice(first.length)];
}

/** What the best papers speak of, by their scores, and other papers do not; all together weigh as much as the query. */
function tellingTerms(
  reader: PaperReader,
  best: readonly ScoredCandidate[],
  { bodies, whole }: Options & { bodies: ReadonlyMap<number, PaperBody> },
): Map<number, number> {
  const shares = new Map<number, number>();
  for (const { number, score } of best) {
    const body = bodies.get(number);
    if (!body) continue;
    const part = score / Math.max(1, lengthOf(body));
    forEachTerm(body, (term, times) => shares.set(term, (shares.get(term) ?? 0) + part * times));
  }
  const often = [...shares].toSorted((a, b) => b[1] - a[1]).slice(0, lookedUp);
  const terms = reader.termsById(often.map(([term]) => term));
  const weighed = often.map(([term, share], index): [number, number] => {
    const papers = terms[index]?.papers ?? 0;
    return [term, share * rarityOf(papers, reader.state.papers)];
  });
  const kept = weighed.toSorted((a, b) => b[1] - a[1]).slice(0, weights.feedbackTerms);
  const sum = kept.reduce((total, [, weight]) => total + weight, 0);
  return new Map(kept.map(([term, weight]) => [term, (weight / sum) * whole]));
}

function scoreOf(body: PaperBody, telling: ReadonlyMap<number, number>, usualLength: number): number {
  const { k1, b } = weights;
  const norm = k1 * (1 - b + (b * lengthOf(body)) / Math.max(1, usualLength));
  const found = new Map<number, number>();
  forEachTerm(body, (term, times) => {
    if (telling.has(term)) found.set(term, (found.get(term) ?? 0) + times);
  });
  let score = 0;
  for (const [term, times] of found) score += ((telling.get(term) ?? 0) * times * (k1 + 1)) / (times + norm);
  return score;
}

/** Each place of title and abstract; a title's counts twice. */
function forEachTerm(
  { terms, titleLength, abstractLength }: PaperBody,
  use: (term: number, times: number) => void,
): void {
  const end = titleLength + abstractLength;
  for (let at = 0; at < end; at++) use(terms[at] ?? 0, at < titleLength ? 2 : 1);
}
