import { analyseName, analyseText } from "#lib/search/analyse-text.ts";
import type { Facets, FoundPapers, ParsedQuery, SearchableText, SearchOrder } from "#lib/search/types.ts";

/**
 * What a search finds, told in the plainest way: every paper is read from the beginning for every question. It says which papers
 * match, how many, and in which order where the order is by day; engines are held against it.
 */
export class NaiveIndex {
  readonly #papers = new Map<string, SearchableText>();

  index(papers: readonly SearchableText[]): void {
    for (const paper of papers) {
      // Put in anew, it is the latest.
      this.#papers.delete(paper.id);
      this.#papers.set(paper.id, paper);
    }
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.#papers.delete(id);
  }

  search(query: ParsedQuery, { order }: { order: SearchOrder }): FoundPapers {
    const words = [...new Set([...query.phrases.flat(), ...query.words])];
    const allowed = [...this.#papers.values()].map(read).filter((paper) => passes(paper, query));
    const found = words.length === 0 ? allowed : allowed.filter((paper) => words.some((word) => paper.all.has(word)));
    const complete = found.filter((paper) => words.every((word) => paper.all.has(word)));
    const named = allowed.filter((paper) => words.every((word) => paper.all.has(word) || paper.names.has(word)));
    if (complete.length === 0 && named.length > 0) {
      const some = allowed.filter((paper) => words.some((word) => paper.all.has(word) || paper.names.has(word)));
      return answer(some, named, "authors", order);
    }
    return answer(found, complete, complete.length > 0 ? "all-words" : "some-words", order);
  }
}

type Read = ReturnType<typeof read>;

function read(paper: SearchableText) {
  const title = analyseText(paper.title);
  const abstract = analyseText(paper.abstract);
  const authors = paper.authors.map(analyseName);
  return {
    paper,
    title: title.stems,
    titleWords: new Set([...title.stems, ...title.compounds]),
    abstract: abstract.stems,
    all: new Set([...title.stems, ...title.compounds, ...abstract.stems, ...abstract.compounds]),
    compounds: new Set([...title.compounds, ...abstract.compounds]),
    authors,
    names: new Set([...authors.flat(), paper.day.slice(0, 4)]),
  };
}

function passes(read: Read, query: ParsedQuery): boolean {
  const { paper } = read;
  return (
    query.phrases.every((stems) => standsIn(read, stems)) &&
    !query.without.some((stems) => standsIn(read, stems)) &&
    query.title.every((stems) =>
      stems.length === 1 ? read.titleWords.has(stems[0] ?? "") : isRun(read.title, stems),
    ) &&
    query.abstract.every((stems) => isRun(read.abstract, stems)) &&
    query.authors.every((name) => read.authors.some((parts) => isNamed(parts, name))) &&
    (query.categories.length === 0 || paper.categories.some((category) => isOf(category, query.categories))) &&
    (query.from === null || paper.day >= query.from) &&
    (query.to === null || paper.day <= query.to) &&
    (!query.hasCode || paper.hasCode) &&
    (query.sources.length === 0 || query.sources.some((source) => paper.sources.includes(source)))
  );
}

function standsIn(read: Read, stems: readonly string[]): boolean {
  return stems.length === 1 ? read.all.has(stems[0] ?? "") : isRun(read.title, stems) || isRun(read.abstract, stems);
}

function isRun(text: readonly string[], stems: readonly string[]): boolean {
  return text.some((_, at) => stems.every((stem, index) => text[at + index] === stem));
}

function isOf(category: string, wanted: readonly string[]): boolean {
  return wanted.some((name) => category === name || category.startsWith(`${name}.`));
}

function isNamed(parts: readonly string[], { family, given }: { family: string[]; given: string[] }): boolean {
  const isGiven = (asked: string) =>
    parts.some((part) => (asked.length === 1 ? part.startsWith(asked) : part === asked || part === asked[0]));
  return family.flatMap(analyseName).every((part) => parts.includes(part)) && given.flatMap(analyseName).every(isGiven);
}

function answer(found: Read[], complete: Read[], foundBy: FoundPapers["foundBy"], order: SearchOrder): FoundPapers {
  const listed = order === "newest" && complete.length > 0 ? complete : found;
  const papers = listed.map(({ paper }) => paper);
  if (order === "newest") papers.reverse().sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
  const counted = (complete.length > 0 ? complete : found).map(({ paper }) => paper);
  const ids = papers.map(({ id }) => id);
  return { ids, total: found.length, complete: complete.length, foundBy, facets: facetsOf(counted) };
}

function facetsOf(papers: readonly SearchableText[]): Facets {
  const byCount = (values: readonly string[]) =>
    [...Map.groupBy(values, (value) => value)]
      .map(([value, all]): [string, number] => [value, all.length])
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const years = byCount(papers.map(({ day }) => day.slice(0, 4))).sort((a, b) => (a[0] < b[0] ? 1 : -1));
  return {
    categories: byCount(papers.flatMap(({ categories }) => [...new Set(categories)])),
    years,
    sources: byCount(papers.flatMap(({ sources }) => [...new Set(sources)])),
    code: papers.filter(({ hasCode }) => hasCode).length,
  };
}
