// npm run restore -- FILE: puts a backup into an empty place, and rebuilds the search index.
import { createReadStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { heldSentence, holdMail } from "#lib/mailing/hold.ts";
import { readHeader, restoreRows, UnusableBackupError } from "#lib/platform/backup/restore-backup.ts";
import type { BackupHeader } from "#lib/platform/backup/types.ts";
import { applyMigrations, listMigrations } from "#scripts/migrate.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run restore -- FILE

Puts a backup of npm run backup into an empty place (DATA_DIR, and DATABASE_URL if it is set): every row as it was, the secret, the
configuration if there is none yet, and a new search index. All or nothing: a damaged or cut off file changes no row.

What was restored sends no mail until you say that this is now the site that should: npm run mail -- allow

Exit codes: 0 restored, 1 failed, 2 wrong usage, 78 wrong configuration.
`;

const { positionals } = parseCommand({ help, positionals: true });
const [path] = positionals;
if (!path || positionals.length > 1) wrongUsage("Name one file");
if (!existsSync(path)) wrongUsage(`There is no file ${path}`);

const lines = createInterface({
  input: createReadStream(path).pipe(createGunzip()),
  crlfDelay: Number.POSITIVE_INFINITY,
})[Symbol.asyncIterator]();
const header = await readFirstLine();

await withDatabase(
  async () => {
    const { env } = await import("#lib/platform/env.ts");
    const { takeSecretOfBackup } = await import("#lib/platform/secret.ts");
    if (!takeSecretOfBackup(header.secret)) {
      throw new UnusableBackupError(
        header.secret.kind === "kept"
          ? "This place has another secret than the backup. Restore into an empty DATA_DIR, and without SECRET."
          : "The backup was made with a SECRET of the environment: set the same one here.",
      );
    }
    const url = env.databaseUrl ?? "";
    const rows = await restoreRows(url, { [Symbol.asyncIterator]: () => lines }, async (client) => {
      await client.query(holdMail);
    });
    await applyMigrations(url);
    if (header.configuration !== null && !existsSync(env.configPath)) {
      mkdirSync(dirname(env.configPath), { recursive: true });
      writeFileSync(env.configPath, header.configuration);
    }
    const { rebuildSearchIndex } = await import("#lib/search/commands.ts");
    await rebuildSearchIndex({ onProgress: () => undefined });
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    process.stdout.write(
      `Restored ${total.toLocaleString("en")} rows as of ${header.createdAt}, ${rows.papers} of them papers.\n`,
    );
    process.stdout.write(`${heldSentence}\n`);
    return 0;
  },
  { migrations: header.migrations },
);

async function readFirstLine(): Promise<BackupHeader> {
  try {
    const first = await lines.next();
    const header = readHeader(first.done ? "" : first.value);
    const known = listMigrations();
    const unknown = header.migrations.find((name, index) => name !== known[index]);
    if (!unknown) return header;
    throw new UnusableBackupError("This backup was made by a newer version of Broadsheet. Restore it with that one.");
  } catch (error) {
    const sentence =
      error instanceof UnusableBackupError ? error.message : `${path} cannot be read as a backup (gzip).`;
    process.stderr.write(`${sentence}\n`);
    process.exit(1);
  }
}
