import { analyseText } from "#lib/search/analyse-text.ts";
import type { ParsedQuery } from "#lib/search/types.ts";

/** Characters of a query that are read; what follows is not. */
export const longestQuery = 250;

// So many distinct words are looked up at most: it bounds the work that one address can ask for.
const mostWords = 32;

/**
 * A reader's line as a search. Only `"some words"` (side by side) and `-word`, `-"some words"` (absent) are syntax; anything
 * else is words. Never throws.
 */
export function parseQuery(text: string): ParsedQuery {
  const line = [...text.normalize("NFC").replace(/[“”„‟«»]/g, '"')].slice(0, longestQuery).join("");
  const words: string[] = [];
  const phrases: string[][] = [];
  const without: string[][] = [];
  const rest = line.replace(
    /(?<![^\s(])(-?)"([^"]+)"|(?<![^\s(])-(?=\p{L})([^\s"]+)/gu,
    (_, minus: string | undefined, quoted: string | undefined, excluded: string | undefined) => {
      const { stems } = analyseText(quoted ?? excluded ?? "");
      if (excluded !== undefined || minus) without.push(stems);
      else if (stems.length > 1) phrases.push(stems);
      else words.push(...stems);
      return " ";
    },
  );
  words.push(...analyseText(rest).stems);
  const inPhrases = new Set(phrases.flat());
  return {
    words: [...new Set(words)].filter((word) => !inPhrases.has(word)).slice(0, mostWords),
    phrases: distinct(phrases).slice(0, mostWords),
    without: distinct(without.filter((stems) => stems.length > 0)).slice(0, mostWords),
    title: [],
    abstract: [],
    authors: [],
    categories: [],
    from: null,
    to: null,
    hasCode: false,
    sources: [],
  };
}

function distinct(phrases: readonly string[][]): string[][] {
  return [...new Map(phrases.map((stems) => [stems.join(" "), stems])).values()];
}

/** Whether there is anything to look for: what must be absent alone finds nothing. */
export function isEmptyQuery({ words, phrases }: ParsedQuery): boolean {
  return words.length === 0 && phrases.length === 0;
}

/** The stems that a page marks in its results. */
export function stemsToMark({ words, phrases }: ParsedQuery): string[] {
  return [...new Set([...words, ...phrases.flat()])];
}

/** A reader's line as a page repeats it: one line, cut where the search stops reading. */
export function readableQuery(text: string): { text: string; cut: boolean } {
  const letters = [...text.replace(/[\s\p{Cc}]+/gu, " ").trim()];
  return { text: letters.slice(0, longestQuery).join("").trim(), cut: letters.length > longestQuery };
}
