import { join, resolve } from "node:path";
import { type RunningPostgres, startPostgres } from "#lib/platform/embedded-postgres.ts";
import { applyMigrations } from "#scripts/migrate.ts";

/**
 * Runs a command with a migrated database: that of DATABASE_URL, else the embedded one under DATA_DIR, which a running
 * site may be using already. Ends the process with the exit code that `run` gives, 1 and one line if it throws.
 * `run` imports what it needs itself: modules of lib/ read the environment when they are loaded.
 */
export async function withDatabase(
  run: () => Promise<number>,
  { migrations }: { migrations?: readonly string[] } = {},
): Promise<never> {
  let postgres: RunningPostgres | undefined;
  let code = 1;
  try {
    postgres = await openDatabase({ migrations });
    code = await run();
  } catch (error) {
    process.stderr.write(`${sentenceFor(error)}\n`);
    if (isConfigurationError(error)) code = 78;
  }
  // With a wrong environment there is no connection to close, and the module that would hold it cannot be loaded.
  await closeConnections().catch(() => undefined);
  await postgres?.stop();
  process.exit(code);
}

/** Before the server goes: a connection that is cut off would be reported as lost. */
export async function closeConnections(): Promise<void> {
  if (!process.env.DATABASE_URL) return;
  const { db } = await import("#lib/platform/db.ts");
  const { closeRateLimits } = await import("#lib/platform/rate-limit.ts");
  await Promise.allSettled([db.$disconnect(), closeRateLimits()]);
}

/**
 * Sets DATABASE_URL if it is not set, and brings the tables up to date, or up to `migrations`. Gives the embedded server, if it
 * is that.
 */
export async function openDatabase({
  migrations,
}: {
  migrations?: readonly string[];
} = {}): Promise<RunningPostgres | undefined> {
  const given = process.env.DATABASE_URL;
  const postgres = given ? undefined : await startPostgres(join(resolve(process.env.DATA_DIR || "./data"), "postgres"));
  const url = given ?? postgres?.url ?? "";
  process.env.DATABASE_URL = url;
  await applyMigrations(url, migrations);
  return postgres;
}

/** What a person can do about it, in one line. */
export function sentenceFor(error: unknown): string {
  const { code, message } =
    error instanceof Error ? (error as Error & { code?: string }) : { code: "", message: `${error}` };
  const target = redacted(process.env.DATABASE_URL);
  if (/ECONNREFUSED|Can't reach database|DatabaseNotReachable/.test(`${code} ${message}`)) {
    return `Postgres does not answer at ${target}. Start it, correct DATABASE_URL, or leave it out to use the embedded Postgres.`;
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(`${code} ${message}`))
    return `There is no such host: ${target}. Correct DATABASE_URL.`;
  if (/password authentication|28P01|Authentication ?[Ff]ailed/.test(`${code} ${message}`)) {
    return `Postgres refused the user or password of DATABASE_URL (${target}). Correct them.`;
  }
  if (/3D000|DatabaseDoesNotExist|does not exist/.test(`${code} ${message}`) && /database/i.test(message)) {
    return `There is no such database at ${target}. Create it, or correct DATABASE_URL.`;
  }
  return message
    .split("\n")
    .slice(0, isConfigurationError(error) ? 20 : 1)
    .join("\n");
}

function isConfigurationError(error: unknown): boolean {
  return error instanceof Error && error.name === "ConfigurationError";
}

function redacted(url: string | undefined): string {
  try {
    const { host, pathname } = new URL(url ?? "");
    return `${host}${pathname}`;
  } catch {
    return "the address in DATABASE_URL";
  }
}
