import { afterAll, beforeEach, expect, test } from "vitest";
import { codeOf, newBrowserMark } from "#lib/accounts/asking-browser.ts";
import { auth } from "#lib/accounts/auth.ts";
import { askToSignIn, redeemSignIn } from "#lib/accounts/commands.ts";
import { currentAccount, findSignInLink } from "#lib/accounts/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { closeRateLimits } from "#lib/platform/rate-limit.ts";
import { carrying, cookieOf, everyRow, mailedToken, signIn } from "#tests/signing-in.ts";

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

test("an address nobody knew signs in by its letter, and is an account from then on", async () => {
  const link = await mailedToken({ email: "New.Reader@Example.org", mark, next: "/papers/2608.00001" });
  expect(await db.account.count()).toBe(0);

  const redeemed = await redeemSignIn({ token: link, mark, code: null, now: now() });

  expect(redeemed).toMatchObject({ status: "signed-in", next: "/papers/2608.00001" });
  const account = await currentAccount(carrying(cookieOf(redeemed)));
  expect(account?.email).toBe("new.reader@example.org");
  expect(await db.account.count()).toBe(1);
});

test("the same person, spelled otherwise, comes to the same account", async () => {
  const first = await signIn({ email: "ada@example.org", mark });
  const second = await signIn({ email: "ADA@Example.ORG", mark });
  expect((await currentAccount(carrying(second)))?.id).toBe((await currentAccount(carrying(first)))?.id);
  expect(await db.account.count()).toBe(1);
});

test("looking at a link, as mail scanners do, changes nothing", async () => {
  const token = await mailedToken({ email: canary, mark });
  const before = await everyRow();
  for (let look = 0; look < 3; look++) {
    const link = await findSignInLink(token, { mark, now: now() });
    expect(link).toEqual({ status: "ready", email: canary, sameBrowser: true });
  }
  expect(await everyRow()).toEqual(before);
  expect(await redeemSignIn({ token, mark, code: null, now: now() })).toMatchObject({ status: "signed-in" });
});

test("of fifty presses at the same moment one signs in", async () => {
  const token = await mailedToken({ email: canary, mark });
  const presses = Array.from({ length: 50 }, () => redeemSignIn({ token, mark, code: null, now: now() }));
  const statuses = (await Promise.all(presses)).map((redeemed) => redeemed.status);
  expect(statuses.filter((status) => status === "signed-in")).toHaveLength(1);
  expect(statuses.filter((status) => status === "unknown")).toHaveLength(49);
  expect(await db.session.count()).toBe(1);
  expect(await db.account.count()).toBe(1);
});

test("two letters to a new address, opened at the same moment, open one account", async () => {
  const tokens = [
    await mailedToken({ email: canary, mark }),
    await mailedToken({ email: canary, mark }),
    await mailedToken({ email: canary, mark }),
  ];
  const redeemed = await Promise.all(tokens.map((token) => redeemSignIn({ token, mark, code: null, now: now() })));
  expect(redeemed.map(({ status }) => status)).toEqual(["signed-in", "signed-in", "signed-in"]);
  expect(await db.account.count()).toBe(1);
});

test("a used link and an invented one are unknown", async () => {
  const token = await mailedToken({ email: canary, mark });
  await redeemSignIn({ token, mark, code: null, now: now() });
  for (const dead of [token, "a".repeat(32), "", "../x", "%", "magic-link:x"]) {
    expect(await findSignInLink(dead, { mark, now: now() })).toEqual({ status: "unknown" });
    expect(await redeemSignIn({ token: dead, mark, code: null, now: now() })).toEqual({ status: "unknown" });
  }
  expect(await db.session.count()).toBe(1);
});

test("after ten minutes a link says that it has expired, and signs nobody in", async () => {
  const token = await mailedToken({ email: canary, mark });
  const soon = now().add({ minutes: 9, seconds: 50 });
  const late = now().add({ minutes: 10, seconds: 1 });
  expect(await findSignInLink(token, { mark, now: soon })).toMatchObject({ status: "ready" });
  expect(await findSignInLink(token, { mark, now: late })).toEqual({ status: "expired" });
  expect(await redeemSignIn({ token, mark, code: null, now: late })).toEqual({ status: "expired" });

  // By the library's own clock too, which our argument does not reach.
  await db.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
  await expect(auth.api.magicLinkVerify({ query: { token }, headers: new Headers() })).rejects.toMatchObject({
    status: "FOUND",
  });
  expect(await db.session.count()).toBe(0);
});

