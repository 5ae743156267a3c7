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

/** As a word of some text, or as a part of somebody's name. */
function isKnown(reader: PaperReader, word: string): boolean {
  const isWritten = reader.file.statement("SELECT 1 FROM words WHERE word = ?");
  const { written } = analyseText(word);
  if (written.length > 0 && written.every((part) => isWritten.get(part))) return true;
  return reader.termsOf(analyseName(word).map((stem) => nameMark + stem)).size > 0;
}

/** Of equally common ones, the first by the alphabet. */
function commonestOf(reader: PaperReader, words: readonly string[]): string | null {
  const select = `SELECT word FROM words WHERE word IN (SELECT value FROM json_each(?)) ORDER BY papers DESC, word LIMIT 1`;
  const row = reader.file.statement(select).get(JSON.stringify(words));
  return row ? String(row.word) : null;
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
