/** A year, a month or a day, with its first and last day (ISO dates). */
export type Span = { text: string; first: string; last: string };

/** Reads `2026`, `2026-08` or `2026-08-20`; null for anything else, and for days that do not exist. */
export function readSpan(text: string): Span | null {
  const [, year = "", month, day] = /^((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (!year) return null;
  if (!month) return { text, first: `${year}-01-01`, last: `${year}-12-31` };
  if (Number(month) < 1 || Number(month) > 12) return null;
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year: Number(year), month: Number(month) });
  if (!day) return { text, first: `${text}-01`, last: `${text}-${daysInMonth}` };
  return Number(day) >= 1 && Number(day) <= daysInMonth ? { text, first: text, last: text } : null;
}
