import { weekOf } from "#lib/editions/edition-date.ts";
import { formatShortDay } from "#lib/editions/format-day.ts";
import type { CalendarDay, CalendarWeek, DayCount } from "#lib/editions/types.ts";

/** So many weeks are the last weeks. */
const WEEKS = 5;
/** A day of long ago stands among its neighbours: up to so many weeks after it are shown. */
const WEEKS_AFTER = 2;

type Moment = { day: Temporal.PlainDate; today: Temporal.PlainDate };

/** First and last day of the calendar beside the edition of `day`: whole weeks, none that lies wholly ahead but that of `day`. */
export function calendarSpan({ day, today }: Moment): { first: Temporal.PlainDate; last: Temporal.PlainDate } {
  const latest = later(mondayOf(day), mondayOf(today));
  const monday = earlier(latest, mondayOf(day).add({ weeks: WEEKS_AFTER }));
  return { first: monday.subtract({ weeks: WEEKS - 1 }), last: monday.add({ days: 6 }) };
}

/**
 * The days of the calendar, a row a week, the newest last. Lengths are in percent of the fullest day's, rounded up: a day
 * with one paper shows.
 */
export function calendarWeeks(counts: readonly DayCount[], { day, today }: Moment): CalendarWeek[] {
  const { first } = calendarSpan({ day, today });
  const byDay = new Map(counts.map((count) => [count.day, count]));
  const most = { papers: largest(counts, "papers"), upvotes: largest(counts, "upvotes") };
  return Array.from({ length: WEEKS }, (_, row) => {
    const monday = first.add({ weeks: row });
    const name = weekOf(monday);
    return {
      week: name,
      label: name.slice(5),
      isAhead: Temporal.PlainDate.compare(monday, today) > 0,
      isNear: isBetween(weeksFrom(monday, day), 0, 1),
      days: Array.from({ length: 7 }, (__, column) => {
        const date = monday.add({ days: column });
        return toCalendarDay(date, byDay.get(date.toString()), { day, today, most });
      }),
    };
  });
}

function toCalendarDay(
  date: Temporal.PlainDate,
  count: DayCount | undefined,
  { day, today, most }: Moment & { most: { papers: number; upvotes: number } },
): CalendarDay {
  const isAhead = Temporal.PlainDate.compare(date, today) > 0;
  const isToday = date.equals(today);
  return {
    day: date.toString(),
    number: date.day,
    kind: isAhead ? "ahead" : count ? "printed" : "empty",
    isToday,
    isCurrent: date.equals(day),
    label: labelOf(date, count, { isAhead, isToday }),
    papers: share(count?.papers, most.papers),
    upvotes: share(count?.upvotes, most.upvotes),
  };
}

function labelOf(
  date: Temporal.PlainDate,
  count: DayCount | undefined,
  { isAhead, isToday }: { isAhead: boolean; isToday: boolean },
): string {
  const name = `${formatShortDay(date)}${isToday ? ", today" : ""}`;
  if (isAhead) return `${name}: still to come`;
  if (!count) return `${name}: no papers`;
  return `${name}: ${amount(count.papers, "paper")}, ${amount(count.upvotes, "upvote")}`;
}

function amount(count: number, word: string): string {
  return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}

function share(part: number | undefined, whole: number): number {
  return part && whole ? Math.ceil((100 * part) / whole) : 0;
}

function largest(counts: readonly DayCount[], key: "papers" | "upvotes"): number {
  return counts.reduce((most, count) => Math.max(most, count[key]), 0);
}

function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

/** How many weeks the week of `day` lies after that of `monday`. */
function weeksFrom(monday: Temporal.PlainDate, day: Temporal.PlainDate): number {
  return monday.until(mondayOf(day), { largestUnit: "days" }).days / 7;
}

function isBetween(number: number, low: number, high: number): boolean {
  return number >= low && number <= high;
}

function earlier(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? a : b;
}

function later(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) > 0 ? a : b;
}
