import { expect, test } from "vitest";
import { type Candidate, rankCandidates, weighRepeats } from "#lib/search/rank-candidates.ts";
import { weights } from "#lib/search/weights.ts";

const query = ["spars", "attent", "graph"];
const rarity = [1, 1, 1];
const rank = (...candidates: Candidate[]) =>
  rankCandidates(rarity, candidates, { usualLength: 5 }).map(({ number }) => number);
const inQuery = (text: string) => Int8Array.from(text.split(" "), (word) => query.indexOf(word));
const candidate = (number: number, title: string, abstract: string, bm25 = 1): Candidate => ({
  number,
  bm25,
  title: inQuery(title),
  abstract: inQuery(abstract),
  others: new Int8Array(),
});

test("words that are neighbours in the query count more where they are neighbours in the paper", () => {
  const apart = candidate(1, "graph", "attent x spars");
  const together = candidate(2, "graph", "spars attent");
  expect(rank(apart, together)).toEqual([2, 1]);
});

test("words of the query count more where they are near each other, in any order", () => {
  const far = candidate(1, "x", "spars x x x x x x x x x x x attent");
  const near = candidate(2, "x", "attent x x spars x x x x x x x x x");
  expect(rank(far, near)).toEqual([2, 1]);
});

test("a word that is asked for twice counts more, but not twice, and each time less", () => {
  expect(weighRepeats(1)).toBe(1);
  expect(weighRepeats(2)).toBeGreaterThan(1.5);
  expect(weighRepeats(2)).toBeLessThan(2);
  expect(weighRepeats(100)).toBeLessThan(weights.k3 + 1);
});

test("a paper with more of the words stands above one with a few more occurrences", () => {
  const two = candidate(1, "spars", "attent", 1.2);
  const three = candidate(2, "spars", "attent x graph", 1.1);
  expect(rank(two, three)).toEqual([2, 1]);
});

test("the paper whose title is the query is first", () => {
  const often = candidate(1, "spars attent graph model", "spars attent graph", 3);
  const exact = candidate(2, "spars attent graph", "x", 1);
  expect(rank(often, exact)).toEqual([2, 1]);
});

test("of two alike the one stored later is first", () => {
  expect(rank(candidate(1, "spars", "x"), candidate(2, "spars", "x"))).toEqual([2, 1]);
});
