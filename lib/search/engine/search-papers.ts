import { findBarred, findRequired, includesNumber } from "#lib/search/engine/find-required.ts";
import { withFeedback } from "#lib/search/engine/feedback.ts";
import { nameMark } from "#lib/search/engine/paper-body.ts";
import type { PaperReader, Term } from "#lib/search/engine/paper-reader.ts";
import { readPostings } from "#lib/search/engine/postings.ts";
import { readCandidates } from "#lib/search/engine/read-candidates.ts";
import { Best, makeImpacts, rarityOf, type Scores } from "#lib/search/engine/scores.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { rankCandidates, weighRepeats } from "#lib/search/rank-candidates.ts";
import type { FoundBy, FoundPapers, ParsedQuery, SearchOrder } from "#lib/search/types.ts";
import { weights } from "#lib/search/weights.ts";

/** A stem of the query; `term` is null when no paper has it. */
type QueryWord = { stem: string; term: Term | null; rarity: number; bit: number };

// A paper's mask has room for so many words; of those from there on, one is as good as all for "all the words".
const mostBits = 32;

export function searchPapers(
  reader: PaperReader,
  scores: Scores,
  query: ParsedQuery,
  { limit, order }: { limit: number; order: SearchOrder },
): FoundPapers {
  const words = weighWords(reader, query);
  const required = findRequired(reader, query);
  const passes = reader.columns.filter(query, reader.state.codes);
  const barred = findBarred(reader, query);
  scores.clear(reader.state.next, words.length);
  for (const word of words) addWord(reader, scores, word);

  const select = () => selectFound(reader, scores, { required, anyPasses: words.length === 0, passes, barred });
  const whole = words.reduce((bits, { bit }) => bits | bit, 0) >>> 0;
  let found = select();
  let complete = required
    ? withMask(scores, found, whole)
    : withAllWords(reader, scores, { words, whole, found, passes, barred });
  let foundBy: FoundBy = complete.length > 0 ? "all-words" : "some-words";
  if (complete.length === 0 && addAuthors(reader, scores, { words, whole, passes, barred, required })) {
    foundBy = "authors";
    found = select();
    complete = withMask(scores, found, whole);
    liftComplete(scores, complete, words);
  }
  const facets = reader.columns.countFacets(complete.length > 0 ? complete : found, reader.state.codes);
  const numbers =
    order === "newest" || words.length === 0
      ? newestOf(reader, complete.length > 0 ? complete : found, limit)
      : bestOf(reader, scores, { words, found, limit, withNames: foundBy === "authors" });
  return { ids: idsOf(reader, numbers), total: found.length, complete: complete.length, foundBy, facets };
}

/** The words of the query and of its phrases: both count for the score. */
function weighWords(reader: PaperReader, { words, phrases, times }: ParsedQuery): QueryWord[] {
  const repeats = new Map(words.map((word, place) => [word, times?.[place] ?? 1]));
  const stems = [...new Set([...phrases.flat(), ...words])];
  const terms = reader.termsOf(stems);
  return stems.map((stem, index) => {
    const term = terms.get(stem) ?? null;
    return {
      stem,
      term: term && term.papers > 0 ? term : null,
      rarity: rarityOf(term?.papers ?? 0, reader.state.papers) * weighRepeats(repeats.get(stem) ?? 1),
      bit: 1 << Math.min(index, mostBits - 1),
    };
  });
}

function addWord(reader: PaperReader, scores: Scores, { term, rarity, bit }: QueryWord): void {
  if (!term) return;
  const impacts = makeImpacts(rarity, usualLength(reader));
  for (const block of reader.postingsOf(term.id)) scores.add(block, reader.columns.lengths, { impacts, bit });
}

export function usualLength({ state }: PaperReader): number {
  return state.length / Math.max(1, state.papers);
}

type Conditions = {
  required: Int32Array | null;
  /** Null: all pass. */
  passes: ((number: number) => boolean) | null;
  barred: Uint8Array | null;
};

/** Numbers of the papers that match, rising. */
function selectFound(
  { state }: PaperReader,
  scores: Scores,
  { required, passes, barred, anyPasses }: Conditions & { anyPasses: boolean },
): Int32Array {
  const matching = required ?? (anyPasses ? allBelow(scores, state.next) : scores.matching(state.next));
  const byWords = required !== null && !anyPasses;
  if (!byWords && passes === null && barred === null) return matching;
  const isOut = (number: number) =>
    (byWords && scores.masks[number] === 0) || (barred !== null && barred[number] === 1);
  let length = 0;
  for (let at = 0; at < matching.length; at++) {
    const number = matching[at] ?? 0;
    // Read and written in one list, perhaps: what is kept is never ahead of what is looked at.
    if (!isOut(number) && (passes === null || passes(number))) scores.found[length++] = number;
  }
  return scores.found.subarray(0, length);
}

