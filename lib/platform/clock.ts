/** The only place that reads the machine's clock: everything else takes the time as an argument. */
export function now(): Temporal.Instant {
  return Temporal.Now.instant();
}

/** A clock that shows `from` now and goes on: for work that begins at a given time and takes long. */
export function ticking(from: Temporal.Instant): () => Temporal.Instant {
  const began = performance.now();
  return () => from.add({ milliseconds: Math.floor(performance.now() - began) });
}

/** A `timestamptz` as Prisma gives it, as an instant. */
export function fromDbTime(time: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(time.getTime());
}

/** An instant as Prisma takes it, to the millisecond. */
export function toDbTime(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds);
}

/** An instant for raw SQL (`${toSqlTime(now)}::timestamptz`), cut to the millisecond: a column would round it up, past `now`. */
export function toSqlTime(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "millisecond", roundingMode: "trunc" });
}

/** A `date` as Prisma gives it (midnight UTC), as a plain date. */
export function fromDbDate(date: Date): Temporal.PlainDate {
  return Temporal.PlainDate.from(date.toISOString().slice(0, 10));
}

/** A plain date as Prisma takes it. */
export function toDbDate(date: Temporal.PlainDate): Date {
  return new Date(`${date.toString()}T00:00:00Z`);
}
