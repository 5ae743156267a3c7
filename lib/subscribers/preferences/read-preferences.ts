import { z } from "zod";
import { readTimeZone } from "#lib/platform/time-zone.ts";
import { readCategory } from "#lib/search/read-category.ts";
import type { PreferenceProblems, Preferences, Rhythm, TypedPreferences } from "#lib/subscribers/types.ts";

export const rhythms = ["daily", "weekdays", "weekly", "monthly"] as const satisfies readonly Rhythm[];

const words = z.string().max(500).catch("");

/** What the form sends. What a subscription of a search has no field for comes empty. */
export const typedPreferencesSchema = z.object({
  rhythm: words,
  hour: words,
  zone: words,
  papers: words,
  classes: words,
  plain: words,
  empty: words,
}) satisfies z.ZodType<TypedPreferences>;

const MOST_CLASSES = 20;

/** What was typed, read; or what is wrong with which field. */
export function readPreferences(
  typed: TypedPreferences,
): { status: "read"; preferences: Preferences } | { status: "problems"; problems: PreferenceProblems } {
  const rhythm = rhythms.find((name) => name === typed.rhythm);
  const hour = typed.hour === "" ? null : numberIn(typed.hour, 0, 23);
  const timeZone = typed.zone.trim() === "" ? "" : readTimeZone(typed.zone);
  const papers = numberIn(typed.papers, 5, 50);
  const names = typed.classes.split(/[\s,;]+/).filter(Boolean);
  const unknown = names.find((name) => readCategory(name) === null);
  const classes = [...new Set(names.flatMap((name) => readCategory(name) ?? []))];
  const problems: PreferenceProblems = {
    ...(!rhythm && { rhythm: "Choose how often." }),
    ...(hour === undefined && { hour: "Choose an hour of the list." }),
    ...(timeZone === null && { zone: "There is no such time zone. Write it like Europe/Paris or Asia/Kathmandu." }),
    ...(papers === undefined && { papers: "A number from 5 to 50." }),
    ...(unknown && { classes: `${unknown} is no arXiv class. Write them like cs.CL, or math for all of mathematics.` }),
    ...(classes.length > MOST_CLASSES && {
      classes: `At most ${MOST_CLASSES} classes. An archive such as cs holds all of its own.`,
    }),
  };
  if (!rhythm || hour === undefined || timeZone === null || papers === undefined || problems.classes) {
    return { status: "problems", problems };
  }
  const emptyDay = typed.empty === "explain" ? "explain" : "skip";
  const preferences = { rhythm, hour, timeZone, papers, classes, plainText: typed.plain !== "", emptyDay } as const;
  return { status: "read", preferences };
}

/** The other way round: what the form shows of what is kept. */
export function typePreferences({ rhythm, hour, timeZone, papers, classes, ...rest }: Preferences): TypedPreferences {
  return {
    rhythm,
    hour: hour === null ? "" : String(hour),
    zone: timeZone,
    papers: String(papers),
    classes: classes.join(", "),
    plain: rest.plainText ? "1" : "",
    empty: rest.emptyDay,
  };
}

/** The day until which mail is to pause: after today and within a year. Else what is wrong. */
export function readPause(
  typed: string,
  { today }: { today: Temporal.PlainDate },
): { status: "read"; until: Temporal.PlainDate } | { status: "problem"; sentence: string } {
  const parsed = z.iso.date().safeParse(typed.trim());
  if (!parsed.success) return { status: "problem", sentence: `Write a day like ${today.add({ days: 14 })}.` };
  const until = Temporal.PlainDate.from(parsed.data);
  if (Temporal.PlainDate.compare(until, today) <= 0)
    return { status: "problem", sentence: "Choose a day after today." };
  if (Temporal.PlainDate.compare(until, today.add({ years: 1 })) > 0) {
    return { status: "problem", sentence: "Choose a day within a year. To stop for good, end all mail below." };
  }
  return { status: "read", until };
}

function numberIn(typed: string, least: number, most: number): number | undefined {
  const number = /^\s*\d{1,3}\s*$/.test(typed) ? Number(typed) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}