function allBelow({ found }: Scores, end: number): Int32Array {
  for (let number = 1; number < end; number++) found[number - 1] = number;
  return found.subarray(0, Math.max(0, end - 1));
}

/** Those that have all the words: each stands in the shortest of their lists. */
function withAllWords(
  reader: PaperReader,
  scores: Scores,
  {
    words,
    whole,
    found,
    ...conditions
  }: Omit<Conditions, "required"> & { words: readonly QueryWord[]; whole: number; found: Int32Array },
): Int32Array {
  const terms = words.flatMap(({ term }) => term ?? []);
  const [rarest] = terms.toSorted((a, b) => a.papers - b.papers);
  if (words.length <= 1 || !rarest) return found;
  if (terms.length < words.length) return found.subarray(0, 0);
  const isWanted = conditionTest({ ...conditions, required: null });
  const { masks, complete } = scores;
  let length = 0;
  for (const block of reader.postingsOf(rarest.id)) {
    for (const code of readPostings(block)) {
      if (masks[code >>> 5] === whole && isWanted(code >>> 5)) complete[length++] = code >>> 5;
    }
  }
  return complete.subarray(0, length);
}

/** Those of `found` that have all the words. */
function withMask({ masks, complete }: Scores, found: Int32Array, whole: number): Int32Array {
  let length = 0;
  for (let at = 0; at < found.length; at++) {
    const number = found[at] ?? 0;
    complete[length] = number;
    length += masks[number] === whole ? 1 : 0;
  }
  return complete.subarray(0, length);
}

/**
 * When no text has all the words, some may be names. Counts authors' names too, if with them some paper has all the words;
 * otherwise leaves everything as it was. Answers whether it did.
 */
function addAuthors(
  reader: PaperReader,
  scores: Scores,
  { words, whole, ...conditions }: Conditions & { words: readonly QueryWord[]; whole: number },
): boolean {
  const names = reader.termsOf(words.map(({ stem }) => nameMark + stem));
  if (names.size === 0 || words.some(({ stem, term }) => !term && !names.has(nameMark + stem))) return false;
  const named = words.flatMap(({ stem, bit }) => {
    const term = names.get(nameMark + stem);
    return term ? [{ bit, term, blocks: reader.postingsOf(term.id) }] : [];
  });
  // Only papers that a name adds a word to can be what is looked for.
  const added = named.map(({ bit, blocks }) => ({ bit, papers: scores.addBit(blocks, bit) }));
  const isWanted = conditionTest(conditions);
  const isFound = added.some(({ papers }) =>
    papers.some((number) => scores.masks[number] === whole && isWanted(number)),
  );
  if (!isFound) {
    for (const { bit, papers } of added) scores.takeBit(papers, bit);
    return false;
  }
  for (const { term, blocks } of named) {
    const impacts = makeImpacts(weights.authors * rarityOf(term.papers, reader.state.papers), usualLength(reader));
    for (const block of blocks) scores.add(block, reader.columns.lengths, { impacts, bit: 0 });
  }
  return true;
}

function conditionTest({ required, passes, barred }: Conditions): (number: number) => boolean {
  return (number) =>
    (required === null || includesNumber(required, number)) &&
    (barred === null || barred[number] === 0) &&
    (passes === null || passes(number));
}

/** Whoever is named is meant: papers with all the words stand above those that only share a word with a name. */
function liftComplete({ scores }: Scores, complete: Int32Array, words: readonly QueryWord[]): void {
  const lift = weights.namedFirst * words.reduce((sum, { rarity }) => sum + rarity, 0);
  for (const number of complete) scores[number] = (scores[number] ?? 0) + lift;
}

function newestOf({ columns }: PaperReader, found: Int32Array, limit: number): number[] {
  const best = new Best(limit);
  best.offerAll(found, columns.days);
  return best.take().map(({ number }) => number);
}

function bestOf(
  reader: PaperReader,
  { scores }: Scores,
  {
    words,
    found,
    limit,
    withNames,
  }: { words: readonly QueryWord[]; found: Int32Array; limit: number; withNames: boolean },
): number[] {
  const best = new Best(Math.max(limit, weights.candidates));
  best.offerAll(found, scores);
  const byScore = best.take();
  const candidates = readCandidates(reader, words, { best: byScore.slice(0, weights.candidates), withNames });
  const rarity = words.map((word) => word.rarity);
  const byText = rankCandidates(rarity, candidates, { usualLength: usualLength(reader) });
  const isQuestion = words.length >= weights.feedbackFrom && !withNames;
  const whole = rarity.reduce((sum, weight) => sum + weight, 0);
  const ranked = isQuestion ? withFeedback(reader, byText, { whole, usualLength: usualLength(reader) }) : byText;
  return [...ranked, ...byScore.slice(weights.candidates)].slice(0, limit).map(({ number }) => number);
}

export function idsOf(reader: PaperReader, numbers: readonly number[]): PaperId[] {
  const ids = reader.idsOf(numbers);
  return numbers.flatMap((number) => ids.get(number) ?? []);
}
