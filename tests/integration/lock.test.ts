import { expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { withLock } from "#lib/platform/lock.ts";

function lockSessions() {
  return db.$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_%advisory%lock(hashtextextended($1%'`;
}

test("what is locked is busy for everybody, and free again afterwards", async () => {
  const outer = await withLock("post", () => withLock("post", async () => "never"));
  expect(outer).toEqual({ status: "done", value: { status: "busy" } });
  expect(await withLock("post", async () => "again")).toEqual({ status: "done", value: "again" });
});

test("work that throws gives the lock back", async () => {
  await expect(withLock("post", () => Promise.reject(new Error("no paper")))).rejects.toThrow("no paper");
  expect((await withLock("post", async () => "again")).status).toBe("done");
});

test("after the database has cut the connection there is a new one, and only one", async () => {
  for (let round = 0; round < 10; round++) {
    await withLock("post", async () => undefined);
    for (const { pid } of await lockSessions()) await db.$queryRaw`SELECT pg_terminate_backend(${pid}::int)`;
    // Some of these meet the broken connection, some the moment in which it is forgotten.
    for (let attempt = 0; attempt < 30; attempt++) {
      await withLock("post", async () => undefined).catch(() => undefined);
      await new Promise(setImmediate);
    }
  }
  expect((await withLock("post", async () => "again")).status).toBe("done");
  expect(await lockSessions()).toHaveLength(1);
});
