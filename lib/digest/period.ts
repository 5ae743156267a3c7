import { monthOf, parseEditionDay, parseEditionMonth, parseEditionWeek, weekOf } from "#lib/editions/edition-date.ts";
import { formatDay, formatMonth, formatShortDay } from "#lib/editions/format-day.ts";
import { routes } from "#lib/platform/routes.ts";

export type PeriodKind = "day" | "week" | "month";

/** The time that a digest is of: a day, an ISO week or a month. `day` is its first day. */
export type Period = { kind: PeriodKind; day: Temporal.PlainDate };

/** The period that `2026-08-20`, `2026-W34` or `2026-08` names, or null. */
export function parsePeriod(name: string): Period | null {
  const found: [PeriodKind, Temporal.PlainDate | null][] = [
    ["day", parseEditionDay(name)],
    ["week", parseEditionWeek(name)],
    ["month", parseEditionMonth(name)],
  ];
  return found.flatMap(([kind, day]): Period[] => (day ? [{ kind, day }] : []))[0] ?? null;
}

/** The other way round: the name in addresses and on the command line. */
export function nameOf({ kind, day }: Period): string {
  if (kind === "week") return weekOf(day);
  return kind === "month" ? monthOf(day) : day.toString();
}

/** The period of this kind in which a day lies. */
export function periodOf(kind: PeriodKind, day: Temporal.PlainDate): Period {
  if (kind === "week") return { kind, day: day.subtract({ days: day.dayOfWeek - 1 }) };
  return { kind, day: kind === "month" ? day.with({ day: 1 }) : day };
}

/** The period before or after, of the same kind. */
export function shiftPeriod({ kind, day }: Period, by: number): Period {
  return { kind, day: day.add(kind === "day" ? { days: by } : kind === "week" ? { weeks: by } : { months: by }) };
}

export function lastDayOf(period: Period): Temporal.PlainDate {
  return shiftPeriod(period, 1).day.subtract({ days: 1 });
}

/** "Thursday, 20 August 2026", "17 to 23 August 2026", "29 December 2025 to 4 January 2026", "August 2026". */
export function titleOf(period: Period): string {
  const { kind, day } = period;
  if (kind === "day") return formatDay(day);
  return kind === "month" ? formatMonth(day) : weekInWords(day, lastDayOf(period));
}

/** The title for a subject: "20 August 2026", "17 to 23 August 2026". */
export function shortTitleOf(period: Period): string {
  return period.kind === "day" ? `${formatShortDay(period.day)} ${period.day.year}` : titleOf(period);
}

/** The page whose papers the digest is made of. */
export function pageOfPeriod(period: Period): string {
  const name = nameOf(period);
  return { day: routes.edition, week: routes.week, month: routes.month }[period.kind](name);
}

/** What that page is called in "the whole edition". */
export const wholeOf: Record<PeriodKind, string> = { day: "edition", week: "week", month: "month" };

function weekInWords(monday: Temporal.PlainDate, sunday: Temporal.PlainDate): string {
  const until = `${formatShortDay(sunday)} ${sunday.year}`;
  if (monday.month === sunday.month) return `${monday.day} to ${until}`;
  return monday.year === sunday.year
    ? `${formatShortDay(monday)} to ${until}`
    : `${formatShortDay(monday)} ${monday.year} to ${until}`;
}
