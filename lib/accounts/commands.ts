import { randomUUID } from "node:crypto";
import { isAPIError } from "better-auth/api";
import { askingBrowser, isAskingBrowser, isCodeOf } from "#lib/accounts/asking-browser.ts";
import { auth } from "#lib/accounts/auth.ts";
import { sessionCookieName } from "#lib/accounts/cookies.ts";
import { linkMinutes, sessionSeconds } from "#lib/accounts/lifetimes.ts";
import { findPendingSignIn, type PendingSignIn, verificationNames } from "#lib/accounts/queries.ts";
import { safeNextPath } from "#lib/accounts/safe-next-path.ts";
import type { Asked } from "#lib/accounts/schema.ts";
import type { NewCookie, Redemption } from "#lib/accounts/types.ts";
import { requestLetter } from "#lib/letters/commands.ts";
import { toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { parseEmailAddress } from "#lib/platform/email-address.ts";
import { log } from "#lib/platform/log.ts";
import { allow } from "#lib/platform/rate-limit.ts";
import { keyedHash } from "#lib/platform/secret.ts";

const hour = 3600;

type Ask = { email: string; next: string; mark: string; client: string; now: Temporal.Instant };

/**
 * Asks for a sign-in letter, which a sweep writes and sends. It does the same for every address, known or not, and says
 * nothing: whoever asks must not learn from us who has an account. Past its limits it writes no letter. `client`: see
 * `clientOf`. `mark`: the asking browser's cookie.
 */
export async function askToSignIn({ email, next, mark, client, now }: Ask): Promise<void> {
  // The client comes first: one that asks without end must not use up what the whole site may ask.
  const ofClient = await allow("sign-in-client", client, { points: 30, seconds: hour });
  if (!ofClient.allowed) return log.info("sign-in-limited");
  const silent = !(await mayGetLetter(email));
  if (silent) log.info("sign-in-limited");
  const details = { next: safeNextPath(next), ...askingBrowser(mark) };
  await requestLetter({ kind: "sign-in", email, details, now, silent });
}

async function mayGetLetter(email: string): Promise<boolean> {
  const others = await Promise.all([
    allow("sign-in-address", keyOf(email), { points: 5, seconds: hour }),
    allow("sign-in-site", "all", { points: 2000, seconds: hour }),
  ]);
  return others.every(({ allowed }) => allowed);
}

/** One person, one account: the address in its one spelling. */
function keyOf(email: string): string {
  return parseEmailAddress(email)?.key ?? email;
}

/** Makes the token for a letter, at the moment of writing it. It works once, for `linkMinutes`. */
export async function makeSignInToken(address: string, asked: Asked): Promise<string> {
  const email = keyOf(address);
  const made = Promise.withResolvers<string>();
  await auth.api.signInMagicLink({ body: { email, metadata: { receive: made.resolve } }, headers: new Headers() });
  const token = await made.promise;
  const names = verificationNames(token);
  const { expiresAt } = await db.verification.findFirstOrThrow({ where: { identifier: names.link } });
  await db.verification.create({
    data: { id: randomUUID(), identifier: names.details, value: JSON.stringify({ email, ...asked }), expiresAt },
  });
  return token;
}

type Redeem = { token: string; mark: string | null; code: string | null; now: Temporal.Instant };

/**
 * Uses a mailed link, once: of many calls at the same time one is signed in. In another browser than the asking one it
 * wants the number which that one shows, at most five guesses for a link.
 */
export async function redeemSignIn({ token, mark, code, now }: Redeem): Promise<Redemption> {
  const pending = await findPendingSignIn(token);
  if (!pending) return { status: "unknown" };
  if (Temporal.Instant.compare(pending.expiresAt, now) <= 0) return { status: "expired" };
  if (!isAskingBrowser(pending.asked, mark) && !(await isRightCode(pending, { token, code }))) {
    return { status: "wrong-code" };
  }
  await openAccount(pending.email, now);
  const cookie = await consumeToken(token);
  if (!cookie) return { status: "unknown" };
  await db.verification.deleteMany({ where: { identifier: verificationNames(token).details } });
  return { status: "signed-in", next: safeNextPath(pending.next), cookie };
}

async function isRightCode(
  { asked }: PendingSignIn,
  { token, code }: { token: string; code: string | null },
): Promise<boolean> {
  if (code === null) return false;
  const guess = await allow("sign-in-code", keyedHash("sign-in-link", token), {
    points: 5,
    seconds: 2 * linkMinutes * 60,
    uncounted: "refuse",
  });
  return guess.allowed && isCodeOf(asked, code);
}

/** The first sign-in opens the account: whoever has the link has the mailbox. Two links at once open one. */
async function openAccount(email: string, now: Temporal.Instant): Promise<void> {
  const account = { id: randomUUID(), name: "", email, emailVerified: true, createdAt: toDbTime(now) };
  await db.account.createMany({ data: [account], skipDuplicates: true });
}

/** The cookie of a new session; null when the token was used at this very moment by another call. */
async function consumeToken(token: string): Promise<NewCookie | null> {
  try {
    const { headers } = await auth.api.magicLinkVerify({
      query: { token },
      headers: new Headers(),
      returnHeaders: true,
    });
    const set = headers.getSetCookie().find((cookie) => cookie.startsWith(`${sessionCookieName}=`));
    const value = set?.slice(sessionCookieName.length + 1).split(";")[0];
    if (!value) throw new Error("better-auth signed in without a session cookie");
    return { name: sessionCookieName, value: decodeURIComponent(value), maxAge: sessionSeconds };
  } catch (error) {
    // better-auth says "no such token" by a redirect to an error page of its own.
    if (isAPIError(error) && error.status === "FOUND") return null;
    throw error;
  }
}

/** Ends a session at once: its cookie is worth nothing any more, wherever it was copied to. */
export async function endSession(sessionId: string): Promise<void> {
  await db.session.deleteMany({ where: { id: sessionId } });
}

/** Ends all sessions of an account but this one. */
export async function endOtherSessions(accountId: string, { sessionId }: { sessionId: string }): Promise<void> {
  await db.session.deleteMany({ where: { userId: accountId, id: { not: sessionId } } });
}

/**
 * Removes a person: account, sessions, upvotes, and the letters and links on their way to the address. A subscription to
 * the digest is another agreement and stays, until it is ended by its own link.
 */
export async function eraseAccount({ id, email }: { id: string; email: string }): Promise<void> {
  await db.$transaction([
    db.account.deleteMany({ where: { id } }), // sessions, identities and upvotes go with it
    // Raw SQL because the address is inside the JSON that better-auth keeps in a column of text.
    db.$executeRaw`DELETE FROM verifications WHERE value::jsonb ->> 'email' = ${email}`,
    db.letterRequest.deleteMany({ where: { kind: "sign-in", emailKey: email } }),
  ]);
}

/** Removes links `days` after they expired, and expired sessions. */
export async function forgetOldSignIns({
  now,
  days,
}: {
  now: Temporal.Instant;
  days: number;
}): Promise<{ links: number; sessions: number }> {
  const before = toDbTime(now.subtract({ hours: days * 24 }));
  const links = await db.verification.deleteMany({ where: { expiresAt: { lt: before } } });
  const sessions = await db.session.deleteMany({ where: { expiresAt: { lt: toDbTime(now) } } });
  return { links: links.count, sessions: sessions.count };
}
