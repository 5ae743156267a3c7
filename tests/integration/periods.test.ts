import { beforeEach, expect, test } from "vitest";
import { freezeEdition } from "#lib/editions/commands.ts";
import { parseEditionMonth, parseEditionWeek } from "#lib/editions/edition-date.ts";
import { findEdition, findPeriod } from "#lib/editions/queries.ts";
import { db } from "#lib/platform/db.ts";
import { printDay } from "#tests/factories.ts";

const now = Temporal.Instant.from("2027-01-05T12:00Z");

beforeEach(async () => {
  await db.edition.deleteMany();
  await db.paper.deleteMany();
});

function daysFrom(first: Temporal.PlainDate | null, until: { weeks: 1 } | { months: 1 }): Temporal.PlainDate[] {
  if (!first) throw new Error("no such week or month");
  const { days } = first.until(first.add(until), { largestUnit: "days" });
  return Array.from({ length: days }, (_, index) => first.add({ days: index }));
}
const week = async (name: string) => (await findPeriod(daysFrom(parseEditionWeek(name), { weeks: 1 }), { now })).papers;
const month = async (name: string) =>
  (await findPeriod(daysFrom(parseEditionMonth(name), { months: 1 }), { now })).papers;
const ids = (papers: readonly { id: string }[]) => papers.map(({ id }) => id).toSorted();

test("week 53 goes over New Year: its papers are those of both years, one that stood in both once", async () => {
  await printDay("2026-12-27", [{ id: "2612.00001", upvotes: 5 }], { now: "2026-12-27T20:00Z" });
  await printDay("2026-12-28", [{ id: "2612.00002", upvotes: 5 }], { now: "2026-12-28T20:00Z" });
  await printDay("2026-12-31", [{ id: "2612.00003", upvotes: 5 }], { now: "2026-12-31T20:00Z" });
  await printDay("2027-01-01", [{ id: "2612.00003", upvotes: 9 }], { now: "2027-01-01T20:00Z" });
  await printDay("2027-01-03", [{ id: "2701.00001", upvotes: 5 }], { now: "2027-01-03T20:00Z" });
  await printDay("2027-01-04", [{ id: "2701.00002", upvotes: 5 }], { now: "2027-01-04T20:00Z" });

  expect(ids(await week("2026-W52"))).toEqual(["2612.00001"]);
  expect(ids(await week("2026-W53"))).toEqual(["2612.00002", "2612.00003", "2701.00001"]);
  expect(ids(await week("2027-W01"))).toEqual(["2701.00002"]);
  expect(ids(await month("2026-12"))).toEqual(["2612.00001", "2612.00002", "2612.00003"]);
  expect(ids(await month("2027-01"))).toEqual(["2612.00003", "2701.00001", "2701.00002"]);
});

test("the 29th of February is a day of its week and of its month", async () => {
  await printDay("2024-02-28", [{ id: "2402.00001", upvotes: 1 }], { now: "2024-02-28T20:00Z" });
  await printDay("2024-02-29", [{ id: "2402.00002", upvotes: 1 }], { now: "2024-02-29T20:00Z" });
  await printDay("2024-03-01", [{ id: "2403.00001", upvotes: 1 }], { now: "2024-03-01T20:00Z" });
  expect(ids(await month("2024-02"))).toEqual(["2402.00001", "2402.00002"]);
  expect(ids(await week("2024-W09"))).toEqual(["2402.00001", "2402.00002", "2403.00001"]);
});

test("a day that grew after it had closed: its week has the late paper too, once, and its ranks are as they were", async () => {
  const day = Temporal.PlainDate.from("2026-12-29");
  await printDay("2026-12-29", [{ id: "2612.00001", upvotes: 3 }], { now: "2026-12-29T20:00Z" });
  await freezeEdition(day, { now: Temporal.Instant.from("2026-12-30T00:10Z") });
  await printDay("2026-12-29", [{ id: "2612.00002", upvotes: 50 }], { now: "2026-12-30T09:00Z" });
  await printDay("2026-12-30", [{ id: "2612.00003", upvotes: 2 }], { now: "2026-12-30T10:00Z" });

  const { papers } = await findEdition(day, { now });
  expect(papers.map(({ id, rank }) => [id, rank])).toEqual([
    ["2612.00001", 1],
    ["2612.00002", null],
  ]);
  expect(ids(await week("2026-W53"))).toEqual(["2612.00001", "2612.00002", "2612.00003"]);
  expect(ids(await month("2026-12"))).toEqual(["2612.00001", "2612.00002", "2612.00003"]);
  expect((await week("2026-W53")).map(({ rank }) => rank)).toEqual([1, 2, 3]);
});
