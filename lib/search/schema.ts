import { z } from "zod";
import type { SearchRequest, SearchSort } from "#lib/search/types.ts";

const limitSentence = "limit must be a whole number from 1 to 100.";
const sortNames = ["best", "newest", "upvotes"] as const satisfies SearchSort[];

/** Parameters of `/api/papers/search`. A long `q` is read as far as the page reads it. */
export const searchParametersSchema = z.object({
  q: z
    .string("Write what to look for as q: /api/papers/search?q=sparse+attention")
    .trim()
    .min(1, "q is empty: write what to look for."),
  sort: z.enum(sortNames, "sort must be best, newest or upvotes.").default("best"),
  verbatim: z.string().optional().transform(Boolean),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, limitSentence)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 100, limitSentence)
    .default(20),
});

/**
 * A search as the address of a page or feed has it: null without `q`. An order that there is none of is as if it were not
 * there: a misspelt link still leads to the papers.
 */
export function readSearchRequest(
  parameters: Record<string, string | string[] | undefined>,
): Required<SearchRequest> | null {
  const firstOf = (name: string) => [parameters[name]].flat()[0];
  const text = firstOf("q");
  if (text === undefined) return null;
  const sort = sortNames.find((name) => name === firstOf("sort")) ?? "best";
  return { text, sort, verbatim: Boolean(firstOf("verbatim")) };
}
