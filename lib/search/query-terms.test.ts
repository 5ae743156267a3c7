import fc from "fast-check";
import { expect, test } from "vitest";
import { fitsLine, formatTerms, longestQuery, readLine, withoutTerm, withTerm } from "#lib/search/query-terms.ts";

const read = (line: string) => readLine(line).terms.map(({ kind, text }) => `${kind} ${text}`);

test.each([
  ["words", "Sparse attention?", ["word Sparse", "word attention?"]],
  ["a phrase", '"sparse attention" models', ["phrase sparse attention", "word models"]],
  ["typographic quotes", "“sparse  attention”", ["phrase sparse attention"]],
  ["a word to leave out", "attention -vision", ["word attention", "without vision"]],
  ["a phrase to leave out", 'a -"language models"', ["word a", "without language models"]],
  ["a number with a minus", "below -5 degrees", ["word below", "word -5", "word degrees"]],
  ["hyphens inside words", "self-attention x - y", ["word self-attention", "word x", "word -", "word y"]],
  ["an author", 'au:LeCun author:"Y. LeCun"', ["author LeCun", "author Y. LeCun"]],
  ["parts of the text", 'ti:attention abs:"long letters"', ["title attention", "abstract long letters"]],
  [
    "classes and archives",
    "cat:CS.lg CAT:math, cat:cond-mat.Mes-Hall",
    ["category cs.LG", "category math", "category cond-mat.mes-hall"],
  ],
  ["dates", "from:2024 to:2025-06 date:2026-02-28.", ["from 2024", "to 2025-06", "date 2026-02-28"]],
  ["code and sources", "has:CODE source:hf source:arXiv", ["code code", "source huggingface", "source arxiv"]],
  ["the same filter twice", "cat:cs.LG cat:CS.LG cat:cs.LG", ["category cs.LG"]],
  ["the same word twice", "well well", ["word well", "word well"]],
  ["inches, which are no quotes", '5" and 3" disks', ["word 5", "word and", "word 3", "word disks"]],
  ["a quote without an end", 'sparse "attention', ["word sparse", "word attention"]],
  ["an operator in the middle of a word", "micro-cat:cs.LG (ti:x)", ["word micro-cat:cs.LG", "word (ti:x)"]],
  [
    "names that are no operators",
    'title:foo http://x.org "ISBN":1',
    ["word title:foo", "word http://x.org", "phrase ISBN", "word :1"],
  ],
  ["an operator of the engine", "NEAR(bar) ^baz OR foo*", ["word NEAR(bar)", "word ^baz", "word OR", "word foo*"]],
  [
    "properties that every object has",
    "constructor:x __proto__:y toString:z",
    ["word constructor:x", "word __proto__:y", "word toString:z"],
  ],
  ["nothing", ' "" " " ', []],
])("%s", (_, line, expected) => {
  expect(read(line)).toEqual(expected);
  expect(readLine(line).misread).toEqual([]);
});

test.each([
  ["date:yesterdayish", ["word date:yesterdayish"]],
  ["date:2026-02-30", ["word date:2026-02-30"]],
  ["date:2026-13", ["word date:2026-13"]],
  ["from:scratch", ["word from:scratch"]],
  ["cat:dogs", ["word cat:dogs"]],
  ["cat:cs.LG.x", ["word cat:cs.LG.x"]],
  ["has:fleas", ["word has:fleas"]],
  ["source:wikipedia", ["word source:wikipedia"]],
  ["ti:the", ["word ti:the"]],
  ["au:42", ["word au:42"]],
  ["-cat:cs.LG", ["without cat:cs.LG"]],
  ['date:"next week"', ["word date:", "phrase next week"]],
])("%s looks like a filter and is none: it is words, and the page is told", (line, expected) => {
  expect(read(line)).toEqual(expected);
  expect(readLine(line).misread).toEqual([line]);
});

test.each(["cat:", "date: 2026", "au: LeCun", "has : code", "ti:", "-", "to: be"])(
  "%s has no value: it is words",
  (line) => {
    expect(readLine(line).terms.every(({ kind }) => kind === "word")).toBe(true);
  },
);

test("two thousand characters are read, the rest is not", () => {
  expect(readLine(`${"x".repeat(2100)} attention`)).toEqual({
    terms: [{ kind: "word", text: "x".repeat(2000) }],
    misread: [],
    cut: true,
  });
  expect(readLine(`${"é ".repeat(1200)}`).terms).toHaveLength(1000);
  expect(readLine(`${"😀".repeat(2000)}`).cut).toBe(false);
  expect(readLine(`${"a".repeat(1990)} cat:cs.LG`).terms).toHaveLength(2);
  expect(readLine(" sparse\n attention\0 ")).toMatchObject({
    terms: [{ text: "sparse" }, { text: "attention" }],
    cut: false,
  });
});

test("a filter is added and taken away, and the rest of the line stays as it was typed", () => {
  const { terms } = readLine('Sparse "long letters" -vision cat:cs.LG au:"van der Maaten"');
  const year = { kind: "date", text: "2026" } as const;
  const narrower = formatTerms(withTerm(terms, year));
  expect(narrower).toBe('Sparse "long letters" -vision cat:cs.LG au:"van der Maaten" date:2026');
  expect(formatTerms(withoutTerm(readLine(narrower).terms, year))).toBe(formatTerms(terms));
  expect(formatTerms(withTerm(withTerm(terms, year), year))).toBe(narrower);
});

test("whatever is typed: it never throws, at most a thousand characters are kept, and what is written is read as the same", () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      const { terms } = readLine(line);
      const written = formatTerms(terms);
      expect([...written].length).toBeLessThanOrEqual(longestQuery);
      expect(readLine(written)).toMatchObject({ terms, cut: false });
      expect(fitsLine(terms)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test("whatever is typed: taking terms away or adding a filter changes none of the others", () => {
  fc.assert(
    fc.property(anyLine, fc.nat(), (line, which) => {
      const { terms } = readLine(line);
      const gone = terms[which % Math.max(1, terms.length)];
      const fewer = gone ? withoutTerm(terms, gone) : terms;
      expect(readLine(formatTerms(fewer)).terms).toEqual(fewer);
      const more = withTerm(terms, { kind: "author", text: "van der Maaten" });
      if (fitsLine(more)) expect(readLine(formatTerms(more)).terms).toEqual(more);
    }),
    { numRuns: 2000 },
  );
});

const signs =
  `" " - -" : cat: cat:cs.LG CAT:" date: date:2026 from: au: au:" AU:x ti:" ti:a abs: has:code source:hf ( ) * ^ AND OR NOT
  NEAR a b2 é ﬁ \\ $ ' ; { “ ” « 😀 \ud800 ́ the`.split(/\s+/);

const anyLine = fc.oneof(
  fc.string({ unit: "binary", maxLength: 600 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.array(fc.constantFrom(...signs, " ", "\0", "\n", "\u3000"), { maxLength: 150 }).map((pieces) => pieces.join("")),
);
