import { cookies } from "next/headers";
import { newBrowserMark } from "#lib/accounts/asking-browser.ts";
import { askToSignIn } from "#lib/accounts/commands.ts";
import { cookieAttributes, markCookieName } from "#lib/accounts/cookies.ts";
import { markSeconds } from "#lib/accounts/lifetimes.ts";
import { askFormSchema } from "#lib/accounts/schema.ts";
import { clientOf } from "#lib/platform/client-address.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";

/** The form at /sign-in: asks for a letter and leads to "Check your mail", the same for every address. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => new FormData());
  const { email, next } = askFormSchema.parse(Object.fromEntries(form));
  if (email === null) return seeOther(routes.signIn(next, { problem: "address" }));
  const jar = await cookies();
  const mark = jar.get(markCookieName)?.value ?? newBrowserMark();
  jar.set(markCookieName, mark, { ...cookieAttributes, maxAge: markSeconds });
  await askToSignIn({ email, next, mark, client: clientOf(request.headers), now: now() });
  return seeOther(routes.signInSent());
}
