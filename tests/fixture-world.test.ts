import { expect, test } from "vitest";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import { fixtureWorld } from "#tests/fakes/fixture-world.ts";
import { isWeekend } from "#tests/fakes/world.ts";

const fortnight = Array.from({ length: 14 }, (_, day) => Temporal.PlainDate.from("2026-12-24").add({ days: day }));

test.each(fortnight.map((today) => [today.toString(), today] as const))(
  "started on %s, six weekdays of the last ten days have papers",
  (_, today) => {
    const { days, listDailyItems } = fixtureWorld(today);
    expect(days).toHaveLength(6);
    for (const day of days) {
      expect(isWeekend(day)).toBe(false);
      expect(listDailyItems(day).length).toBeGreaterThanOrEqual(3);
      expect(day.until(today).days).toBeGreaterThanOrEqual(0);
      expect(day.until(today).days).toBeLessThan(10);
    }
  },
);

test("each invented paper has an id of its own that arXiv never gave, and was submitted before it was listed", () => {
  for (const today of fortnight) {
    const papers = fixtureWorld(today).listArxivPapers();
    expect(new Set(papers.map(({ id }) => id)).size).toBe(papers.length);
    for (const { id, submittedAt, listings } of papers) {
      expect(parsePaperId(id)).toMatchObject({ id });
      expect(id).toMatch(/\.9\d{4}$|\/9901999$/);
      for (const { day } of listings) {
        const submittedOn = submittedAt.toZonedDateTimeISO("America/New_York").toPlainDate();
        expect(Temporal.PlainDate.compare(submittedOn, day)).toBe(-1);
      }
    }
  }
});

test("the invented papers hold what breaks pages: long lists, TeX, tags, blanks, other scripts, a withdrawal", () => {
  const papers = fixtureWorld(Temporal.PlainDate.from("2026-11-24")).listArxivPapers();
  const all = JSON.stringify(papers);
  for (const oddity of [
    "<script>",
    "\\\\mathcal",
    "\\\\$4",
    "墨小白",
    "🦜",
    "withdrawn by the authors",
    "  Martin   Swallowtail ",
  ]) {
    expect(all).toContain(oddity);
  }
  expect(Math.max(...papers.map(({ authors }) => authors.length))).toBe(640);
  expect(papers.filter(({ version }) => version > 1)).toHaveLength(3);
});
