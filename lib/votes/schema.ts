import { z } from "zod";
import { parsePaperId } from "#lib/papers/paper-id.ts";

/** The fields of a vote's form: `up` casts an upvote, `none` takes it back; `next` is the page to go to after it. */
export const wishSchema = z.object({ want: z.enum(["up", "none"]), next: z.string().optional() });

export type Wish = z.infer<typeof wishSchema>;

/** `?papers=a,b,c`: the papers of a page, which has at most fifty. */
export const shownPapersSchema = z
  .string()
  .catch("")
  .transform((text) =>
    text
      .split(",")
      .slice(0, 100)
      .flatMap((id) => parsePaperId(id)?.id ?? []),
  );
