import { expect, test } from "vitest";
import { agreement, exposure, kendall, meanOf, ndcg, quantile } from "./metrics.ts";

const gains = new Map([
  ["a", 3],
  ["b", 2],
  ["c", 0],
]);

test("nDCG by hand: 3 and 2 in the wrong order", () => {
  // Ideal 3/1 + 2/log2(3) = 4.26186; found 2/1 + 3/log2(3) = 3.89279.
  expect(ndcg(["b", "a", "c"], gains, 10)).toBeCloseTo(3.892_789_26 / 4.261_859_507, 8);
  // The worst: 0/1 + 2/log2(3) + 3/2 = 2.76186.
  expect(ndcg(["c", "b", "a"], gains, 10)).toBeCloseTo(2.761_859_507 / 4.261_859_507, 8);
  expect(ndcg(["a", "b", "c"], gains, 10)).toBe(1);
});

test("nDCG looks at the first ones only, and at nothing when nothing gained", () => {
  expect(ndcg(["c", "a", "b"], gains, 1)).toBe(0);
  expect(ndcg(["a", "c", "b"], gains, 1)).toBe(1);
  expect(ndcg(["a"], new Map([["a", 0]]), 10)).toBeNull();
});

test("Kendall's τ by hand: one of three pairs turned is 1/3", () => {
  expect(kendall(["a", "b", "c"], gains)).toBe(1);
  expect(kendall(["c", "b", "a"], gains)).toBe(-1);
  expect(kendall(["b", "a", "c"], gains)).toBeCloseTo(1 / 3, 12);
});

test("a tie among the numbers: two agreeing pairs of three, τ-b = 2/√(3·2)", () => {
  const tied = new Map([
    ["a", 5],
    ["b", 1],
    ["c", 1],
  ]);
  expect(kendall(["a", "b", "c"], tied)).toBeCloseTo(2 / Math.sqrt(6), 12);
  expect(kendall(["b", "c"], tied)).toBeNull();
});

test("two orders are compared over what stands in both", () => {
  expect(agreement(["a", "b", "c"], ["new", "a", "b", "c"])).toBe(1);
  expect(agreement(["a", "b", "c"], ["c", "b", "new", "a"])).toBe(-1);
  expect(agreement(["a"], ["a", "b"])).toBeNull();
});

test("exposure: who stands first gets more than in proportion", () => {
  // Attention 1 and 1/log2(3) = 0.63093, shares .61315 and .38685, each of half of the papers.
  const found = exposure([["a", "b"]], (id) => id);
  expect(found.get("a")?.ratio).toBeCloseTo(1.226_294, 5);
  expect(found.get("b")?.ratio).toBeCloseTo(0.773_706, 5);
  expect(exposure([["a", "b"]], (id) => (id === "a" ? "known" : null)).get("known")).toEqual({ papers: 1, ratio: 1 });
});

test("mean, error and quantiles", () => {
  // Deviations -1, 0, 1: variance 1, standard error 1/√3.
  expect(meanOf([1, 2, 3])).toEqual({ mean: 2, error: expect.closeTo(2 / Math.sqrt(3), 12) });
  expect(quantile([5, 1, 3], 0.5)).toBe(3);
  expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(10);
});
