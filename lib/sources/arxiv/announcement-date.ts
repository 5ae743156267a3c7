const ARXIV_ZONE = "America/New_York";
const DEADLINE = Temporal.PlainTime.from("14:00");
const ANNOUNCED = Temporal.PlainTime.from("20:00");

/**
 * Days without a listing (https://info.arxiv.org/help/availability.md): what would have stood on them stands on the next.
 * A daily feed that says otherwise is right.
 */
const holidays = new Map([
  ["2025-12-31", "New Year’s Eve"],
  ["2026-01-01", "New Year’s Day"],
  ["2026-01-19", "Martin Luther King Day"],
  ["2026-06-19", "Juneteenth"],
  ["2026-07-03", "Independence Day"],
  ["2026-09-07", "Labor Day"],
  ["2026-11-26", "Thanksgiving"],
  ["2026-12-25", "Christmas Day"],
  ["2026-12-29", "end of the year"],
  ["2026-12-31", "New Year’s Eve"],
]);

/** Why arXiv has no listing of a day: "weekend", or the holiday's name. Null where it has one. */
export function whyNoListing(day: Temporal.PlainDate): string | null {
  return day.dayOfWeek > 5 ? "weekend" : (holidays.get(day.toString()) ?? null);
}

/**
 * The date of the listing in which arXiv announces what was submitted at `submittedAt`. Announcements are made at 20:00 US
 * Eastern, Sunday to Thursday, for what came by 14:00 (for Sunday: by Friday 14:00), and dated to the morning after.
 */
export function announcementDate(submittedAt: Temporal.Instant): Temporal.PlainDate {
  let day = easternDay(submittedAt).add({ days: 1 });
  while (!isListingDay(day) || Temporal.Instant.compare(submittedAt, deadlineOf(day)) >= 0) day = day.add({ days: 1 });
  return day;
}

/** From when (included) to when (excluded) the papers of a listing were submitted. */
export function submissionWindow(day: Temporal.PlainDate): { from: Temporal.Instant; until: Temporal.Instant } {
  let before = day.subtract({ days: 1 });
  while (!isListingDay(before)) before = before.subtract({ days: 1 });
  return { from: deadlineOf(before), until: deadlineOf(day) };
}

/** The days in a range, both included, that have a listing. */
export function listingDays(from: Temporal.PlainDate, to: Temporal.PlainDate): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) {
    if (isListingDay(day)) days.push(day);
  }
  return days;
}

/** The newest listing that is out at a moment: it appears on the evening before its date. */
export function newestListing(now: Temporal.Instant): Temporal.PlainDate {
  const eastern = now.toZonedDateTimeISO(ARXIV_ZONE);
  const isEvening = Temporal.PlainTime.compare(eastern.toPlainTime(), ANNOUNCED) >= 0;
  let day = eastern.toPlainDate().add({ days: isEvening ? 1 : 0 });
  while (!isListingDay(day)) day = day.subtract({ days: 1 });
  return day;
}

/** The date by arXiv's clock. */
export function easternDay(time: Temporal.Instant): Temporal.PlainDate {
  return time.toZonedDateTimeISO(ARXIV_ZONE).toPlainDate();
}

export function isListingDay(day: Temporal.PlainDate): boolean {
  return whyNoListing(day) === null;
}

// An import of arXiv's whole archive asks two million times for some eight thousand days.
const deadlines = new Map<string, Temporal.Instant>();

function deadlineOf(day: Temporal.PlainDate): Temporal.Instant {
  const known = deadlines.get(day.toString());
  if (known) return known;
  const deadline = computeDeadline(day);
  deadlines.set(day.toString(), deadline);
  return deadline;
}

function computeDeadline(day: Temporal.PlainDate): Temporal.Instant {
  const closes = day.subtract({ days: day.dayOfWeek === 1 ? 3 : 1 });
  return closes.toZonedDateTime({ timeZone: ARXIV_ZONE, plainTime: DEADLINE }).toInstant();
}
