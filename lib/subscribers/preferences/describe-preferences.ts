import { placeOf } from "#lib/platform/time-zone.ts";
import type { Preferences, Rhythm } from "#lib/subscribers/types.ts";

/** How often, in words that follow "comes". */
const rhythmWords: Record<Rhythm, string> = {
  daily: "every day",
  weekdays: "every weekday",
  weekly: "every week",
  monthly: "every month",
};

/** "Every weekday at 7:00 in Kathmandu, up to 20 papers of cs.CL, as plain text." `site`: its clock, for what was left to it. */
export function describePreferences(
  { rhythm, hour, timeZone, papers, classes, plainText, emptyDay }: Preferences,
  site: { timeZone: string; mailedAt: string },
): string {
  const often = rhythmWords[rhythm];
  const time = hour === null ? site.mailedAt.replace(/^0/, "") : `${hour}:00`;
  const of = classes.length > 0 ? ` of ${classes.join(", ")}` : "";
  return [
    `${often[0]?.toUpperCase()}${often.slice(1)} at ${time} ${whereOf(timeZone || site.timeZone)}`,
    `up to ${papers} papers${of}`,
    ...(plainText ? ["as plain text"] : []),
    ...(emptyDay === "explain" ? ["and a line that says why when there are none"] : []),
  ].join(", ");
}

function whereOf(timeZone: string): string {
  return timeZone.includes("/") ? `in ${placeOf(timeZone)}` : timeZone;
}
