import { plainText } from "#lib/papers/plain-text.ts";
import { routes } from "#lib/platform/routes.ts";
import { formatTerms, type Term } from "#lib/search/query-terms.ts";
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
  const filtered = (kind: "author" | "category", text: string, label: string): Suggestion => {
    const line = formatTerms([...kept, { kind, text }]);
    return { kind, label, line, href: routes.search(line) };
  };
  const papers = titles.map(({ id, title }): Suggestion => {
    const line = plainText(title);
    return { kind: "paper", label: line, line, href: routes.paper(id) };
  });
  const people = authors.map((name) => filtered("author", plainText(name).replaceAll('"', ""), plainText(name)));
  const classes = categories.map((category) => filtered("category", category, category));
  if (last?.kind === "author") return people;
  if (last?.kind === "category") return classes;
  // Few of each kind, so that none is crowded out.
  return [...classes.slice(0, 2), ...people.slice(0, 3), ...papers];
}

function isTyped({ kind }: Term): boolean {
  return kind === "word" || kind === "phrase";
}

function wordsOf(terms: readonly Term[]): string {
  return terms
    .filter(isTyped)
    .map(({ text }) => text)
    .join(" ");
}
