import { afterAll, beforeEach, expect, test } from "vitest";
import { newBrowserMark } from "#lib/accounts/asking-browser.ts";
import {
  askToSignIn,
  endOtherSessions,
  endSession,
  eraseAccount,
  forgetOldSignIns,
  redeemSignIn,
} from "#lib/accounts/commands.ts";
import { countOtherSessions, currentAccount, currentSession, findSignInLink } from "#lib/accounts/queries.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { now } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { closeRateLimits } from "#lib/platform/rate-limit.ts";
import { castUpvote } from "#lib/votes/commands.ts";
import { carrying, everyRow, mailedToken, signIn } from "#tests/signing-in.ts";

const canary = "canary-ada@example.org";
let mark = newBrowserMark();

beforeEach(async () => {
  mark = newBrowserMark();
  await db.letterRequest.deleteMany();
  await db.verification.deleteMany();
  await db.account.deleteMany();
  await db.rateLimit.deleteMany();
});

afterAll(async () => {
  await closeRateLimits();
  await db.$disconnect();
});

test("signing out ends the session on the server: the old cookie is worth nothing", async () => {
  const cookie = await signIn({ email: canary, mark });
  const session = await currentSession(carrying(cookie));
  expect(session?.account.email).toBe(canary);
  await endSession(session?.id ?? "");
  expect(await currentAccount(carrying(cookie))).toBeNull();
  expect(await db.session.count()).toBe(0);
});

test("each sign-in is a new session, and the others can be ended from one", async () => {
  const cookies = [
    await signIn({ email: canary, mark }),
    await signIn({ email: canary, mark }),
    await signIn({ email: canary, mark }),
  ];
  expect(new Set(cookies.map(({ value }) => value)).size).toBe(3);
  const [here] = cookies;
  const session = await currentSession(carrying(here));
  const of = { sessionId: session?.id ?? "", now: now() };
  const accountId = session?.account.id ?? "";
  expect(await countOtherSessions(accountId, of)).toBe(2);

  await endOtherSessions(accountId, of);

  const signedIn = await Promise.all(cookies.map((cookie) => currentAccount(carrying(cookie))));
  expect(signedIn.map((account) => account !== null)).toEqual([true, false, false]);
  expect(await countOtherSessions(accountId, of)).toBe(0);
});

test("reading a page prolongs no session and writes nothing", async () => {
  const cookie = await signIn({ email: canary, mark });
  await db.session.updateMany({ data: { expiresAt: new Date(Date.now() + 60_000), updatedAt: new Date(0) } });
  const before = await everyRow();
  expect(await currentAccount(carrying(cookie))).not.toBeNull();
  expect(await everyRow()).toEqual(before);
});

test("a session that has expired signs nobody in", async () => {
  const cookie = await signIn({ email: canary, mark });
  await db.session.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
  expect(await currentAccount(carrying(cookie))).toBeNull();
});

test("what a browser says of itself is not kept", async () => {
  await signIn({ email: canary, mark });
  const { ipAddress, userAgent } = await db.session.findFirstOrThrow();
  expect({ ipAddress: ipAddress ?? "", userAgent: userAgent ?? "" }).toEqual({ ipAddress: "", userAgent: "" });
});

test("an erased account leaves nothing, and a letter on its way signs nobody in", async () => {
  const cookie = await signIn({ email: canary, mark });
  const account = await currentAccount(carrying(cookie));
  const id = paperId("2608.00001");
  await db.paper.create({ data: { id, title: "On slow reading", abstract: "", authors: [], categories: [] } });
  await castUpvote({ accountId: account?.id ?? "", paperId: id, now: now() });
  const pending = await mailedToken({ email: canary, mark });
  await askToSignIn({ email: canary, next: "/", mark, client: "192.0.2.1", now: now() });
  const neighbour = await mailedToken({ email: canary.replace("-", "_"), mark });
  await askToSignIn({ email: "CANARY-Ada@example.org", next: "/", mark, client: "192.0.2.1", now: now() });

  await eraseAccount({ id: account?.id ?? "", email: canary });

  expect((await everyRow()).toLowerCase()).not.toContain(canary);
  expect(await db.upvote.count()).toBe(0);
  expect(await currentAccount(carrying(cookie))).toBeNull();
  expect(await redeemSignIn({ token: pending, mark, code: null, now: now() })).toEqual({ status: "unknown" });
  expect(await redeemSignIn({ token: neighbour, mark, code: null, now: now() })).toMatchObject({ status: "signed-in" });
});

test("old links are forgotten a day after they expired, and expired sessions with them", async () => {
  const token = await mailedToken({ email: canary, mark });
  const cookie = await signIn({ email: canary, mark });
  const dayLater = now().add({ hours: 24, minutes: 9 });
  expect(await forgetOldSignIns({ now: dayLater, days: 1 })).toEqual({ links: 0, sessions: 0 });
  expect(await findSignInLink(token, { mark, now: dayLater })).toEqual({ status: "expired" });
  expect(await forgetOldSignIns({ now: dayLater.add({ minutes: 2 }), days: 1 })).toEqual({ links: 2, sessions: 0 });
  expect(await findSignInLink(token, { mark, now: dayLater })).toEqual({ status: "unknown" });
  expect(await currentAccount(carrying(cookie))).not.toBeNull();
  expect(await forgetOldSignIns({ now: now().add({ hours: 61 * 24 }), days: 1 })).toEqual({ links: 0, sessions: 1 });
});
