import { describe, expect, test } from "vitest";
import { calendarSpan, calendarWeeks } from "#lib/editions/calendar/calendar-weeks.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const span = (shown: string, today: string) => {
  const { first, last } = calendarSpan({ day: day(shown), today: day(today) });
  return [first.toString(), last.toString()];
};
const counts = [
  { day: "2026-11-24", papers: 253, upvotes: 469 },
  { day: "2026-11-25", papers: 1, upvotes: 0 },
];
const weeks = (shown: string, today: string) => calendarWeeks(counts, { day: day(shown), today: day(today) });
const cell = (shown: string, today: string, wanted: string) =>
  weeks(shown, today)
    .flatMap(({ days }) => days)
    .find((candidate) => candidate.day === wanted);

describe("which weeks", () => {
  test("today's: the five weeks that end with this one", () => {
    expect(span("2026-11-25", "2026-11-25")).toEqual(["2026-10-26", "2026-11-29"]);
  });

  test("an older day's: it stands among its neighbours, later ones too", () => {
    expect(span("2026-08-20", "2026-11-25")).toEqual(["2026-08-03", "2026-09-06"]);
    expect(span("2026-11-17", "2026-11-25")).toEqual(["2026-10-26", "2026-11-29"]);
  });

  test("a day to come is the end of its own", () => {
    expect(span("2031-01-01", "2026-11-25")).toEqual(["2030-12-02", "2031-01-05"]);
  });

  test("always five whole weeks, Monday to Sunday, over New Year as well", () => {
    for (const shown of ["2026-12-31", "2027-01-01", "2024-02-29"]) {
      const rows = weeks(shown, "2027-01-02");
      expect(rows.map(({ days }) => days.length)).toEqual([7, 7, 7, 7, 7]);
      expect(rows.every(({ days }) => day(days[0]?.day ?? "").dayOfWeek === 1)).toBe(true);
      expect(rows.flatMap(({ days }) => days).filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    }
    expect(weeks("2027-01-01", "2027-01-02").at(-1)).toMatchObject({ week: "2026-W53", label: "W53" });
  });

  test("a narrow screen keeps the week of the day and the one before", () => {
    expect(weeks("2026-11-25", "2026-11-25").map(({ isNear }) => isNear)).toEqual([false, false, false, true, true]);
    expect(weeks("2026-08-20", "2026-11-25").map(({ isNear }) => isNear)).toEqual([false, true, true, false, false]);
  });
});

describe("what a day says", () => {
  test("how many papers and upvotes, in words and as a share of the fullest day", () => {
    expect(cell("2026-11-25", "2026-11-25", "2026-11-24")).toMatchObject({
      kind: "printed",
      number: 24,
      label: "24 November: 253 papers, 469 upvotes",
      papers: 100,
      upvotes: 100,
    });
  });

  test("one paper shows, as one paper; nobody's upvote does not", () => {
    expect(cell("2026-11-24", "2026-11-25", "2026-11-25")).toMatchObject({
      isToday: true,
      isCurrent: false,
      label: "25 November, today: 1 paper, 0 upvotes",
      papers: 1,
      upvotes: 0,
    });
  });

  test("an empty day, a day to come, today and the day on the page are four different things", () => {
    expect(cell("2026-11-25", "2026-11-25", "2026-11-22")).toMatchObject({ kind: "empty", isCurrent: false });
    expect(cell("2026-11-25", "2026-11-25", "2026-11-26")).toMatchObject({ kind: "ahead", isToday: false });
    expect(cell("2026-11-22", "2026-11-25", "2026-11-22")).toMatchObject({ kind: "empty", isCurrent: true });
    expect(cell("2026-11-25", "2026-11-25", "2026-11-25")).toMatchObject({ isToday: true, isCurrent: true });
  });
});
