import { createHash } from "node:crypto";
import { z } from "zod";
import { type AskingBrowser, isAskingBrowser } from "#lib/accounts/asking-browser.ts";
import { auth } from "#lib/accounts/auth.ts";
import { askedSchema } from "#lib/accounts/schema.ts";
import type { SignedIn, SignInLink } from "#lib/accounts/types.ts";
import { fromDbTime, toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";

/** Request headers, from wherever they come. */
export type RequestHeaders = { get(name: string): string | null };

/** Who sends this request, by its session cookie and the row behind it. Null: signed out, expired or ended. */
export async function currentAccount(headers: RequestHeaders): Promise<SignedIn | null> {
  return (await currentSession(headers))?.account ?? null;
}

/** The session of this request, with whose it is. */
export async function currentSession(headers: RequestHeaders): Promise<{ id: string; account: SignedIn } | null> {
  const cookie = headers.get("cookie");
  if (!cookie) return null;
  // Only the cookie: what else a browser says (its name, its address) is not for us to keep.
  const found = await auth.api.getSession({ headers: new Headers({ cookie }) });
  return found && { id: found.session.id, account: { id: found.user.id, email: found.user.email } };
}

/** How many browsers are signed in to this account, beside the session given. */
export function countOtherSessions(
  accountId: string,
  { sessionId, now }: { sessionId: string; now: Temporal.Instant },
): Promise<number> {
  return db.session.count({
    where: { userId: accountId, id: { not: sessionId }, expiresAt: { gt: toDbTime(now) } },
  });
}

/** What a mailed link is worth. Looking changes nothing: mail scanners look too. `mark`: the browser's cookie. */
export async function findSignInLink(
  token: string,
  { mark, now }: { mark: string | null; now: Temporal.Instant },
): Promise<SignInLink> {
  const pending = await findPendingSignIn(token);
  if (!pending) return { status: "unknown" };
  if (Temporal.Instant.compare(pending.expiresAt, now) <= 0) return { status: "expired" };
  return { status: "ready", email: pending.email, sameBrowser: isAskingBrowser(pending.asked, mark) };
}

/** A link that was mailed and not used, expired ones for a day too. */
export type PendingSignIn = { email: string; next: string; asked: AskingBrowser; expiresAt: Temporal.Instant };

export async function findPendingSignIn(token: string): Promise<PendingSignIn | null> {
  const names = verificationNames(token);
  const rows = await db.verification.findMany({
    where: { identifier: { in: [names.link, names.details] } },
    select: { identifier: true, value: true, expiresAt: true },
  });
  const link = rows.find((row) => row.identifier === names.link);
  const details = rows.find((row) => row.identifier === names.details);
  if (!link || !details) return null;
  const { email, next, ...asked } = detailsSchema.parse(JSON.parse(details.value));
  return { email, next, asked, expiresAt: fromDbTime(link.expiresAt) };
}

/**
 * Under which names a link's two rows stand: better-auth's own, and what we keep beside it. Both hold the token's hash
 * only, so that a copy of the database signs nobody in.
 */
export function verificationNames(token: string): { link: string; details: string } {
  const hash = createHash("sha256").update(token).digest("base64url");
  return { link: `magic-link:${hash}`, details: `sign-in-details:${hash}` };
}

const detailsSchema = askedSchema.extend({ email: z.string() });
