import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";

// Combinatorics: arXiv alone, two classes of two archives, a day that closes at 02:00 in Paris. The papers are recorded ones.
const recorded = "../shared/data";
const isThere = existsSync(`${recorded}/arxiv/oai`) && existsSync(`${recorded}/bulk/kaggle-format`);
if (!isThere) process.stderr.write(`Another field on recorded papers is skipped: there is no ${recorded}.\n`);

// A Tuesday evening in Europe; the summer time of Paris and that of New York have both ended.
const today = Temporal.PlainDate.from("2026-11-24");
const now = Temporal.Instant.from("2026-11-24T18:00:00Z");
const source: SourceServer | null = isThere
  ? await startSourceServer({ recorded, archive: true, today, now: () => now })
  : null;
Object.assign(process.env, source?.settings, { BROADSHEET_CONFIG: resolve("examples/combinatorics.config.json") });
const { db } = await import("#lib/platform/db.ts");
const { backfillDays, gatherPapers } = await import("#lib/sources/commands.ts");
const { gathered } = await import("#tests/gathered-rows.ts");

afterAll(() => source?.close());

const ofField = ({ categories }: { categories: string[] }) => categories.some((one) => /^(math\.CO|cs\.DM)$/.test(one));
const announcedOn = (day: string) =>
  source?.world.listArxivPapers().filter((paper) => ofField(paper) && String(paper.listings[0]?.day) === day) ?? [];
const idsOf = (papers: readonly { id: string }[]) => papers.map(({ id }) => id).toSorted();
const listedOn = async (day: string) =>
  idsOf((await db.listing.findMany({ where: { day: new Date(day) } })).map(({ paperId: id }) => ({ id })));

test.skipIf(!isThere)("its first gathering lists each day's recorded papers of its classes, and no other", async () => {
  const report = await gatherPapers({ now });
  expect(report).toMatchObject({ status: "done", sources: [{ source: "arxiv", status: "ok", rejected: 0 }] });
  const days = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-23", "2026-11-24"];
  for (const day of days) {
    expect(announcedOn(day).length, day).toBeGreaterThan(3);
    expect(await listedOn(day), day).toEqual(idsOf(announcedOn(day)));
  }
  const papers = await db.paper.findMany();
  expect(papers.filter((paper) => !ofField(paper))).toEqual([]);
  expect(new Set(papers.flatMap(({ categories }) => categories)).size).toBeGreaterThan(8);
});

test.skipIf(!isThere)("what was recorded arrives as it was: names, formulas, notes, nothing garbled", async () => {
  const papers = new Map((await db.paper.findMany()).map((paper) => [paper.id, paper]));
  const played = source?.world.listArxivPapers().filter(({ id }) => papers.has(id)) ?? [];
  expect(played.length).toBe(papers.size);
  const unwrapped = (text: string | null | undefined) => text?.replace(/\s+/g, " ") ?? null;
  for (const { id, title, authors, abstract, comment, journalRef, categories } of played) {
    const paper = papers.get(id);
    expect(paper).toMatchObject({ title, authors, categories, comment });
    expect(unwrapped(paper?.journalRef)).toBe(unwrapped(journalRef));
    expect(unwrapped(paper?.abstract)).toBe(unwrapped(abstract));
  }
  expect([...papers.values()].filter(({ title, abstract }) => /\uFFFD/.test(title + abstract))).toEqual([]);
});

test.skipIf(!isThere)(
  "its days close at two in the morning in Paris, and their printed points are the whole score",
  async () => {
    const editions = await db.edition.findMany({ orderBy: { day: "asc" } });
    expect(editions.map(({ day, closedAt }) => [day.toISOString().slice(0, 10), closedAt.toISOString()])).toEqual([
      ["2026-11-16", "2026-11-17T01:00:00.000Z"],
      ["2026-11-17", "2026-11-18T01:00:00.000Z"],
      ["2026-11-18", "2026-11-19T01:00:00.000Z"],
      ["2026-11-19", "2026-11-20T01:00:00.000Z"],
      ["2026-11-20", "2026-11-21T01:00:00.000Z"],
      ["2026-11-23", "2026-11-24T01:00:00.000Z"],
    ]);
    for (const { day } of editions) {
      const entries = await db.editionEntry.findMany({ where: { day }, orderBy: { rank: "asc" } });
      expect(idsOf(entries.map(({ paperId: id }) => ({ id })))).toEqual(
        idsOf(announcedOn(day.toISOString().slice(0, 10))),
      );
      for (const { score, reasons } of entries) {
        const points = (reasons as { points: number }[]).map((reason) => reason.points);
        expect(points.reduce((sum, one) => sum + one, 0)).toBeCloseTo(score, 9);
      }
    }
  },
);

test.skipIf(!isThere)(
  "older days are filled from the search by date and class; run twice, nothing changes",
  async () => {
    const days = { from: Temporal.PlainDate.from("2026-11-09"), to: Temporal.PlainDate.from("2026-11-13"), now };
    // Veterans Day is no holiday of arXiv's.
    const weekdays = ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"];
    expect(await backfillDays(days)).toMatchObject({ status: "done", closed: weekdays });
    for (const day of weekdays) expect(await listedOn(day), day).toEqual(idsOf(announcedOn(day)));
    const before = await gathered();
    expect(await backfillDays(days)).toMatchObject({ status: "done", closed: [] });
    expect(await gathered()).toEqual(before);
  },
);
