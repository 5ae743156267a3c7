import { beforeEach, describe, expect, test } from "vitest";
import { closeDueEditions, freezeEdition } from "#lib/editions/commands.ts";
import {
  findEdition,
  findLatestDay,
  findPeriod,
  findTrending,
  listPrintedPlaces,
  listOpenPlaces,
} from "#lib/editions/queries.ts";
import { findPaper } from "#lib/papers/queries.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { db } from "#lib/platform/db.ts";
import { findUsualCounts } from "#lib/trending/queries.ts";
import { printDay, signUp } from "#tests/factories.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.Instant.from(text);
const ids = (papers: readonly { id: string }[]) => papers.map(({ id }) => id);

beforeEach(async () => {
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await db.account.deleteMany();
});

describe("a day that is open", () => {
  test("is ranked by what was said of its papers, and says why", async () => {
    await printDay(
      "2026-08-20",
      [
        { id: "2608.00001", upvotes: 3 },
        { id: "2608.00002", upvotes: 40 },
      ],
      { now: "2026-08-20T09:00Z" },
    );
    const edition = await findEdition(day("2026-08-20"), { now: at("2026-08-20T12:00Z") });

    expect(ids(edition.papers)).toEqual(["2608.00002", "2608.00001"]);
    expect(edition.papers[0]).toMatchObject({ rank: 1, upvotes: { sources: 40, ours: 0 } });
    expect(edition.papers[0]?.reasons).toEqual([expect.objectContaining({ kind: "upvotes", count: 40, hours: 3 })]);
    expect(edition).toMatchObject({
      frozen: false,
      total: 2,
      closesAt: "2026-08-21T00:00:00Z",
      previousDay: null,
      nextDay: null,
    });
  });

  test("a reader's vote moves a paper up", async () => {
    await printDay(
      "2026-08-20",
      [
        { id: "2608.00001", upvotes: 3 },
        { id: "2608.00002", upvotes: 4 },
      ],
      { now: "2026-08-20T09:00Z" },
    );
    const { id: accountId } = await signUp("reader@example.org");
    await db.upvote.create({ data: { paperId: "2608.00001", accountId, castAt: new Date("2026-08-20T10:00Z") } });

    const edition = await findEdition(day("2026-08-20"), { now: at("2026-08-20T12:00Z") });
    expect(edition.papers[0]).toMatchObject({ id: "2608.00001", upvotes: { sources: 3, ours: 1 } });
  });

  test("a vote does not count before its account is a day old; then it does", async () => {
    await printDay("2026-08-20", [{ id: "2608.00001" }, { id: "2608.00002", upvotes: 1 }], {
      now: "2026-08-20T01:00Z",
    });
    for (const name of ["a", "b", "c", "d"]) {
      const { id: accountId } = await signUp(`${name}@example.org`, { since: "2026-08-19T20:00Z" });
      await db.upvote.create({ data: { paperId: "2608.00001", accountId, castAt: new Date("2026-08-20T02:00Z") } });
    }
    const first = async (now: string) => (await findEdition(day("2026-08-20"), { now: at(now) })).papers[0];
    expect(await first("2026-08-20T19:59Z")).toMatchObject({ id: "2608.00002" });
    expect(await first("2026-08-20T20:00Z")).toMatchObject({
      id: "2608.00001",
      upvotes: { ours: 4 },
      reasons: [expect.objectContaining({ kind: "votes", count: 4 })],
    });
  });

  test("is measured by what the editions of the two weeks before printed, never by itself", async () => {
    const quiet = Array.from({ length: 31 }, (_, index) => ({ id: `2608.1${1000 + index}`, upvotes: 2 + (index % 3) }));
    await printDay("2026-08-18", quiet, { now: "2026-08-18T20:00Z" });
    await freezeEdition(day("2026-08-18"), { now: at("2026-08-19T00:10Z") });
    const loud = Array.from({ length: 40 }, (_, index) => ({ id: `2608.2${1000 + index}`, upvotes: 900 }));
    await printDay("2026-08-20", loud, { now: "2026-08-20T09:00Z" });

    const usual = async (now: string) =>
      (await findEdition(day("2026-08-20"), { now: at(now) })).papers[0]?.reasons[0]?.usual;
    expect(await usual("2026-08-20T12:00Z")).toBe(3);
    expect(await findUsualCounts({ day: day("2026-08-18") })).toMatchObject({ upvotes: { count: 4, from: "first" } });
    expect(await findUsualCounts({ day: day("2026-09-02") })).toMatchObject({ upvotes: { from: "first" } });
  });

  test("a paper that arXiv announced and Hugging Face put on another day stands on that day only", async () => {
    await printDay(
      "2026-08-19",
      [
        { id: "2608.00001", source: "arxiv" },
        { id: "2608.00002", source: "arxiv" },
      ],
      { now: "2026-08-19T02:00Z" },
    );
    await printDay("2026-08-20", [{ id: "2608.00001", upvotes: 1 }], { now: "2026-08-20T02:00Z" });

    expect(ids((await findEdition(day("2026-08-19"), { now: at("2026-08-20T03:00Z") })).papers)).toEqual([
      "2608.00002",
    ]);
    expect(ids((await findEdition(day("2026-08-20"), { now: at("2026-08-20T03:00Z") })).papers)).toEqual([
      "2608.00001",
    ]);
  });

  test("a paper that a source put on two days stands on both", async () => {
    for (const date of ["2026-08-13", "2026-08-19"]) {
      await printDay(date, [{ id: "2608.12313", upvotes: 5 }], { now: `${date}T09:00Z` });
      expect((await findEdition(day(date), { now: at(`${date}T10:00Z`) })).total).toBe(1);
    }
    expect((await findPeriod([day("2026-08-13"), day("2026-08-19")], { now: at("2026-08-20T00:00Z") })).total).toBe(1);
  });
});

