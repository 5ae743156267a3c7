import { expect, test } from "vitest";
import { describeTrouble } from "#lib/sources/describe-trouble.ts";
import type { SourceStatus } from "#lib/sources/types.ts";

const now = Temporal.Instant.from("2026-08-20T12:00Z");
const situation = { now, timeZone: "UTC", sample: false };

function source(parts: Partial<SourceStatus>): SourceStatus {
  return {
    source: "arxiv",
    label: "arXiv",
    lastSuccess: "2026-08-20T11:50:00Z",
    lastAttempt: "2026-08-20T11:50:00Z",
    status: "ok",
    message: null,
    nextAttempt: "2026-08-20T12:10:00Z",
    ...parts,
  };
}

test("sources that answered within a day need no word", () => {
  expect(describeTrouble([source({}), source({ lastSuccess: "2026-08-19T12:30:00Z" })], situation)).toEqual([]);
});

test("a source that was never asked is not blamed", () => {
  expect(describeTrouble([source({ lastSuccess: null, lastAttempt: null })], situation)).toEqual([]);
});

test("a source that has been silent for a day is named, with the time of the next attempt", () => {
  expect(describeTrouble([source({ lastSuccess: "2026-08-18T06:00:00Z" }), source({})], situation)).toEqual([
    "arXiv has not answered since 18 August 2026, 06:00 UTC. It is asked again at 20 August 2026, 12:10 UTC.",
  ]);
  expect(describeTrouble([source({ lastSuccess: null })], situation)[0]).toMatch(/^arXiv has not answered yet/);
});

test("the sample says what it is, and when the sources are asked again", () => {
  expect(describeTrouble([source({ lastSuccess: null })], { ...situation, sample: true })).toEqual([
    "The sources could not be reached: these are three editions of a bundled sample. They are asked again at 20 August 2026, 12:10 UTC.",
  ]);
});
