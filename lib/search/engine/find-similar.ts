import type { PaperBody } from "#lib/search/engine/paper-body.ts";
import type { PaperReader } from "#lib/search/engine/paper-reader.ts";
import { Best, makeImpacts, rarityOf, type Scores } from "#lib/search/engine/scores.ts";
import { idsOf, usualLength } from "#lib/search/engine/search-papers.ts";
import type { PaperId } from "#lib/papers/types.ts";
import type { SimilarPapers } from "#lib/search/types.ts";
import { weights } from "#lib/search/weights.ts";

/** Of the telling terms, so many are named: some are no words for readers. */
const mostNamed = 16;

type TellingTerm = { id: number; weight: number };

export function findSimilar(reader: PaperReader, scores: Scores, id: PaperId, limit: number): SimilarPapers {
  const stored = reader.bodyOf(id);
  if (!stored) return { ids: [], words: [] };
  const telling = tellingTerms(reader, stored.body);
  scores.clear(reader.state.next, 1);
  for (const { id: term, weight } of telling) {
    const impacts = makeImpacts(weight, usualLength(reader));
    for (const block of reader.postingsOf(term)) scores.add(block, reader.columns.lengths, { impacts, bit: 1 });
  }
  const best = new Best(limit);
  const found = scores.matching(reader.state.next);
  // Out of the way: the paper itself, and those that are gone.
  scores.scores[stored.number] = Number.NEGATIVE_INFINITY;
  for (const number of reader.columns.gone) scores.scores[number] = Number.NEGATIVE_INFINITY;
  best.offerAll(found, scores.scores);
  const ids = idsOf(
    reader,
    best.take().map(({ number }) => number),
  );
  return { ids, words: telling.slice(0, mostNamed).flatMap(({ id: term }) => wordOf(reader, term)) };
}

/** Those of title and abstract with the highest tf-idf, the title counting twice. A term of this paper alone finds nothing. */
function tellingTerms(reader: PaperReader, { terms, titleLength, abstractLength }: PaperBody): TellingTerm[] {
  const times = new Map<number, number>();
  for (const [at, term] of terms.subarray(0, titleLength + abstractLength).entries()) {
    times.set(term, (times.get(term) ?? 0) + (at < titleLength ? 2 : 1));
  }
  const { papers } = reader.state;
  const weighed = reader.termsById(times.keys()).flatMap((term) => {
    if (term.papers < 2) return [];
    const often = times.get(term.id) ?? 0;
    return [{ id: term.id, weight: (often / (often + weights.k1)) * rarityOf(term.papers, papers) }];
  });
  return weighed.toSorted((a, b) => b.weight - a.weight || a.id - b.id).slice(0, weights.tellingTerms);
}

/** The commonest way to write it. */
function wordOf(reader: PaperReader, term: number): string[] {
  const select = "SELECT word FROM words WHERE term = ? ORDER BY papers DESC, word LIMIT 1";
  const row = reader.file.statement(select).get(term);
  return row ? [String(row.word)] : [];
}
