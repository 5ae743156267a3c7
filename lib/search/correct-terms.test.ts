import { expect, test } from "vitest";
import { correctTerms, wordsToCheck } from "#lib/search/correct-terms.ts";
import { formatTerms, readLine } from "#lib/search/query-terms.ts";

test("words of texts are checked: not names, classes, dates, stop words or what is left out", () => {
  const { terms } = readLine("The Transfomer’s “sparce attention” ti:Räumlich -visoin au:Lecunn cat:cs.LG date:2026");
  expect(wordsToCheck(terms)).toEqual(["transfomer", "sparce", "attention", "raumlich"]);
});

test("a misspelt word is replaced wherever it stands; all else stays as it was typed", () => {
  const { terms } = readLine('Transfomer-based (Transfomer), "a TRANSFOMER" -transfomer au:Transfomer ti:transfomer');
  expect(formatTerms(correctTerms(terms, [{ word: "transfomer", instead: "transformer" }]))).toBe(
    'transformer-based (transformer), "a transformer" -transfomer au:Transfomer ti:transformer',
  );
});
