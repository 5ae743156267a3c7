import { once } from "node:events";
import type { Writable } from "node:stream";
import pg from "pg";
import { type BackupHeader, backupFormat, type RowCounts } from "#lib/platform/backup/types.ts";

// A row of a paper with three thousand authors has a hundred kilobytes; so many of them are still little memory.
const rowsPerFetch = 500;

/**
 * Writes every table of the database at `url` as lines of JSON: a header, then for each table its name and its rows, those that
 * others refer to first, then the counts. All of it is one moment (REPEATABLE READ), whatever is written meanwhile. Ends with
 * the counts, by which a reader knows that nothing was cut off.
 */
export async function writeBackup(
  url: string,
  to: Writable,
  about: Pick<BackupHeader, "createdAt" | "secret" | "configuration">,
): Promise<RowCounts> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const tables = await listTables(client);
    const migrations = await listMigrations(client);
    await writeLine(to, JSON.stringify({ format: backupFormat, ...about, migrations } satisfies BackupHeader));
    const rows: RowCounts = {};
    for (const table of tables) {
      await writeLine(to, JSON.stringify({ table }));
      rows[table] = await writeRows(client, table, to);
    }
    // Sequences stand outside of the moment: read last, they are at least as far as the rows.
    await writeLine(to, JSON.stringify({ end: { rows, sequences: await listSequences(client) } }));
    return rows;
  } finally {
    await client.end();
  }
}

/** Those that others refer to come first, so that rows can be put back in this order. */
export async function listTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; parents: string[] }>(`
    SELECT c.relname AS name, ARRAY(
      SELECT p.relname::text FROM pg_constraint AS k JOIN pg_class AS p ON p.oid = k.confrelid
      WHERE k.contype = 'f' AND k.conrelid = c.oid AND k.confrelid <> c.oid) AS parents
    FROM pg_class AS c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
    ORDER BY c.relname`);
  const ordered: string[] = [];
  while (ordered.length < rows.length) {
    const next = rows.filter(
      ({ name, parents }) => !ordered.includes(name) && parents.every((p) => ordered.includes(p)),
    );
    if (next.length === 0) throw new Error("Tables refer to each other in a circle: no order puts them back.");
    ordered.push(...next.map(({ name }) => name));
  }
  return ordered;
}

/** The migrations that made the tables, in their order. */
async function listMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name",
  );
  return rows.map(({ name }) => name);
}

async function writeRows(client: pg.Client, table: string, to: Writable): Promise<number> {
  const name = client.escapeIdentifier(table);
  await client.query(`DECLARE backup_rows NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM ${name} AS t`);
  let count = 0;
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`FETCH ${rowsPerFetch} FROM backup_rows`);
    if (rows.length === 0) break;
    count += rows.length;
    await writeLine(to, rows.map(({ line }) => line).join("\n"));
  }
  await client.query("CLOSE backup_rows");
  return count;
}

async function listSequences(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    "SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = 'public'",
  );
  return Object.fromEntries(rows.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));
}

async function writeLine(to: Writable, line: string): Promise<void> {
  if (!to.write(`${line}\n`)) await once(to, "drain");
}
