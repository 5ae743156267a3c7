import { formatMoment } from "#lib/editions/format-day.ts";
import type { SourceStatus } from "#lib/sources/types.ts";

type Situation = { now: Temporal.Instant; timeZone: string; sample: boolean };

/** A source that has been silent for so long is worth a word to the reader. */
const SILENT_HOURS = 24;

/** What a reader must know of the sources, a sentence each; nothing when all is well. */
export function describeTrouble(sources: readonly SourceStatus[], { now, timeZone, sample }: Situation): string[] {
  if (sample) {
    const next = sources.map(({ nextAttempt }) => nextAttempt).toSorted()[0];
    const again = next ? ` They are asked again at ${formatMoment(next, timeZone)}.` : "";
    return [`The sources could not be reached: these are three editions of a bundled sample.${again}`];
  }
  return sources.flatMap(({ label, lastSuccess, lastAttempt, nextAttempt }) => {
    const isSilent = lastSuccess
      ? now.since(Temporal.Instant.from(lastSuccess)).total("hours") > SILENT_HOURS
      : lastAttempt !== null;
    if (!isSilent) return [];
    const since = lastSuccess ? `since ${formatMoment(lastSuccess, timeZone)}` : "yet";
    return [`${label} has not answered ${since}. It is asked again at ${formatMoment(nextAttempt, timeZone)}.`];
  });
}
