import { expect, test } from "vitest";
import { scorePapers } from "#lib/trending/score-papers.ts";
import { usualCounts } from "#lib/trending/usual-counts.ts";

const printed = (kind: "upvotes" | "votes", counts: number[]) => counts.map((count) => ({ kind, count }));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("a field is measured by the middle one of its own papers that had any", () => {
  expect(usualCounts(printed("upvotes", range(1, 31)), {}).upvotes).toEqual({ count: 16, from: "measured" });
  expect(usualCounts(printed("upvotes", range(1, 32)), {}).upvotes).toEqual({ count: 16.5, from: "measured" });
  const withSilence = printed("upvotes", [...range(1, 31), ...Array.from({ length: 500 }, () => 0)]);
  expect(usualCounts(withSilence, {}).upvotes.count).toBe(16);
});

test("too little was printed: the number it began with", () => {
  expect(usualCounts(printed("upvotes", range(1, 29)), {}).upvotes).toEqual({ count: 4, from: "first" });
  expect(usualCounts(printed("upvotes", range(1, 31)), {}).comments).toEqual({ count: 2, from: "first" });
});

test("what the site sets stands, whatever was printed", () => {
  expect(usualCounts(printed("upvotes", range(1, 90)), { upvotes: 7 }).upvotes).toEqual({ count: 7, from: "site" });
});

test("an upvote here counts no more than one on a source, unless the site says so", () => {
  const ones = Array.from({ length: 40 }, () => 1);
  expect(usualCounts(printed("votes", ones), {}).votes).toEqual({ count: 4, from: "first" });
  const both = [...printed("votes", ones), ...printed("upvotes", range(1, 31))];
  expect(usualCounts(both, {}).votes).toEqual({ count: 16, from: "measured" });
  expect(usualCounts(both, { votes: 1 }).votes).toEqual({ count: 1, from: "site" });
});

test("a small field shows: three times its usual is worth what three times the usual is in a large one", () => {
  const now = Temporal.Instant.from("2026-08-20T12:00Z");
  const weights = { upvotes: 1, votes: 1, comments: 0.5, stars: 0.25, sources: 0.5 };
  const score = (usual: number, upvotes: number) => {
    const evidence = {
      id: "a",
      signals: [{ source: "huggingface", kind: "upvotes" as const, value: upvotes, at: now }],
      votes: [],
      sources: ["huggingface"],
    };
    const levels = usualCounts(
      printed(
        "upvotes",
        Array.from({ length: 40 }, () => usual),
      ),
      {},
    );
    return scorePapers([evidence], { now, weights, usual: levels, seed: "a" })[0]?.score;
  };
  expect(score(2, 6)).toBe(2);
  expect(score(200, 600)).toBe(2);
});
