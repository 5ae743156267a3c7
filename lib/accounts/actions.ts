"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { newBrowserMark } from "#lib/accounts/asking-browser.ts";
import { askToSignIn, endOtherSessions, endSession, eraseAccount, redeemSignIn } from "#lib/accounts/commands.ts";
import { cookieAttributes, markCookieName, sessionCookieName } from "#lib/accounts/cookies.ts";
import { markSeconds } from "#lib/accounts/lifetimes.ts";
import { currentSession } from "#lib/accounts/queries.ts";
import { codeSchema, emailSchema } from "#lib/accounts/schema.ts";
import { clientOf } from "#lib/platform/client-address.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";

export type SignInFormState = { email: string; error?: string };

/** The sign-in form: asks for a letter and leads to "Check your mail", the same for every address. */
export async function requestSignIn(_before: SignInFormState, form: FormData): Promise<SignInFormState> {
  const typed = textOf(form, "email");
  const email = emailSchema.safeParse(typed);
  if (!email.success) return { email: typed, error: email.error.issues[0]?.message };
  const jar = await cookies();
  const mark = jar.get(markCookieName)?.value ?? newBrowserMark();
  jar.set(markCookieName, mark, { ...cookieAttributes, maxAge: markSeconds });
  await askToSignIn({
    email: email.data,
    next: textOf(form, "next"),
    mark,
    client: clientOf(await headers()),
    now: now(),
  });
  redirect(routes.signInSent());
}

/** The button on the page that the mailed link opens. */
export async function confirmSignIn(form: FormData): Promise<void> {
  const token = textOf(form, "token");
  const jar = await cookies();
  const mark = jar.get(markCookieName)?.value ?? null;
  const code = codeSchema.safeParse(textOf(form, "code"));
  const redeemed = await redeemSignIn({ token, mark, code: code.success ? code.data : null, now: now() });
  // The page itself says what became of a link that does not work.
  if (redeemed.status === "wrong-code") redirect(routes.signInLink(token, { problem: "code" }));
  if (redeemed.status !== "signed-in") redirect(routes.signInLink(token));
  const { name, value, maxAge } = redeemed.cookie;
  jar.set(name, value, { ...cookieAttributes, maxAge });
  jar.delete({ name: markCookieName, ...cookieAttributes });
  redirect(redeemed.next);
}

/** Ends this browser's session on the server, then forgets its cookie. */
export async function signOut(): Promise<void> {
  const session = await currentSession(await headers());
  if (session) await endSession(session.id);
  await forgetCookie();
  redirect(routes.home());
}

export async function signOutElsewhere(): Promise<void> {
  const session = (await currentSession(await headers())) ?? redirect(routes.signIn(routes.account()));
  await endOtherSessions(session.account.id, { sessionId: session.id });
  redirect(routes.account());
}

export async function deleteMyAccount(): Promise<void> {
  const session = (await currentSession(await headers())) ?? redirect(routes.signIn(routes.account()));
  await eraseAccount(session.account);
  await forgetCookie();
  redirect(routes.accountDeleted());
}

async function forgetCookie(): Promise<void> {
  (await cookies()).delete({ name: sessionCookieName, ...cookieAttributes });
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
