/** The clock by which a site closes its days: an IANA zone and a time of day. */
export type ClosingClock = { timeZone: string; closesAt: string };

/** Postgres has no year 0, and what follows 9999 is not written with four digits. */
const OUTERMOST_YEARS = /^(0000|9999)-/;

/** The day that `YYYY-MM-DD` names, or null: nothing else is a day, and 2026-02-30 is none. */
export function parseEditionDay(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || OUTERMOST_YEARS.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    return null;
  }
}

/** The Monday of an ISO week `YYYY-Www` (ISO 8601), or null. 2026-W53 exists, 2025-W53 does not. */
export function parseEditionWeek(text: string): Temporal.PlainDate | null {
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(text) ?? [];
  if (!year || !week || OUTERMOST_YEARS.test(text)) return null;
  // 4 January is always in week 1.
  const fourth = Temporal.PlainDate.from({ year: Number(year), month: 1, day: 4 });
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: Number(week) - 1 });
  return weekOf(monday) === text ? monday : null;
}

/** The first of a month `YYYY-MM`, or null. */
export function parseEditionMonth(text: string): Temporal.PlainDate | null {
  return /^\d{4}-\d{2}$/.test(text) ? parseEditionDay(`${text}-01`) : null;
}

/** The ISO week of a day as `YYYY-Www`; around New Year the year is the week's, not the day's. */
export function weekOf(day: Temporal.PlainDate): string {
  return `${String(day.yearOfWeek).padStart(4, "0")}-W${String(day.weekOfYear).padStart(2, "0")}`;
}

/** The month of a day as `YYYY-MM`. */
export function monthOf(day: Temporal.PlainDate): string {
  return day.toPlainYearMonth().toString();
}

/** The moment at which a day closes: the first `closesAt` in the zone after the day has ended. */
export function closingOf(day: Temporal.PlainDate, { timeZone, closesAt }: ClosingClock): Temporal.Instant {
  return day
    .add({ days: 1 })
    .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(closesAt) })
    .toInstant();
}

/** The calendar day in the site's zone. */
export function dayAt(now: Temporal.Instant, { timeZone }: Pick<ClosingClock, "timeZone">): Temporal.PlainDate {
  return now.toZonedDateTimeISO(timeZone).toPlainDate();
}
