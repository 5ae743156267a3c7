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
