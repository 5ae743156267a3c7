import { lastDayOf, type Period, type PeriodKind, periodOf, shiftPeriod } from "#lib/digest/period.ts";
import { type ClosingClock, closingOf, dayAt } from "#lib/editions/edition-date.ts";
import type { Rhythm } from "#lib/subscribers/types.ts";

export type MailingClock = ClosingClock & { mailedAt: string };

/** Hour and zone as a subscriber keeps them: null and empty are the site's. */
export type ReaderClock = { hour: number | null; timeZone: string };

/** The reader who has set no hour. */
export const siteReader: ReaderClock = { hour: null, timeZone: "" };

// A week that is three days late is still worth reading; the next one is four days away.
const LATE_HOURS = 72;

/** When a period can be mailed: its last day has closed. */
export function mailableFrom(period: Period, site: ClosingClock): Temporal.Instant {
  return closingOf(lastDayOf(period), site);
}

/** When a reader's digest of a period is due: the first such hour on the reader's clock, at or after the period has closed. */
export function dueOf(period: Period, { hour, timeZone }: ReaderClock, site: MailingClock): Temporal.Instant {
  const zone = timeZone || site.timeZone;
  const time = hour === null ? Temporal.PlainTime.from(site.mailedAt) : new Temporal.PlainTime(hour);
  return firstAt(time, zone, mailableFrom(period, site));
}

/**
 * When it is of no use any more: a day's when the reader's next one is due, a week's or month's three days after it was due.
 * Where a clock change makes two days due at once, the one after them counts: both are mailed.
 */
export function expiryOf(period: Period, reader: ReaderClock, site: MailingClock): Temporal.Instant {
  const due = dueOf(period, reader, site);
  if (period.kind !== "day") return due.add({ hours: LATE_HOURS });
  const next = dueOf(shiftPeriod(period, 1), reader, site);
  return Temporal.Instant.compare(next, due) > 0 ? next : dueOf(shiftPeriod(period, 2), reader, site);
}

/** Periods that have closed and that some reader's clock may still be waiting for, the oldest first. */
export function periodsToMail(now: Temporal.Instant, site: MailingClock): Period[] {
  const today = dayAt(now, site);
  const days = [3, 2, 1].map((back): Period => ({ kind: "day", day: today.subtract({ days: back }) }));
  const longer = (["week", "month"] as const).map((kind) => shiftPeriod(periodOf(kind, today), -1));
  return [...days, ...longer].filter((period) => Temporal.Instant.compare(mailableFrom(period, site), now) <= 0);
}

/** The rhythms of those who asked for a digest of this period. */
export function rhythmsOf({ kind, day }: Period): Rhythm[] {
  if (kind === "week") return ["weekly"];
  if (kind === "month") return ["monthly"];
  return day.dayOfWeek <= 5 ? ["daily", "weekdays"] : ["daily"];
}

/** The next moment at which mail of this rhythm is due for a reader, and of what. */
export function nextDue(
  now: Temporal.Instant,
  { rhythm, ...reader }: ReaderClock & { rhythm: Rhythm },
  site: MailingClock,
): { period: Period; at: Temporal.Instant } {
  const kind = kindOf(rhythm);
  // What closed three days ago is due by now, whatever the clock.
  let period = periodOf(kind, dayAt(now, site).subtract({ days: 3 }));
  for (;;) {
    const at = dueOf(period, reader, site);
    if (Temporal.Instant.compare(at, now) > 0 && rhythmsOf(period).includes(rhythm)) return { period, at };
    period = shiftPeriod(period, 1);
  }
}

function kindOf(rhythm: Rhythm): PeriodKind {
  if (rhythm === "weekly") return "week";
  return rhythm === "monthly" ? "month" : "day";
}

/** The first moment, at or after `from`, at which clocks in the zone show this time; where they skip it, when they have passed it. */
function firstAt(plainTime: Temporal.PlainTime, timeZone: string, from: Temporal.Instant): Temporal.Instant {
  // From the day before: a skipped time falls behind midnight.
  let date = from.toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: 1 });
  for (;;) {
    const shown = date.toPlainDateTime(plainTime);
    // Where clocks go back they show it twice.
    for (const disambiguation of ["compatible", "later"] as const) {
      const moment = shown.toZonedDateTime(timeZone, { disambiguation }).toInstant();
      if (Temporal.Instant.compare(moment, from) >= 0) return moment;
    }
    date = date.add({ days: 1 });
  }
}
