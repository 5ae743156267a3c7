import { z } from "zod";
import { parseEditionDay, parseEditionMonth, parseEditionWeek } from "#lib/editions/edition-date.ts";

const count = (name: string, min: number, max: number, standard: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `${name} must be a whole number from ${min} to ${max}.`)
    .transform(Number)
    .refine((number) => number >= min && number <= max, `${name} must be a whole number from ${min} to ${max}.`)
    .default(standard);

/** Parameters of `/api/daily_papers`, as the clients of Hugging Face's write them. */
export const dailyPapersQuerySchema = z
  .object({
    date: day("date", parseEditionDay, "2026-08-20"),
    week: day("week", parseEditionWeek, "2026-W34"),
    month: day("month", parseEditionMonth, "2026-08"),
    submitter: z.string().min(1).max(100, "submitter must be a login of at most 100 letters.").optional(),
    sort: z.enum(["publishedAt", "trending"], "sort must be publishedAt or trending.").default("publishedAt"),
    p: count("p", 0, 100_000, 0),
    limit: count("limit", 1, 100, 50),
  })
  .refine(({ date, week, month }) => [date, week, month].filter(Boolean).length <= 1, {
    error: "Ask for one of date, week and month.",
  });

/** A list that can be followed, as the address of its page names it. */
export type ListName =
  | { kind: "latest" | "this-week" | "this-month" | "trending" }
  | { kind: "day" | "week" | "month"; first: Temporal.PlainDate };

const wholeLists: Record<string, ListName> = {
  "": { kind: "latest" },
  papers: { kind: "latest" },
  "papers/week": { kind: "this-week" },
  "papers/month": { kind: "this-month" },
  "papers/trending": { kind: "trending" },
};

/** Reads what stands before `/feed.xml` in an address: `papers/date/2026-08-20`. Null when no list has that address. */
export function parseListName(path: string): ListName | null {
  const [, kind, written = ""] = /^papers\/(date|week|month)\/([^/]+)$/.exec(path) ?? [];
  if (kind === "date") return namedBy("day", parseEditionDay(written));
  if (kind === "week") return namedBy("week", parseEditionWeek(written));
  if (kind === "month") return namedBy("month", parseEditionMonth(written));
  return Object.hasOwn(wholeLists, path) ? (wholeLists[path] ?? null) : null;
}

function namedBy(kind: "day" | "week" | "month", first: Temporal.PlainDate | null): ListName | null {
  return first && { kind, first };
}

/** Parameters of a feed. */
export const feedQuerySchema = z.object({
  category: z
    .string()
    .regex(/^(?=.{1,40}$)[a-z-]+(\.[A-Za-z-]+)?$/, "category must be an arXiv class such as cs.LG.")
    .optional(),
});

export type DailyPapersQuery = z.output<typeof dailyPapersQuerySchema>;

function day(name: string, parse: (text: string) => Temporal.PlainDate | null, example: string) {
  return z
    .string()
    .transform((text, context) => {
      const parsed = parse(text);
      if (!parsed) context.addIssue({ code: "custom", message: `${name} must be written like ${example}.` });
      return parsed ?? z.NEVER;
    })
    .optional();
}
