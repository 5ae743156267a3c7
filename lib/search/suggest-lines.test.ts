import fc from "fast-check";
import { expect, test } from "vitest";
import type { PaperId } from "#lib/papers/types.ts";
import { fitsLine, readLine } from "#lib/search/query-terms.ts";
import { suggestionsFrom, textToComplete, toOpenSearchSuggestions } from "#lib/search/suggest-lines.ts";

const found = {
  titles: [{ id: "2608.10001" as PaperId, title: "Sparse attention on $\\ell_2$ balls" }],
  authors: ["Ada Lindqvist", "Paul Erd\\H{o}s"],
  categories: ["cs.LG"],
};
const linesFor = (typed: string) => suggestionsFrom(readLine(typed).terms, found).map(({ line }) => line);

test.each([
  ["sparse att", "sparse att"],
  ['"sparse att', "sparse att"],
  ["has:code sparse", "sparse"],
  ["au:Lind", "Lind"],
  ["sparse cat:cs", "cs"],
  ["sparse has:code", ""],
  ["-sparse", ""],
  ["", ""],
])("of %j the part %j is completed", (typed, part) => {
  expect(textToComplete(readLine(typed).terms)).toBe(part);
});

test("papers by their titles as they read, authors and classes as filters; filters that were typed stay", () => {
  expect(linesFor("has:code lind")).toEqual([
    "has:code cat:cs.LG",
    'has:code au:"Ada Lindqvist"',
    'has:code au:"Paul Erdős"',
    "Sparse attention on ℓ₂ balls",
  ]);
});

test("behind au: and cat: only their kind is suggested, in place of what was typed", () => {
  expect(linesFor("sparse au:lind")).toEqual(['sparse au:"Ada Lindqvist"', 'sparse au:"Paul Erdős"']);
  expect(linesFor("sparse cat:cs")).toEqual(["sparse cat:cs.LG"]);
});

test("a paper leads to its page, a filter to its search; the four lists are as long as each other", () => {
  const list = toOpenSearchSuggestions(
    "lind",
    suggestionsFrom(readLine("lind").terms, found),
    "https://papers.example.org",
  );
  expect(list).toEqual([
    "lind",
    ["cat:cs.LG", 'au:"Ada Lindqvist"', 'au:"Paul Erdős"', "Sparse attention on ℓ₂ balls"],
    ["Class", "Author", "Author", "Paper"],
    [
      "https://papers.example.org/papers?q=cat%3Acs.LG",
      "https://papers.example.org/papers?q=au%3A%22Ada+Lindqvist%22",
      "https://papers.example.org/papers?q=au%3A%22Paul+Erd%C5%91s%22",
      "https://papers.example.org/papers/2608.10001",
    ],
  ]);
});

test("whatever is typed and whatever authors are called, a suggested filter is read as that filter", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.string({ unit: "grapheme", maxLength: 60 }),
      (typed, name) => {
        const { terms } = readLine(typed);
        const lists = { titles: [], authors: [name], categories: [] };
        for (const { line } of textToComplete(terms) ? suggestionsFrom(terms, lists) : []) {
          const read = readLine(line);
          expect(read.terms.at(-1)?.kind).toBe("author");
          expect(fitsLine(read.terms)).toBe(true);
        }
      },
    ),
  );
});
