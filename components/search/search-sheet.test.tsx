import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { SearchSheet } from "#components/search/search-sheet.tsx";
import type { PaperView } from "#lib/editions/types.ts";
import type { SearchResults, SearchView } from "#lib/search/types.ts";

const results = {
  state: "answered",
  total: 124,
  complete: 124,
  foundBy: "all-words",
  facets: { categories: [], years: [], sources: [], code: 0 },
  line: "sparse attention",
  corrected: false,
  ranked: true,
  misread: [],
  cut: false,
  waysOut: [],
  listed: 124,
  page: 2,
  perPage: 20,
  pages: 7,
  jump: null,
  unknownPaper: null,
} satisfies Omit<SearchResults, "papers" | "words">;

const view: SearchView = {
  typed: "sparse attention",
  words: "sparse attention",
  corrected: null,
  filters: [],
  facets: [],
  sorts: [
    { label: "Best match", href: "/papers?q=sparse+attention", current: true },
    { label: "Newest", href: "/papers?q=sparse+attention&sort=newest", current: false },
  ],
  waysOut: [],
  sort: "best",
  verbatim: false,
  hrefOf: (page) => `/papers?q=sparse+attention&page=${page}`,
  feeds: { xml: "/papers/feed.xml?q=sparse+attention", json: "/papers/feed.json?q=sparse+attention" },
};

const paper: PaperView = {
  id: "2608.12313" as PaperView["id"],
  title: "Sparse attention",
  abstract: "We attend.",
  authors: ["Ada One"],
  categories: ["cs.CL"],
  submittedAt: null,
  upvotes: { sources: 3, ours: 1 },
  comments: 0,
  stars: null,
  date: null,
  discussion: null,
  withdrawn: false,
  sample: false,
  plainTitle: "Sparse attention",
  titleParts: [
    { kind: "text", text: "Sparse", marked: true },
    { kind: "text", text: " attention" },
  ],
  abstractParts: [{ kind: "text", text: "We attend." }],
  links: [],
  rank: null,
  reasons: [],
  score: "",
};

const none = { ...results, total: 0, complete: 0, listed: 0, page: 1, pages: 0 };
const render = (props: Partial<Parameters<typeof SearchSheet>[0]>) =>
  renderToStaticMarkup(<SearchSheet view={view} results={results} papers={[paper]} {...props} />);

test("a page of results says how many, in which order, marks the words and leads to its neighbours", () => {
  const html = render({});
  expect(html).toContain("124 papers for “sparse attention”");
  expect(html).toContain("Best match first: only how title and abstract fit the words counts, neither date nor votes.");
  expect(html).toContain("Page 2 of 7.");
  expect(html).toContain("<mark>Sparse</mark> attention");
  expect(html).toContain('href="/papers?q=sparse+attention&amp;page=3"');
  expect(html).toContain('value="sparse attention"');
  expect(html).toMatch(/<a href="\/papers\?q=sparse\+attention"[^>]* aria-current="true"[^>]*>Best match/);
  expect(html).toContain('href="/papers/feed.xml?q=sparse+attention"');
});

test("filters can be dropped and added by links with their counts", () => {
  const html = render({
    view: {
      ...view,
      filters: [{ label: "in cs.LG", href: "/papers?q=sparse" }],
      facets: [{ name: "Year", values: [{ label: "2026", count: 1200, href: "/papers?q=sparse+date%3A2026" }] }],
    },
  });
  expect(html).toMatch(/<a href="\/papers\?q=sparse"[^>]*>.*Without the filter: .*in cs\.LG/);
  expect(html).toMatch(/<dt>Year<\/dt>.*<a href="\/papers\?q=sparse\+date%3A2026">2026<\/a> <span>1,200<\/span>/);
});

test("a line that was corrected says so and leads to what was typed", () => {
  const corrected = {
    line: "sparse attention",
    typed: "sparce attention",
    href: "/papers?q=sparce+attention&verbatim=1",
  };
  const html = render({ view: { ...view, typed: "sparce attention", corrected } });
  expect(html).toContain("Showing results for <strong");
  expect(html).toContain('Search instead for <a href="/papers?q=sparce+attention&amp;verbatim=1">sparce attention</a>');
  expect(html).toContain('value="sparce attention"');
});

test("an order other than the best match goes with the next search", () => {
  expect(render({ view: { ...view, sort: "newest" } })).toContain('<input type="hidden" name="sort" value="newest"/>');
  expect(render({})).not.toContain('name="sort"');
});

