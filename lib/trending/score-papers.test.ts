import { expect, test } from "vitest";
import { scorePapers } from "#lib/trending/score-papers.ts";
import type { Evidence, SignalEvent } from "#lib/trending/types.ts";

const now = Temporal.Instant.from("2026-08-20T12:00Z");
const weights = { upvotes: 1, votes: 1, comments: 0.5, stars: 0.25, sources: 0.5 };
const options = { now, weights, seed: "2026-08-20" };
const hoursAgo = (hours: number) => now.subtract({ minutes: Math.round(hours * 60) });

function evidence(id: string, parts: Partial<Evidence> = {}): Evidence {
  return { id, signals: [], votes: [], sources: 1, ...parts };
}

function seen(kind: SignalEvent["kind"], value: number, hours: number, source = "huggingface"): SignalEvent {
  return { source, kind, value, at: hoursAgo(hours) };
}

function scoreOf(one: Evidence): number {
  return scorePapers([one], options)[0]?.score ?? Number.NaN;
}

test("four upvotes just now are worth one doubling, and half as many after a half-life", () => {
  expect(scoreOf(evidence("a", { signals: [seen("upvotes", 4, 0)] }))).toBe(1);
  expect(scoreOf(evidence("a", { signals: [seen("upvotes", 8, 36)] }))).toBe(1);
});

test("a total that was seen twice counts only what it grew by, each part from its own hour", () => {
  const grown = evidence("a", { signals: [seen("upvotes", 4, 36), seen("upvotes", 6, 0)] });
  expect(scoreOf(grown)).toBe(Math.log2(1 + (4 / 2 + 2) / 4));
});

test("a total that fell takes nothing away, and rising again to where it was adds nothing", () => {
  const steady = evidence("a", { signals: [seen("upvotes", 6, 5)] });
  const wavering = evidence("a", { signals: [seen("upvotes", 6, 5), seen("upvotes", 2, 3), seen("upvotes", 6, 1)] });
  expect(scoreOf(wavering)).toBe(scoreOf(steady));
});

test("stars that a repository had before it was first seen say nothing; new ones do, up to a cap", () => {
  expect(scoreOf(evidence("a", { signals: [seen("stars", 90_000, 1)] }))).toBe(0);
  const grown = (value: number) => scoreOf(evidence("a", { signals: [seen("stars", 100, 2), seen("stars", value, 0)] }));
  expect(grown(150)).toBe(0.25);
  expect(grown(9_000_100)).toBe(grown(2100));
});

test("what counts later than now is not looked at", () => {
  const future = evidence("a", { signals: [seen("upvotes", 50, -1)], votes: [hoursAgo(-2)] });
  expect(scoreOf(future)).toBe(0);
});

test("the printed points sum to the score", () => {
  const [scored] = scorePapers(
    [
      evidence("a", {
        signals: [seen("upvotes", 17, 7), seen("comments", 3, 5), seen("stars", 10, 20), seen("stars", 333, 3)],
        votes: [hoursAgo(1), hoursAgo(30)],
        sources: 2,
      }),
    ],
    options,
  );
  const sum = scored?.reasons.reduce((total, { points }) => total + points, 0) ?? 0;
  expect(scored?.reasons.map(({ kind }) => kind)).toEqual(["upvotes", "comments", "stars", "votes", "sources"]);
  expect(Math.abs(sum - (scored?.score ?? 0))).toBeLessThan(1e-9);
});

test("ties stand in an order that the day decides, the same at each asking", () => {
  const papers = Array.from({ length: 30 }, (_, index) => evidence(`2608.${10_000 + index}`));
  const order = (seed: string, list = papers) => scorePapers(list, { ...options, seed }).map(({ id }) => id);
  expect(order("2026-08-20")).toEqual(order("2026-08-20", papers.toReversed()));
  expect(order("2026-08-20")).not.toEqual(order("2026-08-21"));
  expect(order("2026-08-20")).not.toEqual(papers.map(({ id }) => id));
});
