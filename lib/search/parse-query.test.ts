import fc from "fast-check";
import { expect, test } from "vitest";
import { hasRank, isEmptyQuery, parseQuery, stemsToMark } from "#lib/search/parse-query.ts";
import type { ParsedQuery } from "#lib/search/types.ts";

const none: ParsedQuery = {
  words: [],
  phrases: [],
  without: [],
  title: [],
  abstract: [],
  authors: [],
  categories: [],
  from: null,
  to: null,
  hasCode: false,
  sources: [],
};

test.each<[string, string, Partial<ParsedQuery>]>([
  ["words", "Sparse attention, sparse models", { words: ["spars", "attent", "model"], times: [2, 1, 1] }],
  ["a phrase", '"sparse attention" models', { words: ["model"], phrases: [["spars", "attent"]] }],
  ["a phrase said twice", '"sparse attention" "Sparse Attention"', { phrases: [["spars", "attent"]] }],
  ["a phrase of one word", '"attention"', { words: ["attent"] }],
  ["a phrase of stop words", '"to be or not to be"', {}],
  ["a word to leave out", "attention -vision -the", { words: ["attent"], without: [["vision"]] }],
  ["a phrase to leave out", 'a -"language models"', { without: [["languag", "model"]] }],
  ["an unbalanced quote", 'sparse "attention', { words: ["spars", "attent"] }],
  ["what other engines have for syntax", "title:foo* NEAR(bar) ^baz", { words: ["titl", "foo", "bar", "baz"] }],
  ["TeX over several words", "Erd\\H {o}s $\\ell_2$ balls", { words: ["erdo", "ell", "2", "ball"] }],
  ["parts of the text", 'ti:"long letters" abs:models', { title: [["long", "letter"]], abstract: [["model"]] }],
  [
    "an author and a class",
    "au:LeCun cat:cs.LG",
    { authors: [{ family: ["lecun"], given: [] }], categories: ["cs.LG"] },
  ],
  ["a year", "date:2026", { from: "2026-01-01", to: "2026-12-31" }],
  ["a month of a leap year", "date:2024-02", { from: "2024-02-01", to: "2024-02-29" }],
  ["from a month to a day", "from:2025-06 to:2026-08-20", { from: "2025-06-01", to: "2026-08-20" }],
  ["dates of which all must hold", "date:2026 from:2026-03 to:2027 to:2028", { from: "2026-03-01", to: "2026-12-31" }],
  ["code and a source", "has:code source:hf", { hasCode: true, sources: ["huggingface"] }],
  ["nothing", "", {}],
])("%s", (_, line, expected) => {
  expect(parseQuery(line)).toEqual({ ...none, ...expected });
});

test("what must be absent alone is no search; a filter alone is one, in which nothing fits better than another", () => {
  expect(isEmptyQuery(parseQuery("-vision"))).toBe(true);
  expect(isEmptyQuery(parseQuery("the"))).toBe(true);
  for (const line of ["cat:cs.LG", "au:LeCun", "from:2026", "to:2026", "has:code", "source:arxiv"]) {
    expect(isEmptyQuery(parseQuery(line)), line).toBe(false);
    expect(hasRank(parseQuery(line)), line).toBe(false);
  }
  for (const line of ["vision", '"long letters"', "ti:vision", "abs:vision"]) {
    expect(isEmptyQuery(parseQuery(line)), line).toBe(false);
    expect(hasRank(parseQuery(line)), line).toBe(true);
  }
});

test("words of titles and abstracts that were asked for are marked too", () => {
  expect(stemsToMark(parseQuery('attention "long letters" ti:vision abs:attention -cats'))).toEqual([
    "attent",
    "long",
    "letter",
    "vision",
  ]);
});

test("whatever is typed, the engine sees a bounded number of words of letters and digits, days and classes, nothing else", () => {
  const word = /^[\p{L}\p{N}]+$/u;
  fc.assert(
    fc.property(anyLine, (line) => {
      const {
        words,
        phrases,
        without,
        title,
        abstract,
        authors,
        categories,
        from,
        to,
        hasCode,
        sources,
        times,
        ...more
      } = parseQuery(line);
      expect(more).toEqual({});
      const inText = [words, ...phrases, ...without, ...title, ...abstract].flat();
      for (const stem of [...inText, ...authors.flatMap(({ family, given }) => [...family, ...given])]) {
        expect(stem).toMatch(word);
      }
      expect(words.length).toBeLessThanOrEqual(64);
      expect(inText.length).toBeLessThanOrEqual(1000);
      if (times) expect(times.length).toBe(words.length);
      for (const category of categories) expect(category).toMatch(/^[a-z]+(-[a-z]+)?(\.([A-Z]{2}|[a-z]+(-[a-z]+)?))?$/);
      for (const source of sources) expect(["arxiv", "huggingface", "sample"]).toContain(source);
      for (const day of [from, to]) if (day !== null) expect(Temporal.PlainDate.from(day).toString()).toBe(day);
      expect(typeof hasCode).toBe("boolean");
    }),
    { numRuns: 2000 },
  );
});

const pieces =
  `" - ( ) * : ^ AND OR NOT NEAR title: ti: ti:" abs:x au: au:" au:'; cat: cat:cs.LG date:2026-02 from: has:code
  source:hf a b2 é \\ $ ' ; { }`.split(/\s+/);

const anyLine = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.array(fc.constantFrom(...pieces, " ", "\0"), { maxLength: 120 }).map((parts) => parts.join("")),
);
