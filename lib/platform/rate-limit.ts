import pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";
import { keyedHash } from "#lib/platform/secret.ts";

/** `points` requests in `seconds`, counted from the first one. */
export type Limit = { points: number; seconds: number };

/** What to answer while the database does not count. */
type Uncounted = { uncounted?: "allow" | "refuse" };

export type Allowance = { allowed: boolean; retryAfterSeconds: number };

/**
 * Counts one request of `key` under the limit `name`, over all processes of the site. The key is stored as a keyed hash,
 * so that the table holds no address. Allows when the database does not answer, since a limit must not close the site; a limit
 * that guards a secret says `uncounted: "refuse"`.
 */
export async function allow(
  name: string,
  key: string,
  { points, seconds, uncounted = "allow" }: Limit & Uncounted,
): Promise<Allowance> {
  try {
    await limiterFor(name, { points, seconds }).consume(keyedHash(`limit:${name}`, key));
    return { allowed: true, retryAfterSeconds: 0 };
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) {
      return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) };
    }
    log.warn("rate-limit-unavailable", { limit: name, error: refusal instanceof Error ? refusal.message : "unknown" });
    return { allowed: uncounted === "allow", retryAfterSeconds: 0 };
  }
}

/** Ends the limiter's own connections, for commands and tests that must exit. */
export async function closeRateLimits(): Promise<void> {
  const pool = held.broadsheetLimits;
  held.broadsheetLimits = undefined;
  limiters.clear();
  await pool?.end();
}

// Next's development server evaluates modules again at each change: keep one pool for the process.
const held = globalThis as typeof globalThis & { broadsheetLimits?: pg.Pool };
const limiters = new Map<string, RateLimiterPostgres>();

function limiterFor(name: string, { points, seconds }: Limit): RateLimiterPostgres {
  const id = `${name} ${points} ${seconds}`;
  const known = limiters.get(id);
  if (known) return known;
  const options = { storeClient: connection(), storeType: "pool", tableName: "rate_limits", tableCreated: true };
  const limiter = new RateLimiterPostgres({ ...options, keyPrefix: name, points, duration: seconds });
  limiters.set(id, limiter);
  return limiter;
}

/** Few connections and short waits: counting must never be what a request waits for. */
function connection(): pg.Pool {
  if (!held.broadsheetLimits) {
    const pool = new pg.Pool({
      connectionString: env.databaseUrl,
      max: 3,
      connectionTimeoutMillis: 2000,
      query_timeout: 2000,
      idleTimeoutMillis: 30_000,
      allowExitOnIdle: true,
    });
    pool.on("error", (error) => log.warn("database-connection-lost", { error: error.message }));
    held.broadsheetLimits = pool;
  }
  return held.broadsheetLimits;
}
