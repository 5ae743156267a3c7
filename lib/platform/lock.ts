import pg from "pg";
import { env } from "#lib/platform/env.ts";

export type Locked<T> = { status: "done"; value: T } | { status: "busy" };

/**
 * Runs `work` if nobody else in any process holds the lock `name`; else answers `busy` at once.
 * The lock is a session's (pg_try_advisory_lock), so it ends with the process, however that ends.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<Locked<T>> {
  const client = new pg.Client({ connectionString: env.databaseUrl, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // the query that meets the broken connection reports it
  await client.connect();
  try {
    const { rows } = await client.query("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine", [
      `broadsheet:${name}`,
    ]);
    if (!rows[0].mine) return { status: "busy" };
    return { status: "done", value: await work() };
  } finally {
    await client.end().catch(() => undefined);
  }
}
