import { z } from "zod";
import { parseEmailAddress } from "#lib/platform/email-address.ts";

/** An address to sign in with, as mail goes there. What counts as one person is its key: see `parseEmailAddress`. */
export const emailSchema = z.string().transform((text, context) => {
  const address = parseEmailAddress(text);
  // better-auth takes plain addresses only: no letters beyond ASCII before the @.
  if (address && z.email().safeParse(address.key).success) return address.email;
  context.addIssue("That address looks incomplete. Try name@example.com");
  return z.NEVER;
});

/** The number that the asking browser shows: six digits, however they were spaced when typed. */
export const codeSchema = z
  .string()
  .transform((text) => text.replace(/\D/g, ""))
  .pipe(z.string().length(6));

/** What is remembered of the asking, from the form to the link: where to go, and from which browser it was (hashed). */
export const askedSchema = z.object({ next: z.string(), browserHash: z.string(), codeHash: z.string() });

export type Asked = z.infer<typeof askedSchema>;