test("whoever reads the database can neither use a link nor a session", async () => {
  const token = await mailedToken({ email: canary, mark });
  const rows = await db.verification.findMany();
  expect(JSON.stringify(rows)).not.toContain(token);
  const words = rows.flatMap((row) => [row.id, row.identifier, row.value, row.identifier.split(":")[1] ?? ""]);
  for (const word of words) {
    expect(await redeemSignIn({ token: word, mark, code: null, now: now() })).toEqual({ status: "unknown" });
  }

  const cookie = cookieOf(await redeemSignIn({ token, mark, code: null, now: now() }));
  const { token: stored } = await db.session.findFirstOrThrow();
  expect(await currentAccount(carrying(cookie))).not.toBeNull();
  for (const forged of [stored, `${stored}.`, `${stored}.${"A".repeat(43)}=`]) {
    expect(await currentAccount(carrying({ ...cookie, value: forged }))).toBeNull();
  }
});

test("in another browser a link wants the number that the asking one shows", async () => {
  const token = await mailedToken({ email: canary, mark });
  const other = newBrowserMark();
  expect(await findSignInLink(token, { mark: other, now: now() })).toMatchObject({ sameBrowser: false });
  expect(await findSignInLink(token, { mark: null, now: now() })).toMatchObject({ sameBrowser: false });
  for (const code of [null, codeOf(other), "000000"].filter((guess) => guess !== codeOf(mark))) {
    expect(await redeemSignIn({ token, mark: other, code, now: now() })).toEqual({ status: "wrong-code" });
  }
  const right = await redeemSignIn({ token, mark: null, code: codeOf(mark), now: now() });
  expect(right.status).toBe("signed-in");
});

test("after five wrong numbers the right one does not help any more", async () => {
  const token = await mailedToken({ email: canary, mark });
  const wrong = codeOf(mark) === "123456" ? "654321" : "123456";
  for (let guess = 0; guess < 5; guess++) {
    expect(await redeemSignIn({ token, mark: null, code: wrong, now: now() })).toEqual({ status: "wrong-code" });
  }
  expect(await redeemSignIn({ token, mark: null, code: codeOf(mark), now: now() })).toEqual({ status: "wrong-code" });
  expect(await db.session.count()).toBe(0);
  // The asking browser itself was never in doubt.
  expect(await redeemSignIn({ token, mark, code: null, now: now() })).toMatchObject({ status: "signed-in" });
});

test("five letters an hour go to one address, and who asks more often is told the same", async () => {
  const asked = { email: canary, next: "/", mark, now: now() };
  for (let time = 0; time < 8; time++) await askToSignIn({ ...asked, client: `192.0.2.${time}` });
  expect(await db.letterRequest.count()).toBe(5);
});

test("thirty letters an hour are asked for from one client", async () => {
  const asked = { next: "/", mark, client: "2001:db8:0:7", now: now() };
  const asking = Array.from({ length: 40 }, (_, index) => askToSignIn({ ...asked, email: `a${index}@example.org` }));
  await Promise.all(asking);
  expect(await db.letterRequest.count()).toBe(30);
});

test("the page to return to is ours, whatever was asked for", async () => {
  const token = await mailedToken({ email: canary, mark, next: "//evil.example/x" });
  expect(await redeemSignIn({ token, mark, code: null, now: now() })).toMatchObject({ next: "/" });
});

test("asking takes as long and leaves the same for a known address as for an unknown one", async () => {
  await signIn({ email: "known@example.org", mark });
  await db.letterRequest.deleteMany();
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let round = 0; round < 150; round++) {
    for (const who of ["known", "unknown"] as const) {
      await db.rateLimit.deleteMany();
      const began = performance.now();
      const asked = { email: `${who}@example.org`, next: "/", mark, client: "192.0.2.1", now: now() };
      expect(await askToSignIn(asked)).toBeUndefined();
      times[who].push(performance.now() - began);
    }
  }
  const shapeOf = async (email: string) =>
    (await db.letterRequest.findMany({ where: { email } })).map(({ kind, state, details }) => ({
      kind,
      state,
      details,
    }));
  expect(await shapeOf("known@example.org")).toEqual(await shapeOf("unknown@example.org"));
  // Two milliseconds; on a machine that is busy with other things, a quarter of what each call takes.
  const tolerance = Math.max(2, median(times.unknown) / 4);
  expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(tolerance);
});

function median(times: number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

test("one client that asks without end does not use up what the whole site may ask", async () => {
  for (let count = 0; count < 40; count++) {
    await askToSignIn({ email: `reader${count}@example.org`, next: "/", mark, client: "192.0.2.9", now: now() });
  }
  const site = await db.rateLimit.findFirstOrThrow({ where: { key: { startsWith: "sign-in-site:" } } });
  expect([site.points, await db.letterRequest.count()]).toEqual([30, 30]);
});

test("a guess that cannot be counted is not taken", async () => {
  const token = await mailedToken({ email: canary, mark });
  await db.$executeRaw`ALTER TABLE rate_limits RENAME TO rate_limits_away`;
  const guess = await redeemSignIn({ token, mark: null, code: codeOf(mark), now: now() });
  await db.$executeRaw`ALTER TABLE rate_limits_away RENAME TO rate_limits`;
  expect(guess).toEqual({ status: "wrong-code" });
});
