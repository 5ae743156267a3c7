import { foldWords } from "#lib/search/analyse-text.ts";
import type { Term } from "#lib/search/query-terms.ts";
import { stopWords } from "#lib/search/stop-words.ts";
import type { Correction } from "#lib/search/types.ts";

/** The words of a line in which a slip of the finger is looked for: those that are searched in texts; names are not. */
export function wordsToCheck(terms: readonly Term[]): string[] {
  const words = terms.filter(isText).flatMap(({ text }) => foldWords(text));
  return [...new Set(words)].filter((word) => !stopWords.has(word));
}

/** The terms with each misspelt word replaced; all else stays as it was typed. */
export function correctTerms(terms: readonly Term[], corrections: readonly Correction[]): Term[] {
  const insteadOf = new Map(corrections.map(({ word, instead }) => [word, instead]));
  const correct = (typed: string) => insteadOf.get(foldWords(typed).join("")) ?? typed;
  return terms.map((term) =>
    isText(term) ? { ...term, text: term.text.replace(/[\p{L}\p{N}\p{M}]+/gu, correct) } : term,
  );
}

function isText({ kind }: Term): boolean {
  return kind === "word" || kind === "phrase" || kind === "title" || kind === "abstract";
}