test.each([
  [
    "one paper",
    { results: { ...results, total: 1, complete: 1, listed: 1, page: 1, pages: 1 } },
    "1 paper for “sparse attention”",
  ],
  ["filters alone", { view: { ...view, words: "" }, results: { ...results, ranked: false } }, ">124 papers</h1>"],
  ["filters alone, in their order", { results: { ...results, ranked: false } }, "Newest first."],
  [
    "papers with all and with some words",
    { results: { ...results, complete: 4 } },
    "All the words are in 4; 120 more have some of them.",
  ],
  [
    "papers with some words only",
    { results: { ...results, complete: 0, foundBy: "some-words" as const } },
    "No paper has all the words",
  ],
  [
    "more papers than are listed",
    { results: { ...results, total: 2500, complete: 2500, listed: 1000 } },
    "The first 1,000 are listed.",
  ],
  [
    "more papers than are compared by votes",
    { view: { ...view, sort: "upvotes" as const }, results: { ...results, total: 2500, complete: 2500, listed: 1000 } },
    "The 1,000 best matches were compared.",
  ],
  ["a line that was too long", { results: { ...results, cut: true } }, "the first 2,000 characters were searched"],
  [
    "a filter that is none",
    { results: { ...results, misread: ["date:yesterdayish"] } },
    "not used as one: date:yesterdayish.",
  ],
  ["nothing found", { papers: [], results: none }, "No title or abstract has these words."],
  [
    "nothing found because of filters",
    {
      papers: [],
      results: none,
      view: {
        ...view,
        filters: [{ label: "in cs.LG", href: "/papers?q=sparse" }],
        waysOut: [{ dropped: "cat:cs.LG", total: 12, href: "/papers?q=sparse" }],
      },
    },
    '<a href="/papers?q=sparse">Without cat:cs.LG</a>: 12 papers',
  ],
  [
    "a name that no text has",
    { papers: [], results: none, view: { ...view, typed: "Yann LeCun" } },
    'href="/papers?q=au%3A%22Yann+LeCun%22"',
  ],
  [
    "nothing typed",
    { papers: [], view: { ...view, typed: "", words: "" }, results: { ...none, state: "no-words" as const } },
    "Type a few words",
  ],
  [
    "no words in it",
    { papers: [], view: { ...view, typed: "?!" }, results: { ...none, state: "no-words" as const } },
    "nothing in this to look for",
  ],
  ["a page past the end", { papers: [], results: { ...results, page: 9 } }, "There is no page 9."],
  [
    "an id that is not here",
    { papers: [], results: { ...none, unknownPaper: paper.id } },
    "2608.12313 has not been printed here.",
  ],
  [
    "an index that is not ready",
    { papers: [], results: { ...none, state: "building" as const } },
    "The search index is being built.",
  ],
])("%s", (_, props, sentence) => {
  expect(render(props)).toContain(sentence);
});

test("what was typed is text on the page, never markup", () => {
  const typed = "<script>alert(1)</script>";
  const html = render({ view: { ...view, typed, words: typed } });
  expect(html).not.toContain("<script>");
});

test("a search that finds nothing yet can be asked for by mail; an unknown id and signs alone cannot", () => {
  expect(render({ papers: [], results: none })).toContain("Get this search by mail");
  expect(render({ papers: [], results: { ...none, unknownPaper: paper.id } })).not.toContain("Get this search by mail");
  expect(render({ papers: [], results: { ...none, state: "no-words" } })).not.toContain("Get this search by mail");
});

test("the heading says what was found, in one or two lines, and with one pair of quotes", () => {
  const headingOf = (words: string, found = {}) =>
    />([^<]*)<\/h1>/.exec(render({ view: { ...view, words }, results: { ...results, ...found } }))?.[1];
  expect(headingOf('"sparse attention"')).toBe("124 papers for “sparse attention”");
  expect(headingOf('"sparse attention" kites')).toBe("124 papers for &quot;sparse attention&quot; kites");
  expect(headingOf("sparse kites", { complete: 0, foundBy: "some-words" })).toBe(
    "124 papers with some words of “sparse kites”",
  );
  const long = headingOf("which methods read long letters ".repeat(10)) ?? "";
  expect(long).toMatch(/^124 papers for “which methods .* …”$/);
  expect(long.length).toBeLessThan(120);
});
