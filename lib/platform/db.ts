import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "#generated/prisma/client.ts";
import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";

function connect(): PrismaClient {
  const adapter = new PrismaPg(
    { connectionString: env.databaseUrl, max: 10, connectionTimeoutMillis: 5000, idleTimeoutMillis: 30_000 },
    {
      // Without a listener an idle connection that breaks (Postgres restarted) ends the process: prisma/orm #27641.
      onPoolError: (error) => log.warn("database-connection-lost", { error: error.message }),
      onConnectionError: (error) => log.warn("database-connection-lost", { error: error.message }),
    },
  );
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
