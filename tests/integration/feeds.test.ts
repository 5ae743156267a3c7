import { XMLParser } from "fast-xml-parser";
import { beforeAll, expect, test } from "vitest";
import { GET } from "#app/api/feed/[format]/[[...list]]/route.ts";
import { closeDueEditions } from "#lib/editions/commands.ts";
import { closingOf } from "#lib/editions/edition-date.ts";
import { findEdition } from "#lib/editions/queries.ts";
import { storePapers } from "#lib/papers/commands.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { listPaperCards } from "#lib/papers/queries.ts";
import { db } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";
import { updateSearchIndex } from "#lib/search/commands.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";
import { findFeed, makeFeed } from "#lib/syndication/queries.ts";
import type { ListName } from "#lib/syndication/schema.ts";
import { printDay } from "#tests/factories.ts";

const now = Temporal.Instant.from("2026-08-21T12:00Z");
const ids = (month: string, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `${month}.${String(from + index).padStart(5, "0")}`);

beforeAll(async () => {
  const voted = (names: string[]) => names.map((id, index) => ({ id, upvotes: names.length - index }));
  await printDay("2026-08-19", voted(ids("2608", 1, 3)), { now: "2026-08-19T09:30Z" });
  await printDay("2026-08-20", voted(ids("2608", 100, 60)), { now: "2026-08-20T08:00Z" });
  const gatheredAt = Temporal.Instant.from("2026-08-21T00:10Z");
  await closeDueEditions({ now: gatheredAt, gatheredAt });
  await printDay("2026-08-20", [{ id: "2608.00900", upvotes: 90 }], { now: "2026-08-21T07:00Z" });
  await printDay("2026-08-21", [...voted(ids("2608", 200, 30)), { id: "2608.00100", upvotes: 99 }], {
    now: "2026-08-21T10:00Z",
  });
  // Feeds name similar papers; those are the index's, which must have all of them.
  await updateSearchIndex();
});

async function ask(format: string, list: string, query = "") {
  const segments = list === "" ? [] : list.split("/");
  const answer = await GET(new Request(`http://localhost/${list}/feed.${format}${query}`), {
    params: Promise.resolve({ format, list: segments }),
  });
  return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
}

function entriesOf(xml: string): { id: string; published: string; updated: string }[] {
  const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === "entry" });
  return parser.parse(xml).feed.entry ?? [];
}

const feed = (list: ListName, category?: string) => findFeed(list, { format: "xml", category, now });
const day = (text: string) => ({ kind: "day", first: Temporal.PlainDate.from(text) }) as const;
const papersOf = ({ entries }: { entries: { url: string }[] }) => entries.map(({ url }) => url.split("/").at(-1));

test("every list of the site answers as Atom and as JSON Feed, and says so", async () => {
  const lists = [
    ...["", "papers/trending", "papers/week", "papers/week/2026-W34"],
    ...["papers/month", "papers/month/2026-08", "papers/date/2026-08-20", "papers/date/2026-08-18"],
  ];
  for (const list of lists) {
    const atom = await ask("xml", list);
    expect([list, atom.status, atom.type]).toEqual([list, 200, "application/atom+xml; charset=utf-8"]);
    const json = await ask("json", list);
    expect([list, json.status, json.type]).toEqual([list, 200, "application/feed+json; charset=utf-8"]);
    const { items, feed_url } = JSON.parse(json.text);
    expect(items.map(({ id }: { id: string }) => id)).toEqual(entriesOf(atom.text).map(({ id }) => id));
    expect(new Set(items.map(({ id }: { id: string }) => id)).size).toBe(items.length);
    expect(items.length).toBeLessThanOrEqual(50);
    expect(new URL(feed_url).pathname).toBe(`${list && `/${list}`}/feed.json`);
  }
});

test("the front page and /papers are one list, followed at one address", async () => {
  expect((await ask("json", "papers")).text).toBe((await ask("json", "")).text);
});

test("a day's feed is its edition: its first fifty papers in their order", async () => {
  const edition = await findEdition(Temporal.PlainDate.from("2026-08-20"), { now });
  expect(papersOf(await feed(day("2026-08-20")))).toEqual(edition.papers.map(({ id }) => id));
});

test("the site's own feed has the first of the two newest editions; a paper of both is in the newer one", async () => {
  const names = papersOf(await feed({ kind: "latest" }));
  expect(names).toHaveLength(50);
  expect(names[0]).toBe("2608.00100");
  expect(names.slice(0, 25).every((id) => id === "2608.00100" || id?.startsWith("2608.002"))).toBe(true);
  expect(names.slice(25, 28)).toEqual(["2608.00101", "2608.00102", "2608.00103"]);
});