describe("closing", () => {
  const closing = at("2026-08-21T00:00Z");
  const open = async () => {
    await printDay(
      "2026-08-20",
      [
        { id: "2608.00001", upvotes: 9 },
        { id: "2608.00002", upvotes: 2 },
      ],
      { now: "2026-08-20T20:00Z" },
    );
  };

  test("does not happen before the hour, nor before the sources were asked once more", async () => {
    await open();
    const before = closing.subtract({ seconds: 1 });
    expect(await closeDueEditions({ now: before, gatheredAt: before })).toEqual([]);
    expect(await closeDueEditions({ now: closing, gatheredAt: closing.subtract({ minutes: 31 }) })).toEqual([]);
    expect(await closeDueEditions({ now: closing, gatheredAt: null })).toEqual([]);
    expect(await closeDueEditions({ now: closing, gatheredAt: closing.subtract({ minutes: 10 }) })).toEqual([
      "2026-08-20",
    ]);
  });

  test("freezes ranks and scores: later upvotes show, and change neither", async () => {
    await open();
    await closeDueEditions({ now: closing, gatheredAt: closing });
    const frozen = await findEdition(day("2026-08-20"), { now: closing });
    await printDay("2026-08-20", [{ id: "2608.00002", upvotes: 500 }], { now: "2026-08-21T08:00Z" });
    const later = await findEdition(day("2026-08-20"), { now: at("2026-08-22T00:00Z") });

    expect(later.frozen).toBe(true);
    expect(later.papers.map(({ id, rank, score }) => ({ id, rank, score }))).toEqual(
      frozen.papers.map(({ id, rank, score }) => ({ id, rank, score })),
    );
    expect(later.papers[1]?.upvotes.sources).toBe(500);
  });

  test("can be done again from what is stored: news of later days and later votes change nothing then", async () => {
    await open();
    await closeDueEditions({ now: closing, gatheredAt: closing });
    const entries = await db.editionEntry.findMany({ orderBy: { rank: "asc" } });
    await printDay("2026-08-21", [{ id: "2608.00002", upvotes: 700 }], { now: "2026-08-21T08:00Z" });
    const { id: accountId } = await signUp("later@example.org");
    await db.upvote.create({ data: { paperId: "2608.00002", accountId, castAt: new Date("2026-08-21T00:00:01Z") } });

    const again = await listOpenPlaces(day("2026-08-20"), closing);
    expect(again).toEqual(entries.map(({ paperId: id, rank, score, reasons }) => ({ id, rank, score, reasons })));
  });

  test("comes late, but comes, for a day that was open when the site was switched off for a month", async () => {
    await open();
    const back = at("2026-09-20T12:00Z");
    expect(await closeDueEditions({ now: back, gatheredAt: back })).toEqual(["2026-08-20"]);
  });

  test("happens once, however often it is asked for", async () => {
    await open();
    const first = await Promise.all([1, 2, 3].map(() => freezeEdition(day("2026-08-20"), { now: closing })));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await db.editionEntry.count()).toBe(2);
    expect(await freezeEdition(day("2026-08-20"), { now: closing.add({ hours: 1 }) })).toBe(false);
  });

  test("what comes afterwards is a late arrival: shown below, without a rank, and not in the mail", async () => {
    await open();
    await closeDueEditions({ now: closing, gatheredAt: closing });
    await printDay("2026-08-20", [{ id: "2608.00003", upvotes: 99 }], { now: "2026-08-21T03:00Z" });
    const edition = await findEdition(day("2026-08-20"), { now: at("2026-08-21T04:00Z") });

    expect(edition).toMatchObject({ total: 3, late: 1 });
    expect(edition.papers.map(({ id, rank }) => [id, rank])).toEqual([
      ["2608.00001", 1],
      ["2608.00002", 2],
      ["2608.00003", null],
    ]);
    expect((await listPrintedPlaces([day("2026-08-20")])).map(({ id }) => id)).toEqual(["2608.00001", "2608.00002"]);
  });

  test("a past day that is filled later is frozen whole, as of its own closing", async () => {
    await printDay(
      "2026-08-03",
      [
        { id: "2608.00001", upvotes: 30 },
        { id: "2608.00002", upvotes: 10 },
      ],
      { now: "2026-11-24T12:00Z" },
    );
    const now = at("2026-11-24T12:05Z");
    // By who has read it whole: the minute's round does not know whether the back-fill is through.
    expect(await closeDueEditions({ now, gatheredAt: now })).toEqual([]);
    expect(await freezeEdition(day("2026-08-03"), { now })).toBe(true);

    const edition = await findEdition(day("2026-08-03"), { now });
    expect(edition.closesAt).toBe("2026-08-04T00:00:00Z");
    expect(edition.papers.every(({ score }) => score > 0)).toBe(true);
    expect((await findPaper(paperId("2608.00001")))?.editions).toMatchObject([{ day: "2026-08-03", rank: 1 }]);
  });
});

