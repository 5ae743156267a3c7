import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { SearchSheet } from "#components/search/search-sheet.tsx";
import type { PaperView } from "#lib/editions/types.ts";
import type { SearchResults } from "#lib/search/types.ts";

const results = {
  state: "answered",
  total: 124,
  complete: 124,
  foundBy: "all-words",
  page: 2,
  perPage: 20,
  pages: 7,
  jump: null,
  unknownPaper: null,
} satisfies Omit<SearchResults, "papers" | "words">;

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

const query = { text: "sparse attention", cut: false };
const none = { ...results, total: 0, complete: 0, page: 1, pages: 0 };
const render = (props: Partial<Parameters<typeof SearchSheet>[0]>) =>
  renderToStaticMarkup(<SearchSheet query={query} results={results} papers={[paper]} {...props} />);

test("a page of results says how many, in which order, marks the words and leads to its neighbours", () => {
  const html = render({});
  expect(html).toContain("124 papers for “sparse attention”");
  expect(html).toContain("Best match first. Page 2 of 7.");
  expect(html).toContain("<mark>Sparse</mark> attention");
  expect(html).toContain('href="/papers?q=sparse+attention&amp;page=3"');
  expect(html).toContain('value="sparse attention"');
});

test.each([
  [
    "one paper",
    { results: { ...results, total: 1, complete: 1, page: 1, pages: 1 } },
    "1 paper for “sparse attention”",
  ],
  [
    "papers with all and with some words",
    { results: { ...results, complete: 4 } },
    "All the words are in 4; 120 more, below, have some of them.",
  ],
  [
    "the line between them",
    { results: { ...results, complete: 21 }, papers: [paper, { ...paper, id: "2608.12314" as PaperView["id"] }] },
    "From here on: papers with some of the words.",
  ],
  [
    "papers with some words only",
    { results: { ...results, complete: 0, foundBy: "some-words" as const } },
    "No paper has all the words",
  ],
  [
    "more papers than are listed",
    { results: { ...results, total: 2500, complete: 2500 } },
    "The first 1,000 are listed.",
  ],
  ["a line that was too long", { query: { text: "x", cut: true } }, "the first 250 characters were searched"],
  ["nothing found", { papers: [], results: none }, "No title or abstract has these words."],
  [
    "nothing typed",
    { papers: [], query: { text: "", cut: false }, results: { ...none, state: "no-words" as const } },
    "Type a few words",
  ],
  [
    "no words in it",
    { papers: [], query: { text: "?!", cut: false }, results: { ...none, state: "no-words" as const } },
    "no word in this",
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
  const html = render({ query: { text: "<script>alert(1)</script>", cut: false } });
  expect(html).not.toContain("<script>");
});
