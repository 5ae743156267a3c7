import { PrismaPg } from "@prisma/adapter-pg";
import type { PoolConfig } from "pg";
import { PrismaClient } from "#generated/prisma/client.ts";
import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";

/**
 * A statement that runs away gives its connection back after so long. More than the two minutes that the longest transaction of ours
 * may last, waiting for its turn included; migrations, locks and back-ups have connections of their own, without a limit.
 */
const STATEMENT_SECONDS = 150;

function connect(): PrismaClient {
  const pool: PoolConfig = {
    connectionString: env.databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    // Said after connecting, not with it: a pooler between us and Postgres refuses parameters that it does not know.
    onConnect: (client) => client.query(`SET statement_timeout = '${STATEMENT_SECONDS}s'`),
  };
  const adapter = new PrismaPg(pool, {
    // Without a listener an idle connection that breaks (Postgres restarted) ends the process: prisma/orm #27641.
    onPoolError: (error) => log.warn("database-connection-lost", { error: error.message }),
    onConnectionError: (error) => log.warn("database-connection-lost", { error: error.message }),
  });
  // A burst waits for a free connection rather than failing after Prisma's two seconds.
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 15_000, timeout: 15_000 } });
}

// Next's development server evaluates modules again at each change: keep one pool for the process.
const held = globalThis as typeof globalThis & { broadsheetDb?: PrismaClient };
held.broadsheetDb ??= connect();

/** The database. Only queries.ts and commands.ts of a room use it. */
export const db: PrismaClient = held.broadsheetDb;

/** The client inside `db.$transaction(async (tx) => …)`. */
export type Transaction = Parameters<Parameters<typeof db.$transaction>[0]>[0];
