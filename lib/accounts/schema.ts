import { z } from "zod";
import { safeNextPath } from "#lib/accounts/safe-next-path.ts";
import { parseEmailAddress } from "#lib/platform/email-address.ts";

/** An address to sign in with, as mail goes there. What counts as one person is its key: see `parseEmailAddress`. */
const emailSchema = z.string().transform((text, context) => {
  const address = parseEmailAddress(text);
  // better-auth takes plain addresses only: no letters beyond ASCII before the @.
  if (address && z.email().safeParse(address.key).success) return address.email;
  context.addIssue("no address");
  return z.NEVER;
});

/** The form at /sign-in. Null: the address is none. */
export const askFormSchema = z.object({
  email: emailSchema.nullable().catch(null),
  next: z
    .string()
    .catch("")
    .transform((next) => safeNextPath(next)),
});

/** The number that the asking browser shows: six digits, however they were spaced when typed. */
const codeSchema = z
  .string()
  .transform((text) => text.replace(/\D/g, ""))
  .pipe(z.string().length(6));

/** The form on the page that a mailed link opens. */
export const confirmFormSchema = z.object({
  token: z.string().max(200).catch(""),
  code: codeSchema.nullable().catch(null),
});

/** What is remembered of the asking, from the form to the link: where to go, and from which browser it was (hashed). */
export const askedSchema = z.object({ next: z.string(), browserHash: z.string(), codeHash: z.string() });

export type Asked = z.infer<typeof askedSchema>;