describe("lists that are no single day", () => {
  test("the latest day is the newest with papers, never one to come", async () => {
    await printDay("2026-08-14", [{ id: "2608.00001" }], { now: "2026-08-14T09:00Z" });
    await printDay("2026-08-18", [{ id: "2608.00002" }], { now: "2026-08-16T09:00Z" });
    expect((await findLatestDay({ now: at("2026-08-16T12:00Z") }))?.toString()).toBe("2026-08-14");
    const empty = await findEdition(day("2026-08-15"), { now: at("2026-08-16T12:00Z") });
    expect(empty).toMatchObject({ total: 0, papers: [], previousDay: "2026-08-14", nextDay: null });
  });

  test("a week is its days together, each paper once, by the best day it had", async () => {
    await printDay("2026-08-17", [{ id: "2608.00001", upvotes: 4 }], { now: "2026-08-17T23:00Z" });
    await printDay("2026-08-18", [{ id: "2608.00002", upvotes: 50 }], { now: "2026-08-18T23:00Z" });
    await closeDueEditions({ now: at("2026-08-18T00:30Z"), gatheredAt: at("2026-08-18T00:10Z") });
    const week = Array.from({ length: 7 }, (_, index) => day("2026-08-17").add({ days: index }));
    const list = await findPeriod(week, { now: at("2026-08-18T23:30Z") });
    expect(list.papers.map(({ id, rank }) => [id, rank])).toEqual([
      ["2608.00002", 1],
      ["2608.00001", 2],
    ]);
  });

  test("trending is what is said now: last week's sensation is behind today's talk", async () => {
    await printDay("2026-08-10", [{ id: "2608.00001", upvotes: 100 }], { now: "2026-08-10T12:00Z" });
    await printDay("2026-08-20", [{ id: "2608.00002", upvotes: 20 }, { id: "2608.00003" }], {
      now: "2026-08-20T12:00Z",
    });
    const list = await findTrending({ now: at("2026-08-20T18:00Z") });
    expect(ids(list.papers)).toEqual(["2608.00002", "2608.00001"]);
    expect((await findTrending({ now: at("2026-09-20T00:00Z") })).total).toBe(0);
  });

  test("long lists come in pages of fifty", async () => {
    const many = Array.from({ length: 120 }, (_, index) => ({ id: `2608.${String(10_000 + index)}`, upvotes: index }));
    await printDay("2026-08-20", many, { now: "2026-08-20T12:00Z" });
    const page = (number: number) => findEdition(day("2026-08-20"), { now: at("2026-08-20T13:00Z"), page: number });
    expect(await page(3)).toMatchObject({ total: 120, page: 3, pages: 3 });
    expect((await page(3)).papers.map(({ rank }) => rank)).toEqual(
      Array.from({ length: 20 }, (_, index) => 101 + index),
    );
    expect((await page(99)).page).toBe(3);
  });
});
