import { afterAll, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { allow, closeRateLimits } from "#lib/platform/rate-limit.ts";

afterAll(async () => {
  await closeRateLimits();
  await db.$disconnect();
});

const limit = { points: 5, seconds: 3600 };

test("five in an hour are allowed, the sixth is told when to come again", async () => {
  for (let count = 0; count < 5; count++) {
    expect(await allow("letters", "ada@example.org", limit)).toEqual({ allowed: true, retryAfterSeconds: 0 });
  }
  const refused = await allow("letters", "ada@example.org", limit);
  expect(refused.allowed).toBe(false);
  expect(refused.retryAfterSeconds).toBeGreaterThan(3500);
  expect(refused.retryAfterSeconds).toBeLessThanOrEqual(3600);
});

test("another key and another limit have their own count", async () => {
  expect((await allow("letters", "bob@example.org", limit)).allowed).toBe(true);
  expect((await allow("votes", "ada@example.org", limit)).allowed).toBe(true);
});

test("of a hundred at the same moment exactly the points are allowed", async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => allow("parallel", "eve", { points: 30, seconds: 60 })),
  );
  expect(answers.filter((answer) => answer.allowed)).toHaveLength(30);
});

test("a second process goes on with the same count", async () => {
  await allow("shared", "carol", { points: 2, seconds: 60 });
  await closeRateLimits(); // nothing is held in memory from here on, as in a process just started
  await allow("shared", "carol", { points: 2, seconds: 60 });
  expect((await allow("shared", "carol", { points: 2, seconds: 60 })).allowed).toBe(false);
});

test("a window that has passed counts from nothing", async () => {
  const short = { points: 1, seconds: 3600 };
  await allow("window", "dan", short);
  expect((await allow("window", "dan", short)).allowed).toBe(false);
  await db.rateLimit.updateMany({ where: { key: { startsWith: "window:" } }, data: { expire: 1n } });
  expect((await allow("window", "dan", short)).allowed).toBe(true);
});

test("no address stands in the table", async () => {
  await allow("letters", "canary@example.org", limit);
  await allow("clients", "192.0.2.77", limit);
  const kept = JSON.stringify((await db.rateLimit.findMany()).map((row) => row.key));
  expect(kept).not.toContain("canary");
  expect(kept).not.toContain("192.0.2.77");
});

test("without its table, as without a database, it allows", async () => {
  await db.$executeRaw`ALTER TABLE rate_limits RENAME TO rate_limits_away`;
  expect(await allow("letters", "ada@example.org", limit)).toEqual({ allowed: true, retryAfterSeconds: 0 });
  await db.$executeRaw`ALTER TABLE rate_limits_away RENAME TO rate_limits`;
  expect((await allow("letters", "ada@example.org", limit)).allowed).toBe(false);
});
