/** A first run fills so many days, and a site that was off catches up no further back: older days are for `backfill`. */
export const FIRST_RUN_DAYS = 10;

/**
 * The days to ask Hugging Face for, oldest first: today and the two days before, since lists and votes grow after their
 * day; with them what was missed since `newest` (the newest day that it has listed), and on a first run the last ten.
 */
export function planDays(today: Temporal.PlainDate, newest: Temporal.PlainDate | null): Temporal.PlainDate[] {
  const oldest = today.subtract({ days: FIRST_RUN_DAYS - 1 });
  const usual = today.subtract({ days: 2 });
  const first = newest === null ? oldest : earlierOf(newest, usual);
  return daysBetween(Temporal.PlainDate.compare(first, oldest) < 0 ? oldest : first, today);
}

/** All days of a range, both ends included. */
export function daysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): Temporal.PlainDate[] {
  const length = from.until(to).days + 1;
  return Array.from({ length: Math.max(0, length) }, (_, index) => from.add({ days: index }));
}

function earlierOf(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? a : b;
}
