import { expect, test } from "vitest";
import { ageOf, describeRun } from "#lib/sources/describe-run.ts";
import type { LastRun } from "#lib/sources/types.ts";

const now = Temporal.Instant.from("2026-08-19T12:00:00Z");

test.each([
  ["2026-08-19T11:59:30Z", "a moment ago"],
  ["2026-08-19T11:59:00Z", "1 minute ago"],
  ["2026-08-19T11:00:30Z", "59 minutes ago"],
  ["2026-08-19T10:59:00Z", "1 hour ago"],
  ["2026-08-17T12:30:00Z", "47 hours ago"],
  ["2026-08-17T11:59:00Z", "2 days ago"],
  ["2025-08-19T12:00:00Z", "365 days ago"],
  // Another machine's clock goes before ours.
  ["2026-08-19T12:00:05Z", "a moment ago"],
])("%s was %s", (moment, words) => {
  expect(ageOf(moment, now)).toBe(words);
});

test("a run is named by its work and its source, with its end, its age and its own words", () => {
  const run: LastRun = {
    job: "harvest",
    source: "arxiv",
    label: "arXiv",
    status: "interrupted",
    at: "2026-08-16T11:00:00Z",
    message: "The process ended before this run did.",
  };
  expect(describeRun(run, now)).toEqual({
    what: "Harvest of arXiv's records",
    state: "interrupted",
    age: "3 days ago",
    message: "The process ended before this run did.",
  });
  expect(describeRun({ ...run, job: "backfill", status: "not-modified" }, now)).toMatchObject({
    what: "Back-fill from arXiv",
    state: "ok",
  });
});

test("a run that is at work says for how long", () => {
  const run: LastRun = {
    job: "archive",
    source: "arxiv",
    label: "arXiv",
    status: "running",
    at: "2026-08-19T11:20:00Z",
    message: null,
  };
  expect(describeRun(run, now)).toEqual({
    what: "Import of archives",
    state: "at work",
    age: "for 40 minutes",
    message: "",
  });
  expect(describeRun({ ...run, at: "2026-08-19T12:00:00Z" }, now).age).toBe("for a moment");
});
