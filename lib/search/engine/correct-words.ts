import { analyseName, analyseText } from "#lib/search/analyse-text.ts";
import { nameMark } from "#lib/search/engine/paper-body.ts";
import type { PaperReader } from "#lib/search/engine/paper-reader.ts";
import type { Correction } from "#lib/search/types.ts";

const shortestCorrected = 5;
const longestCorrected = 40;

export function correctWords(reader: PaperReader, words: readonly string[]): Correction[] {
  return [...new Set(words)].flatMap((word) => {
    if (word.length < shortestCorrected || word.length > longestCorrected || isKnown(reader, word)) return [];
    const instead = commonestOf(reader, neighboursOf(word));
    return instead === null ? [] : [{ word, instead }];
  });
}

/** In some form as a word of some text, or as a part of somebody's name. */
function isKnown(reader: PaperReader, word: string): boolean {
  // A number that no paper has is another number, not a slip.
  if (/\p{N}/u.test(word)) return true;
  const { stems } = analyseText(word);
  const names = analyseName(word).map((stem) => nameMark + stem);
  const terms = reader.termsOf([...stems, ...names]);
  const isThere = (stem: string) => (terms.get(stem)?.papers ?? 0) > 0;
  return (stems.length > 0 && stems.every(isThere)) || names.some(isThere);
}

/**
 * The commonest, of equally common ones the first by the alphabet. Counts of words are not taken back when papers are taken out;
 * those of their terms are.
 */
function commonestOf(reader: PaperReader, words: readonly string[]): string | null {
  const select =
    "SELECT word, term FROM words WHERE word IN (SELECT value FROM json_each(?)) ORDER BY papers DESC, word";
  const rows = reader.file.statement(select).all(JSON.stringify(words));
  const fewest = fewestPapers(reader.state.papers);
  const known = rows.find(({ term }) => reader.termsById([Number(term)]).some(({ papers }) => papers >= fewest));
  return known ? String(known.word) : null;
}

/**
 * In how many papers a word must be to be what was meant: one in a small store, two of thousands, four of a million. In many
 * papers some name is near to any word.
 */
function fewestPapers(papers: number): number {
  return Math.max(1, Math.floor(Math.log10(papers)) - 2);
}

const letters = "abcdefghijklmnopqrstuvwxyz";

/** All that one letter too few, too many, wrong, or two that changed places make of it, after the first letter. */
function neighboursOf(word: string): string[] {
  const found = new Set<string>();
  for (let at = 1; at <= word.length; at++) {
    const before = word.slice(0, at);
    const after = word.slice(at);
    for (const letter of letters) {
      found.add(before + letter + after);
      if (after !== "") found.add(before + letter + after.slice(1));
    }
    found.add(before + after.slice(1));
    if (after.length > 1) found.add(before + after[1] + after[0] + after.slice(2));
  }
  found.delete(word);
  return [...found];
}
