import { afterAll, expect, test } from "vitest";

// Before anything of ours is loaded: the names of cookies follow the site's address.
process.env.SITE_URL = "https://papers.example";
const { cookieAttributes, markCookieName, sessionCookieName } = await import("#lib/accounts/cookies.ts");
const { auth } = await import("#lib/accounts/auth.ts");
const { newBrowserMark } = await import("#lib/accounts/asking-browser.ts");
const { redeemSignIn } = await import("#lib/accounts/commands.ts");
const { currentAccount } = await import("#lib/accounts/queries.ts");
const { now } = await import("#lib/platform/clock.ts");
const { db } = await import("#lib/platform/db.ts");
const { closeRateLimits } = await import("#lib/platform/rate-limit.ts");
const { carrying, cookieOf, mailedToken } = await import("#tests/signing-in.ts");

afterAll(async () => {
  await closeRateLimits();
  await db.$disconnect();
});

test("behind https every cookie is of this host alone, out of scripts' reach, and sent over TLS only", async () => {
  expect(sessionCookieName).toMatch(/^__Host-/);
  expect(markCookieName).toMatch(/^__Host-/);
  expect(cookieAttributes).toEqual({ path: "/", httpOnly: true, sameSite: "lax", secure: true });
});

test("the library means the same cookie, and no other", async () => {
  const { authCookies } = await auth.$context;
  expect(authCookies.sessionToken.name).toBe(sessionCookieName);
  expect(authCookies.sessionToken.attributes).toMatchObject(cookieAttributes);
  expect(authCookies.sessionToken.attributes.domain).toBeUndefined();
});

test("a session of this site is read from that cookie, and from none without the prefix", async () => {
  const mark = newBrowserMark();
  const token = await mailedToken({ email: "ada@example.org", mark });
  const cookie = cookieOf(await redeemSignIn({ token, mark, code: null, now: now() }));
  expect((await currentAccount(carrying(cookie)))?.email).toBe("ada@example.org");
  const bare = { ...cookie, name: cookie.name.replace("__Host-", "") };
  expect(await currentAccount(carrying(bare))).toBeNull();
});
