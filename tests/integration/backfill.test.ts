import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { startSourceServer } from "#tests/fakes/source-server.ts";

const recorded = "../shared/data";
const from = Temporal.PlainDate.from("2026-08-10");
const to = Temporal.PlainDate.from("2026-08-21");

describe.skipIf(!existsSync(`${recorded}/hf`))(
  "the recorded days (skipped where ../shared/data is absent)",
  async () => {
    const source = existsSync(`${recorded}/hf`) ? await startSourceServer({ recorded }) : null;
    Object.assign(process.env, source?.settings);
    const { db } = await import("#lib/platform/db.ts");
    const { backfillDays } = await import("#lib/sources/commands.ts");
    afterAll(() => source?.close());

    const backfill = (hours: number) =>
      backfillDays({ from, to, now: Temporal.Instant.from("2026-08-25T09:00:00Z").add({ hours }) });

    /** Every table that sources and editions write, but for the run records and the turns of hosts. */
    async function allRows() {
      return {
        papers: await db.paper.findMany({ orderBy: { id: "asc" } }),
        records: await db.sourceRecord.findMany({ orderBy: [{ source: "asc" }, { paperId: "asc" }] }),
        listings: await db.listing.findMany({ orderBy: [{ day: "asc" }, { paperId: "asc" }, { source: "asc" }] }),
        signals: await db.signal.findMany({ orderBy: { id: "asc" } }),
        validators: await db.sourceValidator.findMany(),
        editions: await db.edition.findMany({ orderBy: { day: "asc" } }),
        entries: await db.editionEntry.findMany({ orderBy: [{ day: "asc" }, { rank: "asc" }] }),
      };
    }

    test("a back-fill fills and freezes each day's edition; run twice, it changes no row", {
      timeout: 120_000,
    }, async () => {
      const report = await backfill(0);
      expect(report).toMatchObject({
        status: "done",
        sources: [
          { status: "ok", rejected: 0 },
          { status: "ok", rejected: 0 },
        ],
      });
      const filled = await allRows();
      const days = filled.editions.map(({ day }) => day.toISOString().slice(0, 10));
      expect(days).toEqual(
        readdirSync(`${recorded}/hf/daily_papers`)
          .map((file) => file.slice(0, 10))
          .filter((day) => day >= "2026-08-10"),
      );
      for (const day of days) {
        const printed = filled.entries
          .filter((entry) => entry.day.toISOString().startsWith(day))
          .map(({ paperId }) => paperId);
        expect(printed).toEqual(expect.arrayContaining(recordedIds(day)));
      }

      expect(await backfill(24)).toMatchObject({ sources: [{ stored: 0 }, { stored: 0 }], closed: [] });
      expect(await allRows()).toEqual(filled);
    });

    test("a paper that stood on two days stands in both editions, with each day's count", async () => {
      const days = await db.listing.findMany({
        where: { paperId: "2608.12313", source: "huggingface" },
        orderBy: { day: "asc" },
      });
      expect(days.map(({ day }) => day.toISOString().slice(0, 10))).toEqual(["2026-08-13", "2026-08-19"]);
      const [first, second] = await db.signal.findMany({
        where: { paperId: "2608.12313", kind: "upvotes" },
        orderBy: { countsAt: "asc" },
      });
      expect(first?.countsAt.toISOString()).toBe("2026-08-14T00:00:00.000Z");
      expect(second?.countsAt.toISOString()).toBe("2026-08-20T00:00:00.000Z");
      const entries = await db.editionEntry.findMany({ where: { paperId: "2608.12313" }, orderBy: { day: "asc" } });
      expect(entries.map(({ upvotes }) => upvotes)).toEqual([first?.value, second?.value]);
    });
  },
);

function recordedIds(day: string): string[] {
  const plain = `${recorded}/hf/daily_papers/${day}.json`;
  const text = existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.gz`));
  return JSON.parse(text.toString()).map((item: { paper: { id: string } }) => item.paper.id);
}
