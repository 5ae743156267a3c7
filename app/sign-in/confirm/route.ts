import { cookies } from "next/headers";
import { redeemSignIn } from "#lib/accounts/commands.ts";
import { cookieAttributes, markCookieName } from "#lib/accounts/cookies.ts";
import { confirmFormSchema } from "#lib/accounts/schema.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { seeOther } from "#lib/platform/see-other.ts";

/** The button on the page that a mailed link opens: signs in and leads to where the reader wanted to be. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => new FormData());
  const { token, code } = confirmFormSchema.parse(Object.fromEntries(form));
  const jar = await cookies();
  const redeemed = await redeemSignIn({ token, mark: jar.get(markCookieName)?.value ?? null, code, now: now() });
  if (redeemed.status === "wrong-code") return seeOther(routes.signInLink(token, { problem: "code" }));
  // That page says what became of a link which does not work.
  if (redeemed.status !== "signed-in") return seeOther(routes.signInLink(token || "none"));
  const { name, value, maxAge } = redeemed.cookie;
  jar.set(name, value, { ...cookieAttributes, maxAge });
  jar.delete({ name: markCookieName, ...cookieAttributes });
  return seeOther(redeemed.next);
}
