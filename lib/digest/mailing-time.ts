import { type ClosingClock, closingOf, dayAt } from "#lib/editions/edition-date.ts";

export type MailingClock = ClosingClock & { mailedAt: string };

/** When the digest of a day is due: the first `mailedAt` in the zone, at or after the moment at which the day closed. */
export function mailingOf(day: Temporal.PlainDate, clock: MailingClock): Temporal.Instant {
  const closed = closingOf(day, clock);
  const first = day.add({ days: 1 }).toZonedDateTime({
    timeZone: clock.timeZone,
    plainTime: Temporal.PlainTime.from(clock.mailedAt),
  });
  const due = Temporal.Instant.compare(first.toInstant(), closed) >= 0 ? first : first.add({ days: 1 });
  return due.toInstant();
}

/** The day whose digest the timetable may begin now: due, and the next one not yet. Null in the gap of a clock change. */
export function dayToMail(now: Temporal.Instant, clock: MailingClock): Temporal.PlainDate | null {
  const today = dayAt(now, clock);
  for (const back of [0, 1, 2]) {
    const day = today.subtract({ days: back });
    const due = mailingOf(day, clock);
    if (Temporal.Instant.compare(due, now) <= 0) {
      // More than a day late is not news any more, and not the timetable's to send.
      return Temporal.Instant.compare(now, due.add({ hours: 24 })) < 0 ? day : null;
    }
  }
  return null;
}

/** The next moment at which a digest is due. */
export function nextMailing(now: Temporal.Instant, clock: MailingClock): Temporal.Instant {
  const today = dayAt(now, clock);
  const coming = [-2, -1, 0].map((days) => mailingOf(today.add({ days }), clock));
  return coming.find((due) => Temporal.Instant.compare(due, now) > 0) ?? mailingOf(today.add({ days: 1 }), clock);
}
