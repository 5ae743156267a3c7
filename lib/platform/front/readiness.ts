import { readdirSync } from "node:fs";
import pg from "pg";

const LIMIT_MS = 1000;

/** Whether this process can serve fresh pages; if not, why, in a word for the operator. */
export type Readiness = { ready: true } | { ready: false; reason: "database" | "migrations" };

/** Asks the database within a second whether it is there and has every migration in `migrationsDir`. */
export async function checkReadiness(databaseUrl: string, migrationsDir: string): Promise<Readiness> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: LIMIT_MS,
    query_timeout: LIMIT_MS,
  });
  client.on("error", () => undefined); // a connection that breaks later is the query's to report
  try {
    await client.connect();
    const { rows } = await client.query(
      "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    );
    const applied = new Set(rows.map(({ name }) => name));
    const isCurrent = migrationNames(migrationsDir).every((name) => applied.has(name));
    return isCurrent ? { ready: true } : { ready: false, reason: "migrations" };
  } catch {
    return { ready: false, reason: "database" };
  } finally {
    client.end().catch(() => undefined); // not awaited: a frozen server would never say goodbye
  }
}

/** The same answer for everybody who asks within a second: the address is public. */
export function sharedForASecond<T>(ask: () => Promise<T>, clock: () => number = Date.now): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    if (!last || clock() - last.at > 1000) last = { at: clock(), answer: ask() };
    return last.answer;
  };
}

function migrationNames(dir: string): string[] {
  const entries = readdirSync(dir, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
