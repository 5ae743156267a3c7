import pg from "pg";
import { expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { withLock } from "#lib/platform/lock.ts";

const shown = "SELECT current_setting('statement_timeout') AS limit, pg_backend_pid() AS pid";

test("a statement that runs away ends after two and a half minutes, on whatever connection of the pool", async () => {
  const rows = await Promise.all(
    Array.from({ length: 6 }, () =>
      db.$transaction(
        (tx) => tx.$queryRaw<{ limit: string; pid: number }[]>`
        SELECT current_setting('statement_timeout') AS limit, pg_backend_pid() AS pid FROM pg_sleep(0.2)`,
      ),
    ),
  );
  const [limits, pids] = [new Set(rows.flat().map(({ limit }) => limit)), new Set(rows.flat().map(({ pid }) => pid))];
  expect([...limits]).toEqual(["150s"]);
  expect(pids.size).toBeGreaterThan(2);
});

test("what is cut off is an error for its caller alone: the next statement is answered", async () => {
  const asked = db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL statement_timeout = 50`;
    await tx.$queryRaw`SELECT pg_sleep(60)::text`;
  });
  await expect(asked).rejects.toThrow(/statement timeout/);
  expect(await db.paper.count()).toBe(0);
});

test("the limit is the pool's own: the connection of the locks stands beside it, and a new one has none", async () => {
  const admin = new pg.Client({ connectionString: env.databaseUrl });
  await admin.connect();
  expect((await admin.query(shown)).rows[0]).toMatchObject({ limit: "0" });
  await withLock("a-long-work", async () => {
    const { rows } = await admin.query(`
      SELECT a.query FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
      WHERE l.locktype = 'advisory' AND a.datname = current_database()`);
    expect(rows).toEqual([{ query: expect.stringContaining("pg_try_advisory_lock") }]);
  });
  await admin.end();
});
