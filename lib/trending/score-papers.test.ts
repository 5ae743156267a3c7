import fc from "fast-check";
import { expect, test } from "vitest";
import { describeReason, formatPoints } from "#lib/trending/describe-reason.ts";
import { scorePapers } from "#lib/trending/score-papers.ts";
import type { Evidence, SignalEvent } from "#lib/trending/types.ts";
import { usualCounts } from "#lib/trending/usual-counts.ts";

const now = Temporal.Instant.from("2026-08-20T12:00Z");
const weights = { upvotes: 1, votes: 1, comments: 0.5, stars: 0.25, sources: 0.5 };
const usual = usualCounts([], {});
const options = { now, weights, usual, seed: "2026-08-20" };
const hoursAgo = (hours: number) => now.subtract({ minutes: Math.round(hours * 60) });

function evidence(id: string, parts: Partial<Evidence> = {}): Evidence {
  return { id, signals: [], votes: [], sources: ["huggingface"], ...parts };
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
  const grown = (value: number) =>
    scoreOf(evidence("a", { signals: [seen("stars", 100, 2), seen("stars", value, 0)] }));
  expect(grown(150)).toBe(0.25);
  expect(grown(9_000_100)).toBe(grown(2100));
});

test("what counts later than now is not looked at", () => {
  const future = evidence("a", { signals: [seen("upvotes", 50, -1)], votes: [hoursAgo(-2)] });
  expect(scoreOf(future)).toBe(0);
});

test("the points and what is counted, kind by kind", () => {
  const [scored] = scorePapers(
    [
      evidence("a", {
        signals: [seen("upvotes", 17, 7), seen("comments", 3, 5), seen("stars", 10, 20), seen("stars", 333, 3)],
        votes: [hoursAgo(1), hoursAgo(30)],
        sources: ["huggingface", "arxiv"],
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

test("a reason is a sentence that names what was counted, since when, and where", () => {
  const [scored] = scorePapers(
    [
      evidence("a", {
        signals: [seen("upvotes", 12, 24), seen("stars", 40, 80), seen("stars", 250, 72)],
        votes: [hoursAgo(1)],
        sources: ["huggingface", "arxiv"],
      }),
    ],
    options,
  );
  expect(scored?.reasons.map(describeReason)).toEqual([
    "12 upvotes in 24 h: 1.53",
    "210 new stars in 3 days: 0.41",
    "1 upvote here in 1 h: 0.32",
    "on Hugging Face and arXiv: 0.5",
  ]);
  expect(formatPoints(scored?.score ?? 0)).toBe("2.76");
});

test("reasons that were frozen before they named sources and usual counts read as they did", () => {
  const old = { kind: "sources", count: 2, hours: 0, points: 0.5 } as const;
  expect(describeReason(old)).toBe("listed by 2 sources: 0.5");
});

const anyEvidence = fc
  .record({
    signals: fc.array(
      fc.record({
        kind: fc.constantFrom("upvotes" as const, "comments" as const, "stars" as const),
        value: fc.nat(2_000_000),
        hours: fc.integer({ min: -50, max: 900 }),
        source: fc.constantFrom("huggingface", "arxiv"),
      }),
    ),
    votes: fc.array(fc.integer({ min: -50, max: 900 })),
    sources: fc.subarray(["huggingface", "arxiv", "sample"], { minLength: 1 }),
  })
  .map(({ signals, votes, sources }) =>
    evidence("a", {
      signals: signals.map(({ kind, value, hours, source }) => seen(kind, value, hours, source)),
      votes: votes.map(hoursAgo),
      sources,
    }),
  );

const anyOptions = fc
  .record({ weight: fc.float({ min: 0, max: 100, noNaN: true }), usual: fc.integer({ min: 1, max: 500 }) })
  .map(({ weight, usual: count }) => ({
    ...options,
    weights: { ...weights, upvotes: weight, stars: weight },
    usual: usualCounts([], { upvotes: count, comments: count }),
  }));

test("as printed, the points sum to the score: for any evidence, weights and usual counts, to the last digit", () => {
  fc.assert(
    fc.property(anyEvidence, anyOptions, (one, rule) => {
      const [scored] = scorePapers([one], rule);
      const printed = scored?.reasons.map(describeReason).map((words) => words.split(": ").at(-1) ?? "") ?? [];
      const sum = printed.map(hundredths).reduce((total, points) => total + points, 0);
      expect(sum).toBe(hundredths(formatPoints(scored?.score ?? Number.NaN)));
    }),
    { seed: 20_260_820, numRuns: 500 },
  );
});

test("the same evidence told in another order gives the same points", () => {
  fc.assert(
    fc.property(anyEvidence, (one) => {
      const turned = { ...one, votes: one.votes.toReversed(), sources: one.sources.toReversed() };
      expect(scoreOf(turned)).toBe(scoreOf(one));
    }),
    { seed: 20_260_820, numRuns: 200 },
  );
});

/** "1,234.5" as a whole number of hundredths. */
function hundredths(printed: string): number {
  const [whole = "", part = ""] = printed.replaceAll(",", "").split(".");
  return Number(whole) * 100 + Number(part.padEnd(2, "0"));
}
