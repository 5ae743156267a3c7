import { expect, test } from "vitest";
import { describeFreshness } from "#lib/sources/describe-freshness.ts";
import type { SourceStatus } from "#lib/sources/types.ts";

const now = Temporal.Instant.from("2026-11-25T01:10Z");
const source = (label: string, lastSuccess: string | null): SourceStatus => ({
  source: "arxiv",
  label,
  lastSuccess,
  lastAttempt: lastSuccess,
  status: "ok",
  message: null,
  nextAttempt: "2026-11-25T01:20:00Z",
});
const say = (sources: SourceStatus[], timeZone = "UTC") => describeFreshness(sources, { now, timeZone });

test("all that is shown is at least as fresh as the source that was read longest ago", () => {
  const both = [source("arXiv", "2026-11-25T01:03:00Z"), source("Hugging Face", "2026-11-25T00:55:12.345Z")];
  expect(say(both)).toBe("Sources read 00:55 UTC");
});

test("the time is that of the site's zone, and so is the day", () => {
  const one = [source("arXiv", "2026-11-24T23:30:00Z")];
  expect(say(one, "Europe/Paris")).toBe("arXiv read 00:30 Europe/Paris");
  expect(say(one)).toBe("arXiv read 24 November 2026, 23:30 UTC");
});

test("a source that has never answered makes no promise", () => {
  expect(say([source("arXiv", null), source("Hugging Face", "2026-11-25T01:03:00Z")])).toBe("Sources not read yet");
  expect(say([])).toBe("Sources not read yet");
});
