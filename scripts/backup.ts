// npm run backup [-- FILE]: the whole database, and what makes it readable elsewhere, in one file.
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run backup [-- FILE]

Writes the whole database of one moment into FILE (DATA_DIR/backups/broadsheet-DATE.jsonl.gz), beside a running site or without
one: lines of JSON, compressed. The file also holds the configuration and the secret that signs the links of mails (unless SECRET
comes from the environment): keep it as you keep a password. The search index is not in it; it rebuilds itself.

npm run restore -- FILE puts it into an empty place.

Exit codes: 0 written, 1 failed, 2 wrong usage, 78 wrong configuration.
`;

const { positionals } = parseCommand({ help, positionals: true });
if (positionals.length > 1) wrongUsage("Name one file");

await withDatabase(async () => {
  const { env } = await import("#lib/platform/env.ts");
  const { secretForBackup } = await import("#lib/platform/secret.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const { writeBackup } = await import("#lib/platform/backup/write-backup.ts");
  const createdAt = now().toString({ smallestUnit: "second" });
  const name = `broadsheet-${createdAt.replaceAll(":", "").replace("Z", "")}.jsonl.gz`;
  const path = resolve(positionals[0] ?? join(env.dataDir, "backups", name));
  if (existsSync(path)) {
    process.stderr.write(`${path} exists already, and a backup is never written over. Name another file.\n`);
    return 1;
  }
  mkdirSync(dirname(path), { recursive: true });
  const secret = secretForBackup();
  const configuration = existsSync(env.configPath) ? readFileSync(env.configPath, "utf8") : null;
  // Under another name until it is whole: what bears the name of a backup can be restored.
  const unfinished = `${path}.unfinished`;
  try {
    const lines = new PassThrough();
    const written = pipeline(lines, createGzip(), createWriteStream(unfinished, { mode: 0o600, flags: "wx" }));
    const rows = await Promise.race([
      writeBackup(env.databaseUrl ?? "", lines, { createdAt, secret, configuration }),
      written.then(() => Promise.reject(new Error("The file was closed too early."))),
    ]);
    lines.end();
    await written;
    renameSync(unfinished, path);
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    const megabytes = (statSync(path).size / 1e6).toFixed(1);
    process.stdout.write(
      `${path}: ${total.toLocaleString("en")} rows of ${Object.keys(rows).length} tables, ${rows.papers?.toLocaleString("en")} of them papers, ${megabytes} MB.\n`,
    );
    return 0;
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
});
