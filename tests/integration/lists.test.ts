import { beforeEach, describe, expect, test } from "vitest";
import { calendarSpan, calendarWeeks } from "#lib/editions/calendar/calendar-weeks.ts";
import { listDayCounts } from "#lib/editions/calendar/queries.ts";
import { freezeEdition } from "#lib/editions/commands.ts";
import { findEdition, findPeriod, findTrending } from "#lib/editions/queries.ts";
import type { ListSort, PaperPage } from "#lib/editions/types.ts";
import { db } from "#lib/platform/db.ts";
import { printDay, signUp } from "#tests/factories.ts";

const day = Temporal.PlainDate.from("2026-08-20");
const now = Temporal.Instant.from("2026-08-20T20:00Z");
const sorts: ListSort[] = ["ranked", "newest", "discussed"];
const ids = ({ papers }: PaperPage) => papers.map(({ id }) => id);
const ranks = ({ papers }: PaperPage) => papers.map(({ rank }) => rank);

beforeEach(async () => {
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await db.account.deleteMany();
});

/** Four papers, ranked in this order by their upvotes. */
const printFour = () =>
  printDay(
    "2026-08-20",
    [
      { id: "2608.00001", upvotes: 40, comments: 2, categories: ["cs.CL"], submittedAt: "2026-08-18T10:00Z" },
      { id: "2608.00002", upvotes: 30, comments: 9, categories: ["cs.LG", "cs.CL"], submittedAt: "2026-08-17T10:00Z" },
      { id: "2608.00003", upvotes: 20, categories: ["cs.LG"], submittedAt: "2026-08-19T10:00Z" },
      { id: "2608.00004", upvotes: 10, comments: 9, categories: [] },
    ],
    { now: "2026-08-20T09:00Z" },
  );

describe("an edition in another order", () => {
  test("keeps each paper's rank: the third stays the third", async () => {
    await printFour();
    const newest = await findEdition(day, { now, sort: "newest" });
    expect(ids(newest)).toEqual(["2608.00003", "2608.00001", "2608.00002", "2608.00004"]);
    expect(ranks(newest)).toEqual([3, 1, 2, 4]);
  });

  test("by comments: the most discussed first, equals by rank, the silent ones last", async () => {
    await printFour();
    expect(ids(await findEdition(day, { now, sort: "discussed" }))).toEqual([
      "2608.00002",
      "2608.00004",
      "2608.00001",
      "2608.00003",
    ]);
  });

  test("late arrivals stay below, also the newest and the most discussed of all", async () => {
    await printFour();
    await freezeEdition(day, { now: Temporal.Instant.from("2026-08-21T00:10Z") });
    const late = { id: "2608.00009", upvotes: 99, comments: 500, submittedAt: "2026-08-20T23:00Z" };
    await printDay("2026-08-20", [late], { now: "2026-08-21T03:00Z" });
    for (const sort of sorts) {
      const edition = await findEdition(day, { now: Temporal.Instant.from("2026-08-21T04:00Z"), sort });
      expect(ids(edition).at(-1), sort).toBe("2608.00009");
      expect(ranks(edition).at(-1)).toBeNull();
    }
  });
});

describe("a class", () => {
  test("leaves the others out, keeps ranks, and does not change what there is to choose from", async () => {
    await printFour();
    const all = await findEdition(day, { now });
    const some = await findEdition(day, { now, category: "cs.LG" });
    expect(some.papers.map(({ id, rank }) => [id, rank])).toEqual([
      ["2608.00002", 2],
      ["2608.00003", 3],
    ]);
    expect(some).toMatchObject({ total: 4, matching: 2, pages: 1 });
    expect(some.categories).toEqual([
      { name: "cs.CL", count: 2 },
      { name: "cs.LG", count: 2 },
    ]);
    expect(all).toMatchObject({ total: 4, matching: 4, categories: some.categories });
  });

  test("and an order together", async () => {
    await printFour();
    expect(ids(await findEdition(day, { now, category: "cs.LG", sort: "newest" }))).toEqual([
      "2608.00003",
      "2608.00002",
    ]);
  });

  test("that no paper has is an empty page of a list that is not empty", async () => {
    await printFour();
    expect(await findEdition(day, { now, category: "math.CO" })).toMatchObject({ papers: [], matching: 0, total: 4 });
  });

  test("filters weeks and what is trending as well", async () => {
    await printFour();
    const week = await findPeriod([day, day.add({ days: 1 })], { now, category: "cs.LG" });
    expect(ranks(week)).toEqual([2, 3]);
    expect(ranks(await findTrending({ now, category: "cs.LG" }))).toEqual([2, 3]);
  });
});

describe("the pages of a list", () => {
  const printMany = () =>
    printDay(
      "2026-08-20",
      Array.from({ length: 130 }, (_, index) => ({
        id: `2608.${10_000 + index}`,
        upvotes: index % 4,
        comments: index % 3,
        categories: index % 2 ? ["cs.LG", "cs.CL"] : ["cs.CV"],
        // A third of the dates are unknown, the others come in groups of ten.
        ...(index % 3 && { submittedAt: `2026-08-${10 + Math.floor(index / 20)}T10:00Z` }),
      })),
      { now: "2026-08-20T09:00Z" },
    );

  test.each(sorts)(
    "by %s hold every paper once, however many ties there are, and the same ones when asked again",
    async (sort) => {
      await printMany();
      for (const category of [null, "cs.LG"]) {
        const pages = [];
        for (const page of [1, 2, 3, 4, 5])
          pages.push(await findEdition(day, { now, sort, category, page, perPage: 30 }));
        const seen = pages.filter(({ page }, index) => page === index + 1).flatMap(ids);
        expect(seen).toHaveLength(category ? 65 : 130);
        expect(new Set(seen).size).toBe(seen.length);
        expect(await findEdition(day, { now, sort, category, page: 2, perPage: 30 })).toEqual(pages[1]);
      }
    },
  );
});

describe("the calendar", () => {
  test("counts what the editions have: late arrivals too, a paper on the day on which it stands", async () => {
    await printFour();
    await printDay(
      "2026-08-19",
      [
        { id: "2608.00001", source: "arxiv" },
        { id: "2608.00007", source: "arxiv" },
      ],
      {
        now: "2026-08-19T02:00Z",
      },
    );
    const { id: accountId } = await signUp("reader@example.org");
    await db.upvote.create({ data: { paperId: "2608.00001", accountId, castAt: new Date("2026-08-20T10:00Z") } });
    await freezeEdition(day, { now: Temporal.Instant.from("2026-08-21T00:10Z") });
    await printDay("2026-08-20", [{ id: "2608.00009", upvotes: 5 }], { now: "2026-08-21T03:00Z" });

    const counts = await listDayCounts(day.subtract({ days: 7 }), day);
    expect(counts).toEqual([
      { day: "2026-08-19", papers: 1, upvotes: 0 },
      { day: "2026-08-20", papers: 5, upvotes: 106 },
    ]);
    for (const count of counts) {
      const edition = await findEdition(Temporal.PlainDate.from(count.day), { now });
      expect(edition.total).toBe(count.papers);
    }
  });

  test("is there for the first days of the calendar too", async () => {
    const first = Temporal.PlainDate.from("0001-01-01");
    const shown = { day: first, today: day };
    const { first: from, last } = calendarSpan(shown);
    expect(calendarWeeks(await listDayCounts(from, last), shown)).toHaveLength(5);
  });
});