test("a paper is dated by its printing: when it was listed, which for a late arrival is after the closing", async () => {
  const { entries } = await feed(day("2026-08-19"));
  expect(entries[0]).toMatchObject({ published: "2026-08-19T09:30:00Z", updated: "2026-08-19T09:30:00Z" });
  await db.editionEntry.deleteMany({ where: { day: new Date("2026-08-20"), rank: { gt: 10 } } });
  const late = (await feed(day("2026-08-20"))).entries.find(({ url }) => url.endsWith("2608.00900"));
  expect(late).toMatchObject({ published: "2026-08-21T07:00:00Z", rank: null });
});

test("a day that was filled long after it had ended is dated by its closing", async () => {
  await printDay("2026-07-01", [{ id: "2607.00001", upvotes: 4 }], { now: "2026-08-21T11:00Z" });
  expect((await feed(day("2026-07-01"))).entries[0]?.published).toBe("2026-07-02T00:00:00Z");
});

test("a revision on arXiv renews the entry, under the same id and the same day of printing", async () => {
  const found = (version: number, revisedAt: string) =>
    foundPaper({
      id: paperId("2606.00001"),
      source: "arxiv",
      version,
      title: `Text ${version}`,
      abstract: "An abstract in our own words.",
      categories: ["cs.LG", "stat.ML"],
      revisedAt: Temporal.Instant.from(revisedAt),
      day: Temporal.PlainDate.from("2026-06-10"),
    });
  const store = (version: number, revisedAt: string, at: string) =>
    storePapers([found(version, revisedAt)], {
      now: Temporal.Instant.from(at),
      closingOf: (date: Temporal.PlainDate) => closingOf(date, site),
    });
  await store(1, "2026-06-09T10:00Z", "2026-06-10T06:00Z");
  const [first] = (await feed(day("2026-06-10"))).entries;
  await store(2, "2026-06-20T10:00Z", "2026-06-21T06:00Z");
  const [second] = (await feed(day("2026-06-10"))).entries;
  expect(first).toMatchObject({ published: "2026-06-10T06:00:00Z", updated: "2026-06-10T06:00:00Z" });
  expect(second).toMatchObject({ id: first?.id, published: first?.published, updated: "2026-06-20T10:00:00Z" });
  expect(second?.title).toBe("Text 2");
});

test("a feed of one class has the papers of that class only, and an address and an id of its own", async () => {
  const month = { kind: "month", first: Temporal.PlainDate.from("2026-06-01") } as const;
  const [all, ofClass, ofNone] = [await feed(month), await feed(month, "stat.ML"), await feed(month, "math.CO")];
  expect([papersOf(ofClass), papersOf(ofNone)]).toEqual([["2606.00001"], []]);
  expect(ofClass.feedUrl).toMatch(/\/papers\/month\/2026-06\/feed\.xml\?category=stat\.ML$/);
  expect(ofClass.title).toBe("Broadsheet: June 2026 in stat.ML");
  expect(ofClass.id).not.toBe(all.id);
});

test("any list of papers can be followed, such as what a search found", async () => {
  const list = {
    title: "Broadsheet: slow reading",
    subtitle: "Papers found by slow reading.",
    page: "/papers?q=slow+reading",
    address: "/papers/feed.json?q=slow+reading",
    papers: await listPaperCards(["2608.00002", "2608.00001"]),
    emptyAt: now,
  };
  const found = await makeFeed(list, { now });
  expect(papersOf(found)).toEqual(["2608.00002", "2608.00001"]);
  expect(found.entries[0]).toMatchObject({ published: "2026-08-19T09:30:00Z", rank: null });
});

test("the same rows make the same bytes an hour later: a reader's program is told that nothing is new", async () => {
  const list = day("2026-08-19");
  const hourLater = await findFeed(list, { format: "xml", now: now.add({ hours: 1 }) });
  expect(hourLater).toEqual(await feed(list));
});

test.each([
  ["papers/date/2026-02-30", ""],
  ["papers/week/2025-W53", ""],
  ["papers/month/2026-13", ""],
  ["papers/nothing", ""],
  ["account", ""],
  ["papers/constructor", ""],
])("%s has no feed, and the answer says how lists are written", async (list, query) => {
  const { status, type, text } = await ask("xml", list, query);
  expect([status, type]).toEqual([404, "application/problem+json"]);
  expect(JSON.parse(text).detail).toContain("2026-W34");
});

test.each(["?category=%3Cscript%3E", "?category=cs.LG.x", `?category=${"a".repeat(50)}`])(
  "a class that cannot be one is refused: %s",
  async (query) => {
    const { status, text } = await ask("json", "papers/trending", query);
    expect(status).toBe(400);
    expect(JSON.parse(text).detail).toContain("cs.LG");
  },
);
