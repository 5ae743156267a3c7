// npm run reindex: builds the search index anew.
import { parseCommand } from "#scripts/parse-command.ts";
import { withDatabase } from "#scripts/with-database.ts";

const help = `Usage: npm run reindex

Builds the search index anew from the database, beside a running site or without one.

The index is a derived file under DATA_DIR/search. The site rebuilds a missing or damaged one by itself; this is for when
you want it done now. A running site goes on answering from the old index and takes the new one when it is ready.

Exit codes: 0 built, 1 failed, 2 wrong usage, 75 another process is building it, 78 wrong configuration.
`;

parseCommand({ help });
await withDatabase(reindex);

async function reindex(): Promise<number> {
  const { rebuildSearchIndex } = await import("#lib/search/commands.ts");
  const started = performance.now();
  const update = await rebuildSearchIndex({ onProgress: showProgress });
  if (update.status === "busy") {
    process.stderr.write(
      "Another process is writing the search index at this moment. Try again when it has finished.\n",
    );
    return 75;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  process.stdout.write(`Search index built: ${update.indexed.toLocaleString("en")} papers in ${seconds} s.\n`);
  return 0;
}

/** One line that is written over on a terminal; elsewhere a line for each ten thousand papers. */
function showProgress(indexed: number, total: number): void {
  const line = `Indexing: ${indexed.toLocaleString("en")} of ${total.toLocaleString("en")} papers`;
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}`);
  else if (indexed % 10_000 === 0) process.stdout.write(`${line}\n`);
}
