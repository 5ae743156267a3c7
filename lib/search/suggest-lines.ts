import { plainText } from "#lib/papers/plain-text.ts";
import { routes } from "#lib/platform/routes.ts";
import { formatTerms, readLine, type Term } from "#lib/search/query-terms.ts";
import type { Suggestion, Suggestions } from "#lib/search/types.ts";

/** The part of a line that suggestions complete: its words, or the value of the filter that is being typed. Empty: none. */
export function textToComplete(terms: readonly Term[]): string {
  const last = terms.at(-1);
  if (last?.kind === "author" || last?.kind === "category") return last.text;
  return last && isTyped(last) ? wordsOf(terms) : "";
}

/**
 * Suggestions as lines to search for, and as addresses to go to at once: papers by their titles, the line with the author or
 * the class as a filter in place of what was typed of it.
 */
export function suggestionsFrom(terms: readonly Term[], { titles, authors, categories }: Suggestions): Suggestion[] {
  const last = terms.at(-1);
  const isFiltered = last?.kind === "author" || last?.kind === "category";
  const kept = isFiltered ? terms.slice(0, -1) : terms.filter((term) => !isTyped(term));
  const filtered = (kind: "author" | "category", text: string): Suggestion[] => {
    const line = formatTerms([...kept, { kind, text }]);
    // A name of signs, or one too many for the line, would be read as something else.
    const { terms: read, cut } = readLine(line);
    return read.at(-1)?.kind === kind && !cut ? [{ kind, line, href: routes.search(line) }] : [];
  };
  const papers = titles.map(({ id, title }): Suggestion => {
    return { kind: "paper", line: plainText(title), href: routes.paper(id) };
  });
  const people = authors.flatMap((name) => filtered("author", plainText(name).replaceAll('"', "")));
  const classes = categories.flatMap((category) => filtered("category", category));
  if (last?.kind === "author") return people;
  if (last?.kind === "category") return classes;
  // Few of each kind, so that none is crowded out.
  return [...classes.slice(0, 2), ...people.slice(0, 3), ...papers];
}

/**
 * The four lists of OpenSearch's suggestions 1.0 (opensearch.org, Suggestions extension): what was typed, the lines it may
 * become, what each is, where each leads.
 */
export function toOpenSearchSuggestions(
  typed: string,
  suggestions: readonly Suggestion[],
  origin: string,
): [string, string[], string[], string[]] {
  return [
    typed,
    suggestions.map(({ line }) => line),
    suggestions.map(({ kind }) => kindWords[kind]),
    suggestions.map(({ href }) => origin + href),
  ];
}

const kindWords: Record<Suggestion["kind"], string> = { paper: "Paper", author: "Author", category: "Class" };

function isTyped({ kind }: Term): boolean {
  return kind === "word" || kind === "phrase";
}

function wordsOf(terms: readonly Term[]): string {
  return terms
    .filter(isTyped)
    .map(({ text }) => text)
    .join(" ");
}
