/** "Thursday, 20 August 2026". */
export function formatDay(day: Temporal.PlainDate | string): string {
  return Temporal.PlainDate.from(day).toLocaleString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

/** "20 August", for the way to a neighbouring edition. */
export function formatShortDay(day: Temporal.PlainDate | string): string {
  return Temporal.PlainDate.from(day).toLocaleString("en-GB", { day: "numeric", month: "long" });
}

/** "20 August 2026". */
export function formatDate(day: Temporal.PlainDate | string): string {
  return `${formatShortDay(day)} ${Temporal.PlainDate.from(day).year}`;
}

/** "August 2026". */
export function formatMonth(firstDay: Temporal.PlainDate): string {
  return firstDay.toLocaleString("en-GB", { month: "long", year: "numeric" });
}

/** "20 August 2026, 06:00 UTC": a moment in the site's zone, with the zone's name. */
export function formatMoment(instant: Temporal.Instant | string, timeZone: string): string {
  const moment = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return `${formatDate(moment.toPlainDate())}, ${moment.toPlainTime().toString({ smallestUnit: "minute" })} ${timeZone}`;
}
