import { expect, test } from "vitest";
import { planDays } from "#lib/sources/plan-days.ts";

const day = (text: string) => Temporal.PlainDate.from(text);

test.each([
  ["a first run reads ten days", null, "2026-08-10", 10],
  ["usually today and the two days before", "2026-08-19", "2026-08-17", 3],
  ["after a weekend without papers, since Friday", "2026-08-14", "2026-08-14", 6],
  ["after a month off, ten days again", "2026-07-01", "2026-08-10", 10],
])("%s", (_, newest, first, count) => {
  const days = planDays(day("2026-08-19"), newest === null ? null : day(newest));
  expect([String(days[0]), String(days.at(-1)), days.length]).toEqual([first, "2026-08-19", count]);
});
