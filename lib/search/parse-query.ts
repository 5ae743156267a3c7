import { analyseText } from "#lib/search/analyse-text.ts";
import { readAuthorQuery } from "#lib/search/author-query.ts";
import { formatTerms, readLine, type Term, type TermKind } from "#lib/search/query-terms.ts";
import { readSpan } from "#lib/search/read-span.ts";
import { withoutRequest } from "#lib/search/request-words.ts";
import type { ParsedQuery } from "#lib/search/types.ts";

// So many distinct words are looked up at most: it bounds the work that one address can ask for. An abstract has about as many.
const mostWords = 100;

/** A reader's line as a search: the language of `readLine`, then stems. Never throws. */
export function parseQuery(line: string): ParsedQuery {
  return parseTerms(readLine(line).terms);
}

/** The terms of a line as the index is asked for them: stems, folded names, days. */
export function parseTerms(terms: readonly Term[]): ParsedQuery {
  const textsOf = (kind: TermKind) => terms.filter((term) => term.kind === kind).map(({ text }) => text);
  const quoted = stemsOf(textsOf("phrase"));
  const phrases = quoted.filter((stems) => stems.length > 1);
  const inPhrases = new Set(phrases.flat());
  // Words are analysed together: what TeX and hyphens make of them may depend on their neighbours.
  const words = [
    ...quoted.filter(({ length }) => length === 1).flat(),
    ...analyseText(withoutRequest(textsOf("word").join(" "))).stems,
  ];
  const distinctWords = [...new Set(words)].filter((word) => !inPhrases.has(word)).slice(0, mostWords);
  const dates = textsOf("date").flatMap((text) => readSpan(text) ?? []);
  const starts = [...dates, ...textsOf("from").flatMap((text) => readSpan(text) ?? [])].map(({ first }) => first);
  const ends = [...dates, ...textsOf("to").flatMap((text) => readSpan(text) ?? [])].map(({ last }) => last);
  return {
    words: distinctWords,
    ...timesOf(distinctWords, words),
    phrases: distinct(phrases),
    without: distinct(stemsOf(textsOf("without"))),
    title: distinct(stemsOf(textsOf("title"))),
    abstract: distinct(stemsOf(textsOf("abstract"))),
    authors: textsOf("author").flatMap((text) => readAuthorQuery(text) ?? []),
    categories: textsOf("category"),
    // All must hold: the latest beginning, the earliest end. ISO days sort as text.
    from: starts.toSorted().at(-1) ?? null,
    to: ends.toSorted().at(0) ?? null,
    hasCode: textsOf("code").length > 0,
    sources: textsOf("source"),
  };
}

// A search by mail stands in subjects of mails, and is a key of the database, which holds 2,704 bytes.
const longestKept = 400;

/**
 * A line as it is kept to be searched again, in its one way of writing: empty for an empty line, null where it has nothing to
 * look for or is longer than any line that one would want again.
 */
export function lineToKeep(line: string): string | null {
  const { terms } = readLine(line);
  if (line.trim() === "") return "";
  const kept = formatTerms(terms);
  return isEmptyQuery(parseTerms(terms)) || kept.length > longestKept ? null : kept;
}

/** Left out when no word is repeated, as in most lines. */
function timesOf(distinctWords: readonly string[], words: readonly string[]): { times?: number[] } {
  const times = distinctWords.map((word) => words.filter((other) => other === word).length);
  return times.some((number) => number > 1) ? { times } : {};
}

/** Whether there is nothing to look for: what must be absent alone finds nothing. */
export function isEmptyQuery({ without: _, times: __, hasCode, from, to, ...wanted }: ParsedQuery): boolean {
  return !hasCode && from === null && to === null && Object.values(wanted).every((list) => list.length === 0);
}

/** Whether papers can fit the query better or worse; filters alone let through or do not. */
export function hasRank({ words, phrases, title, abstract }: ParsedQuery): boolean {
  return [words, phrases, title, abstract].some((list) => list.length > 0);
}

/** The stems that a page marks in its results. */
export function stemsToMark({ words, phrases, title, abstract }: ParsedQuery): string[] {
  return [...new Set([...words, ...phrases.flat(), ...title.flat(), ...abstract.flat()])];
}

function stemsOf(texts: readonly string[]): string[][] {
  return texts.map((text) => analyseText(text).stems).filter((stems) => stems.length > 0);
}

function distinct(phrases: readonly string[][]): string[][] {
  return [...new Map(phrases.map((stems) => [stems.join(" "), stems])).values()].slice(0, mostWords);
}
