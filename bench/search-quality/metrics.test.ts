import { expect, test } from "vitest";
import { randomisationTest, scoreAnswer } from "./metrics.ts";

const grades = new Map([
  ["a", 2],
  ["b", 1],
]);

test("by hand: b, x, a", () => {
  // Ideal 2 + 1/log2(3) = 2.63093; found 1 + 2/log2(4) = 2.
  const score = scoreAnswer(["b", "x", "a"], { grades, judged: null });
  expect(score.ndcg).toBeCloseTo(2 / 2.630_929_754, 8);
  expect(score.recall).toBe(1);
  expect(score.mrr).toBe(1);
});

test("what nobody judged is passed over, what was judged irrelevant is not", () => {
  expect(scoreAnswer(["x", "y", "b"], { grades, judged: new Set(["a", "b", "y"]) }).mrr).toBe(1 / 2);
});

test("the eleventh place counts for recall only", () => {
  const ids = [..."0123456789", "a"];
  expect(scoreAnswer(ids, { grades, judged: null })).toEqual({ ndcg: 0, recall: 1 / 2, mrr: 0 });
});

test("an empty answer is worth nothing", () => {
  expect(scoreAnswer([], { grades, judged: null })).toEqual({ ndcg: 0, recall: 0, mrr: 0 });
});

test("the same scores are no difference, ten better ones of ten are one, one of one is none", () => {
  const low = Array.from({ length: 10 }, (_, index) => index / 20);
  expect(randomisationTest(low, low, 1)).toBe(1);
  // Exactly 2/1024 for ten differences of one sign.
  expect(
    randomisationTest(
      low.map((score) => score + 0.3),
      low,
      1,
    ),
  ).toBeCloseTo(2 / 1024, 2);
  expect(randomisationTest([1], [0], 1)).toBe(1);
});
