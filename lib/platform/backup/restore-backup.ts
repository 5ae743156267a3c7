import pg from "pg";
import { z } from "zod";
import { type BackupEnd, type BackupHeader, backupFormat, type RowCounts } from "#lib/platform/backup/types.ts";
import { listTables } from "#lib/platform/backup/write-backup.ts";
import { lineOf } from "#lib/platform/log.ts";

/** The file is no backup, not a whole one, or not for this place: a sentence that says what to do. */
export class UnusableBackupError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "UnusableBackupError";
  }
}

const headerSchema = z.object({
  format: z.number(),
  createdAt: z.string(),
  secret: z.union([
    z.object({ kind: z.literal("kept"), words: z.string().min(1) }),
    z.object({ kind: z.literal("environment"), hash: z.string() }),
  ]),
  configuration: z.string().nullable(),
  migrations: z.array(z.string()),
});

const rowsPerInsert = 500;
const charactersPerInsert = 4_000_000;

/** The first line of a backup. Throws `UnusableBackupError` for anything else. */
export function readHeader(line: string): BackupHeader {
  const parsed = headerSchema.safeParse(jsonOf(line));
  if (!parsed.success)
    throw new UnusableBackupError("This file is not a backup of Broadsheet: its first line says so.");
  const { format, ...header } = parsed.data;
  if (format !== backupFormat) {
    throw new UnusableBackupError(
      `This backup is of format ${format}, which this version cannot read. Use a newer one.`,
    );
  }
  return { ...header, format };
}

/**
 * Puts the rows of a backup into the empty tables of the database at `url`, all or nothing, and gives how many each table got.
 * `lines` begin after the header; the tables are those of the header's migrations. `finish` runs in the same transaction.
 */
export async function restoreRows(
  url: string,
  lines: AsyncIterable<string>,
  finish: (client: pg.Client) => Promise<void>,
): Promise<RowCounts> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("BEGIN");
    const tables = await listTables(client);
    await refuseFullTables(client, tables);
    await setTriggers(client, tables, "DISABLE");
    const { rows, end } = await insertRows(client, lines, tables);
    checkCounts(rows, end);
    for (const [sequence, value] of Object.entries(end.sequences)) {
      await client.query("SELECT setval($1::regclass, $2)", [client.escapeIdentifier(sequence), value]);
    }
    await setTriggers(client, tables, "ENABLE");
    await finish(client);
    await client.query("COMMIT");
    return rows;
  } finally {
    await client.end();
  }
}

async function refuseFullTables(client: pg.Client, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const name = client.escapeIdentifier(table);
    // Nobody writes into them while they are filled.
    await client.query(`LOCK TABLE ${name} IN EXCLUSIVE MODE`);
    const { rowCount } = await client.query(`SELECT 1 FROM ${name} LIMIT 1`);
    if (!rowCount) continue;
    throw new UnusableBackupError(
      `This database is not empty (${table} has rows), and a backup is not mixed with what is there. Name an empty place: DATA_DIR=./restored npm run restore -- FILE`,
    );
  }
}

/** A row keeps its change number and whatever else a trigger would write anew. The owner of the tables may do this. */
async function setTriggers(client: pg.Client, tables: readonly string[], verb: "DISABLE" | "ENABLE"): Promise<void> {
  for (const table of tables) await client.query(`ALTER TABLE ${client.escapeIdentifier(table)} ${verb} TRIGGER USER`);
}

async function insertRows(
  client: pg.Client,
  lines: AsyncIterable<string>,
  tables: readonly string[],
): Promise<{ rows: RowCounts; end: BackupEnd }> {
  const rows: RowCounts = {};
  let table = "";
  let waiting: string[] = [];
  let characters = 0;
  const insert = async () => {
    if (waiting.length === 0) return;
    const name = client.escapeIdentifier(table);
    const sql = `INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1::json)`;
    await client.query(sql, [`[${waiting.join(",")}]`]).catch((error: unknown) => {
      throw new UnusableBackupError(
        `This backup is damaged: rows of ${table} cannot be read (${lineOf(error)}). Nothing was restored.`,
      );
    });
    rows[table] = (rows[table] ?? 0) + waiting.length;
    waiting = [];
    characters = 0;
  };
  for await (const line of lines) {
    const mark = markOf(line);
    if (!mark) {
      waiting.push(line);
      characters += line.length;
      if (waiting.length >= rowsPerInsert || characters >= charactersPerInsert) await insert();
      continue;
    }
    await insert();
    if (mark.end) return { rows, end: mark.end };
    if (!tables.includes(mark.table)) throw new UnusableBackupError(`This version has no table ${mark.table}.`);
    table = mark.table;
    rows[table] = 0;
  }
  throw new UnusableBackupError(
    "This backup is cut off: its last line is missing. Nothing was restored. Take another one.",
  );
}

type Mark = { table: string; end?: never } | { table?: never; end: BackupEnd };

/** Lines of ours between the rows. No table has a single column of these names. */
function markOf(line: string): Mark | null {
  if (!/^\{"(table":"[a-z_]+"\}$|end":\{"rows":)/.test(line)) return null;
  return jsonOf(line) as Mark | null;
}

function checkCounts(rows: RowCounts, end: BackupEnd): void {
  for (const [table, count] of Object.entries(end.rows)) {
    if (rows[table] === count) continue;
    throw new UnusableBackupError(
      `This backup is damaged: ${table} should have ${count} rows and has ${rows[table] ?? 0}. Nothing was restored.`,
    );
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
