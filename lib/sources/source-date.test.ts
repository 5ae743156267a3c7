import { expect, test } from "vitest";
import { isPlausible, parseTime, parseWrittenDay } from "#lib/sources/source-date.ts";

test.each([
  ["2026-08-19T17:59:01.000Z", "2026-08-19T17:59:01Z", "2026-08-19"],
  ["2025-10-17T00:00:00-04:00", "2025-10-17T04:00:00Z", "2025-10-17"],
  ["Thu, 24 Sep 2026 00:00:00 -0400", "2026-09-24T04:00:00Z", "2026-09-24"],
  ["Thu, 24 Sep 2026 23:30:00 -0400", "2026-09-25T03:30:00Z", "2026-09-24"],
  ["Mon, 1 Jan 2024 00:00:00 +1400", "2023-12-31T10:00:00Z", "2024-01-01"],
  ["Tue, 3 Apr 2007 22:04:11 GMT", "2007-04-03T22:04:11Z", "2007-04-03"],
  ["29 Feb 2024 12:00 EST", "2024-02-29T17:00:00Z", "2024-02-29"],
  ["2010-09-06", "2010-09-06T00:00:00Z", "2010-09-06"],
])("%s is the instant %s, and the day %s where it was written", (text, time, day) => {
  expect(parseTime(text)?.toString()).toBe(time);
  expect(parseWrittenDay(text)?.toString()).toBe(day);
});

test.each([
  "",
  "yesterday",
  "2026-08-19T17:59:01",
  "2026-02-30",
  "30 Feb 2024 12:00 GMT",
  "1 Foo 2024 12:00 GMT",
  "2026-08-19T25:00Z",
  "0",
])("%s is no time: no zone is guessed and no day invented", (text) => {
  expect(parseTime(text)).toBeNull();
});

test("1970, next year and the day after tomorrow cannot be; tomorrow can, somewhere on earth", () => {
  const now = Temporal.Instant.from("2026-08-19T12:00:00Z");
  const plausible = (text: string) => isPlausible(Temporal.Instant.from(text), now);
  expect(["1970-01-01T00:00Z", "2027-08-19T12:00Z", "2026-08-21T00:00Z"].map(plausible)).toEqual([false, false, false]);
  expect(["1991-08-14T00:00Z", "2026-08-20T10:00Z"].map(plausible)).toEqual([true, true]);
});
