import { routes } from "#lib/platform/routes.ts";
import {
  fitsLine,
  formatTerm,
  formatTerms,
  isFilter,
  readableLine,
  readLine,
  type Term,
  withoutTerm,
  withTerm,
} from "#lib/search/query-terms.ts";
import type { Facets, SearchAnswer, SearchRequest, SearchSort, SearchView } from "#lib/search/types.ts";

/** What the page of a search shows beside its papers: every choice with its address, so that all of it works as plain links. */
export function toSearchView(answer: Omit<SearchAnswer, "ids">, request: SearchRequest): SearchView {
  const { terms } = readLine(answer.line);
  const { sort = "best", verbatim = false } = request;
  const hrefOf = (line: string, page = 1) => routes.search(line, { page, sort, verbatim });
  const typed = readableLine(request.text);
  return {
    typed,
    words: formatTerms(terms.filter((term) => !isFilter(term))),
    corrected: answer.corrected
      ? { line: answer.line, typed, href: routes.search(typed, { sort, verbatim: true }) }
      : null,
    filters: terms.filter(isFilter).map((term) => ({
      label: wordsFor(term),
      href: hrefOf(formatTerms(withoutTerm(terms, term))),
    })),
    facets: facetsOf(answer, terms).map(({ name, values }) => ({
      name,
      values: values.map(({ label, count, line }) => ({ label, count, href: hrefOf(line) })),
    })),
    sorts: sortsOf(answer).map((name) => ({
      label: sortLabels[name],
      href: routes.search(answer.line, { sort: name, verbatim }),
      current: name === (answer.ranked ? sort : sort === "best" ? "newest" : sort),
    })),
    waysOut: answer.waysOut.map(({ dropped, line, total }) => ({ dropped, total, href: hrefOf(line) })),
    sort,
    verbatim,
    hrefOf: (page) => hrefOf(request.text.trim(), page),
    feeds: searchFeeds(request),
  };
}

/** The feeds of a search. Who follows one waits for what is new: the best match of all time is the same each day. */
export function searchFeeds({ text, sort = "best", verbatim = false }: SearchRequest): SearchView["feeds"] {
  const followed = { sort: sort === "best" ? "newest" : sort, verbatim };
  const line = readableLine(text);
  return { xml: routes.searchFeed("xml", line, followed), json: routes.searchFeed("json", line, followed) };
}

const sortLabels: Record<SearchSort, string> = { best: "Best match", newest: "Newest", upvotes: "Most upvoted" };

/** Of papers that pass filters, none fits better than another. */
function sortsOf({ ranked }: Pick<SearchAnswer, "ranked">): SearchSort[] {
  return ranked ? ["best", "newest", "upvotes"] : ["newest", "upvotes"];
}

type Facet = { name: string; values: { label: string; count: number; line: string }[] };

const mostValues = { Class: 10, Year: 6, Source: 4, Code: 1 };

/**
 * What narrows this answer, with how many papers each choice leaves. What all of them share narrows nothing, and where a
 * choice is made already only narrower ones are offered: two classes or sources in a line widen the search.
 */
function facetsOf({ facets, complete, total }: Omit<SearchAnswer, "ids">, terms: readonly Term[]): Facet[] {
  const whole = complete > 0 ? complete : total;
  const facet = (name: keyof typeof mostValues, values: readonly (readonly [Term, number])[]): Facet => ({
    name,
    values: values
      .filter(([, count]) => count < whole)
      .map(([term, count]) => ({ label: facetLabel(term), count, terms: narrowed(terms, term) }))
      .filter((value) => fitsLine(value.terms))
      .slice(0, mostValues[name])
      .map(({ label, count, terms: narrow }) => ({ label, count, line: formatTerms(narrow) })),
  });
  const all = [
    facet("Class", offeredClasses(facets, terms)),
    facet("Year", terms.some(({ kind }) => kind === "date") ? [] : counted(facets.years, "date")),
    facet("Source", terms.some(({ kind }) => kind === "source") ? [] : counted(facets.sources, "source")),
    facet("Code", terms.some(({ kind }) => kind === "code") ? [] : counted([["code", facets.code]], "code")),
  ];
  return all.filter(({ values }) => values.some(({ count }) => count > 0));
}

function counted(values: readonly (readonly [string, number])[], kind: Term["kind"]): [Term, number][] {
  return values.map(([text, count]) => [{ kind, text }, count]);
}

/** With an archive chosen, its classes; with a class chosen, none. */
function offeredClasses({ categories }: Facets, terms: readonly Term[]): [Term, number][] {
  const chosen = terms.filter(({ kind }) => kind === "category");
  const isNarrower = (category: string) => chosen.length === 1 && category.startsWith(`${chosen[0]?.text}.`);
  return counted(
    categories.filter(([category]) => chosen.length === 0 || isNarrower(category)),
    "category",
  );
}

/** A class takes the place of its archive. */
function narrowed(terms: readonly Term[], term: Term): Term[] {
  return withTerm(term.kind === "category" ? terms.filter(({ kind }) => kind !== "category") : terms, term);
}

const sourceNames: Record<string, string> = { arxiv: "arXiv", huggingface: "Hugging Face", sample: "the sample" };

function facetLabel({ kind, text }: Term): string {
  if (kind === "source") return sourceNames[text] ?? text;
  return kind === "code" ? "With code" : text;
}

/** A filter in words. */
function wordsFor(term: Term): string {
  const { kind, text } = term;
  switch (kind) {
    case "author":
      return `by ${text}`;
    case "title":
      return `title has “${text}”`;
    case "abstract":
      return `abstract has “${text}”`;
    case "without":
      return `without “${text}”`;
    case "category":
      return `in ${text}`;
    case "date":
      return `of ${text}`;
    case "from":
      return `from ${text}`;
    case "to":
      return `until ${text}`;
    case "source":
      return `on ${sourceNames[text] ?? text}`;
    case "code":
      return "with code";
    default:
      return formatTerm(term);
  }
}
