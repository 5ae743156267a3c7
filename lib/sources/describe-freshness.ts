import { formatMoment } from "#lib/editions/format-day.ts";
import type { SourceStatus } from "#lib/sources/types.ts";

/**
 * When the sources were read, as the head of every page says it: the time, with its zone; the day too when it is not today's.
 * Of several sources the one that was read longest ago counts: all that is shown is at least so fresh.
 */
export function describeFreshness(
  sources: readonly SourceStatus[],
  { now, timeZone }: { now: Temporal.Instant; timeZone: string },
): string {
  const times = sources.map(({ lastSuccess }) => lastSuccess);
  const [oldest] = times.toSorted((a, b) => Date.parse(a ?? "") - Date.parse(b ?? ""));
  if (!oldest || times.includes(null)) return "Sources not read yet";
  const moment = Temporal.Instant.from(oldest).toZonedDateTimeISO(timeZone);
  const isToday = moment.toPlainDate().equals(now.toZonedDateTimeISO(timeZone).toPlainDate());
  const words = isToday
    ? `${moment.toPlainTime().toString({ smallestUnit: "minute" })} ${timeZone}`
    : formatMoment(oldest, timeZone);
  return `${sources.length === 1 ? sources[0]?.label : "Sources"} read ${words}`;
}
