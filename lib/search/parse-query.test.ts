import fc from "fast-check";
import { expect, test } from "vitest";
import { allWords, anyWord, matchExpression, textColumns } from "#lib/search/match-expression.ts";
import { isEmptyQuery, parseQuery, readableQuery } from "#lib/search/parse-query.ts";

const noFilters = {
  title: [],
  abstract: [],
  authors: [],
  categories: [],
  from: null,
  to: null,
  hasCode: false,
  sources: [],
};

test.each([
  ["words", "Sparse attention, sparse models", { words: ["spars", "attent", "model"], phrases: [], without: [] }],
  ["a phrase", '"sparse attention" models', { words: ["model"], phrases: [["spars", "attent"]], without: [] }],
  ["typographic quotes", "“sparse attention”", { words: [], phrases: [["spars", "attent"]], without: [] }],
  [
    "a phrase said twice",
    '"sparse attention" "Sparse Attention"',
    { words: [], phrases: [["spars", "attent"]], without: [] },
  ],
  ["a phrase of one word", '"attention"', { words: ["attent"], phrases: [], without: [] }],
  ["a word to leave out", "attention -vision", { words: ["attent"], phrases: [], without: [["vision"]] }],
  ["a phrase to leave out", 'a -"language models"', { words: [], phrases: [], without: [["languag", "model"]] }],
  ["a hyphen inside a word", "self-attention", { words: ["self", "attent"], phrases: [], without: [] }],
  ["a minus that stands alone", "x - y", { words: ["x", "y"], phrases: [], without: [] }],
  ["an unbalanced quote", 'sparse "attention', { words: ["spars", "attent"], phrases: [], without: [] }],
  [
    "operators of the engine",
    "title:foo* NEAR(bar) ^baz",
    { words: ["titl", "foo", "bar", "baz"], phrases: [], without: [] },
  ],
  ["nothing", "", { words: [], phrases: [], without: [] }],
])("%s", (_, text, expected) => {
  expect(parseQuery(text)).toEqual({ ...noFilters, ...expected });
});

test("what must be absent alone is no search", () => {
  expect(isEmptyQuery(parseQuery("-vision"))).toBe(true);
  expect(isEmptyQuery(parseQuery("vision"))).toBe(false);
});

test("two hundred and fifty characters are read, the rest is not", () => {
  expect(parseQuery(`${"x".repeat(300)} attention`).words).toEqual(["x".repeat(20)]);
  expect(readableQuery(`${"é ".repeat(200)}`)).toEqual({ text: "é ".repeat(125).trim(), cut: true });
  expect(readableQuery(" sparse\n attention\0 ")).toEqual({ text: "sparse attention", cut: false });
});

test("whatever is typed, the engine sees strings of letters and digits between its own operators, nothing else", () => {
  const strings = `"[\\p{L}\\p{N}]+( [\\p{L}\\p{N}]+)*"`;
  const all = new RegExp(
    `^\\(?\\{title abstract compounds\\} : \\(${strings}( AND ${strings})*\\)(\\) NOT \\(\\{title abstract compounds\\} : \\(${strings}( OR ${strings})*\\)\\))?$`,
    "u",
  );
  fc.assert(
    fc.property(anyLine, (text) => {
      const query = parseQuery(text);
      const wanted = allWords(query, textColumns);
      if (wanted) expect(matchExpression(query, wanted)).toMatch(all);
      expect(anyWord(query, query.words) === null).toBe(query.words.length === 0);
    }),
    { numRuns: 1000 },
  );
});

const anyLine = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        "-",
        "(",
        ")",
        "*",
        ":",
        "^",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "title",
        "a",
        "b2",
        "é",
        "\0",
        "\\",
        "$",
        "'",
        ";",
        "{",
        " ",
      ),
    )
    .map((pieces) => pieces.join("")),
);
