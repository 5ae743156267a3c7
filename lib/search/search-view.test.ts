import { expect, test } from "vitest";
import { readLine } from "#lib/search/query-terms.ts";
import { toSearchView } from "#lib/search/search-view.ts";
import type { SearchAnswer, SearchRequest } from "#lib/search/types.ts";

const answer: Omit<SearchAnswer, "ids"> = {
  state: "answered",
  total: 100,
  complete: 100,
  foundBy: "all-words",
  facets: { categories: [], years: [], sources: [], code: 0 },
  line: "",
  corrected: false,
  ranked: true,
  misread: [],
  cut: false,
  waysOut: [],
  words: [],
  jump: null,
  unknownPaper: null,
};

const facets: SearchAnswer["facets"] = {
  categories: [
    ["cs.LG", 60],
    ["cs.CL", 30],
    ["math.CO", 4],
  ],
  years: [
    ["2026", 80],
    ["2025", 20],
  ],
  sources: [
    ["arxiv", 100],
    ["huggingface", 12],
  ],
  code: 7,
};

const viewOf = (text: string, more: Partial<SearchAnswer> = {}, request: Partial<SearchRequest> = {}) =>
  toSearchView({ ...answer, line: text, ...more }, { text, ...request });
const lineOf = (href: string | undefined) => new URL(href ?? "", "http://localhost").searchParams.get("q");
const facet = (view: ReturnType<typeof viewOf>, name: string) =>
  view.facets
    .find((candidate) => candidate.name === name)
    ?.values.map(({ label, count, href }) => [label, count, lineOf(href)]);

test("each facet is a link to the line with one filter more; what all papers share is not offered", () => {
  const view = viewOf('sparse "long letters"', { facets });
  expect(facet(view, "Class")).toEqual([
    ["cs.LG", 60, 'sparse "long letters" cat:cs.LG'],
    ["cs.CL", 30, 'sparse "long letters" cat:cs.CL'],
    ["math.CO", 4, 'sparse "long letters" cat:math.CO'],
  ]);
  expect(facet(view, "Year")?.[0]).toEqual(["2026", 80, 'sparse "long letters" date:2026']);
  expect(facet(view, "Source")).toEqual([["Hugging Face", 12, 'sparse "long letters" source:huggingface']]);
  expect(facet(view, "Code")).toEqual([["With code", 7, 'sparse "long letters" has:code']]);
});

test("of an archive its classes are offered, each in its place; of a class, a year, a source, code nothing more", () => {
  expect(facet(viewOf("sparse cat:cs", { facets }), "Class")).toEqual([
    ["cs.LG", 60, "sparse cat:cs.LG"],
    ["cs.CL", 30, "sparse cat:cs.CL"],
  ]);
  expect(viewOf("sparse cat:cs.LG date:2026 source:hf has:code", { facets }).facets).toEqual([]);
});

test("within dates a year narrows further", () => {
  expect(facet(viewOf("sparse from:2025-06", { facets }), "Year")?.[0]?.[2]).toBe("sparse from:2025-06 date:2026");
});

test("a filter that would not be read any more is not offered", () => {
  expect(viewOf("x".repeat(1995), { facets }).facets).toEqual([]);
});

test("filters are said in words, and each leads to the search without it", () => {
  const line =
    'sparse -vision cat:cs.LG au:"Y. LeCun" ti:memory abs:"long letters" from:2025 to:2026 date:2026-08 source:hf has:code';
  const { filters, words } = viewOf(line);
  expect(words).toBe("sparse");
  expect(filters.map(({ label }) => label)).toEqual([
    "without “vision”",
    "in cs.LG",
    "by Y. LeCun",
    "title has “memory”",
    "abstract has “long letters”",
    "from 2025",
    "until 2026",
    "of 2026-08",
    "on Hugging Face",
    "with code",
  ]);
  for (const { href } of filters) expect(readLine(lineOf(href) ?? "").terms).toHaveLength(10);
  expect(lineOf(filters[1]?.href)).not.toContain("cat:");
});

test("the order goes with every link, the page with none; the best match needs no word", () => {
  const view = viewOf("sparse has:code", { facets }, { sort: "newest" });
  expect(view.sorts.map(({ label, href, current }) => [label, href, current])).toEqual([
    ["Best match", "/papers?q=sparse+has%3Acode", false],
    ["Newest", "/papers?q=sparse+has%3Acode&sort=newest", true],
    ["Most upvoted", "/papers?q=sparse+has%3Acode&sort=upvotes", false],
  ]);
  expect(view.filters[0]?.href).toBe("/papers?q=sparse&sort=newest");
  expect(view.hrefOf(3)).toBe("/papers?q=sparse+has%3Acode&page=3&sort=newest");
  expect(view.feeds.xml).toBe("/papers/feed.xml?q=sparse+has%3Acode&sort=newest");
});

test("the feeds of a search bring what is new, unless another order was asked for", () => {
  expect(viewOf("sparse").feeds).toEqual({
    xml: "/papers/feed.xml?q=sparse&sort=newest",
    json: "/papers/feed.json?q=sparse&sort=newest",
  });
  expect(viewOf("sparse", {}, { sort: "upvotes" }).feeds.xml).toBe("/papers/feed.xml?q=sparse&sort=upvotes");
});

test("filters alone rank nothing: newest first is their order", () => {
  expect(viewOf("cat:cs.LG", { ranked: false }).sorts.map(({ label, current }) => [label, current])).toEqual([
    ["Newest", true],
    ["Most upvoted", false],
  ]);
});

test("a corrected line is what its links go on from; the way back is to what was typed, as it was typed", () => {
  const view = viewOf("sparse has:code", { corrected: true, facets }, { text: "sparce has:code" });
  expect(view.typed).toBe("sparce has:code");
  expect(view.corrected).toEqual({
    line: "sparse has:code",
    typed: "sparce has:code",
    href: "/papers?q=sparce+has%3Acode&verbatim=1",
  });
  expect(facet(view, "Year")?.[0]?.[2]).toBe("sparse has:code date:2026");
  expect(view.hrefOf(2)).toBe("/papers?q=sparce+has%3Acode&page=2");
});
