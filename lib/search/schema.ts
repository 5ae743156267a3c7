import { z } from "zod";

const limitSentence = "limit must be a whole number from 1 to 100.";

/** Parameters of `/api/papers/search`. A long `q` is read as far as the page reads it. */
export const searchParametersSchema = z.object({
  q: z
    .string("Write what to look for as q: /api/papers/search?q=sparse+attention")
    .trim()
    .min(1, "q is empty: write what to look for."),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, limitSentence)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 100, limitSentence)
    .default(20),
});
