// node bench/import.ts --help
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { readLines, recombine, toSnapshotLine } from "./import/made-papers.ts";
import { serverSeconds } from "./import/server-seconds.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { openDatabase, sentenceFor } from "#scripts/with-database.ts";

const help = `node bench/import.ts [--sizes 10000,100000] [--rounds 3] [--batch 1000] FILE…

Papers per second of storePapers (what gathering and importing end in), and of importFiles with a snapshot of as many lines (reading
and parsing included), each against a plain COPY of the very rows that it wrote into the same tables with their indexes and
triggers: the same server, from files of the server, which is the fastest way there is. Every tenth paper of the first is also
told by a second source, with counts. Prints each round and the medians: by the clock, with the ratio of each pair, and in
processor time of this process and of the server, which busy neighbours change little.

FILE holds JSON lines { id, title, summary, authors, categories, comment }, plain or .gz. Titles, abstracts and authors of
different lines are put together anew, so that there are as many papers as are asked for, each of usual length.
`;

const { values, positionals } = parseCommand({ help, options: ["sizes", "rounds", "batch"], positionals: true });
if (positionals.length === 0) wrongUsage("Name a file of papers");
const sizes = (values.sizes ?? "10000,100000").split(",").map(Number);
const rounds = Number(values.rounds ?? 3);
const batch = Number(values.batch ?? 1000);
if (![...sizes, rounds, batch].every((number) => Number.isInteger(number) && number > 0)) {
  wrongUsage("Sizes, rounds and batch are whole numbers");
}

const tables = ["papers", "paper_versions", "source_records", "listings", "signals"];
const now = Temporal.Instant.from("2026-08-21T12:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "broadsheet-bench-"));
delete process.env.DATABASE_URL;
process.env.DATA_DIR = folder;
const postgres = await openDatabase();
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
try {
  const lines = await readLines(positionals);
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, batches of ${batch}`);
  for (const size of sizes) await compare(recombine(lines, size, batch));
} catch (error) {
  console.error(sentenceFor(error));
  process.exitCode = 1;
} finally {
  await client.end();
  const { db } = await import("#lib/platform/db.ts");
  await db.$disconnect();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** One round of a way to store papers, and of COPY with the rows that it wrote. Seconds: by the clock, in this process, in the server. */
type Round = { ours: Seconds; copy: Seconds };
type Seconds = { clock: number; here: number; server: number };

async function compare(found: FoundPaper[][]): Promise<void> {
  const told = found.flat();
  const papers = new Set(told.map(({ id }) => id)).size;
  const file = join(folder, "snapshot.jsonl");
  writeFileSync(
    file,
    `${told
      .filter(({ source }) => source === "arxiv")
      .map(toSnapshotLine)
      .join("\n")}\n`,
  );
  const ways: [name: string, work: () => Promise<void>, rounds: Round[]][] = [
    ["storePapers", () => store(found), []],
    ["importFiles", () => importFile(file), []],
  ];
  for (let round = 1; round <= rounds; round++) {
    for (const [name, work, done] of ways) {
      done.push(await play(work));
      console.log(`${papers} papers, round ${round}: ${name} ${inWords(done.slice(-1), papers)}`);
    }
  }
  for (const [name, , done] of ways) console.log(`${papers} papers, median: ${name} ${inWords(done, papers)}`);
  console.log();
}

async function play(work: () => Promise<void>): Promise<Round> {
  await empty();
  const ours = await timed(work);
  await client.query("CHECKPOINT");
  for (const table of tables) await client.query(`COPY ${table} TO '${fileOf(table)}'`);
  await empty();
  const copy = await timed(async () => {
    for (const table of tables) await client.query(`COPY ${table} FROM '${fileOf(table)}'`);
  });
  return { ours, copy };
}

function inWords(done: readonly Round[], papers: number): string {
  const of = (number: (round: Round) => number) => median(done.map(number));
  const micros = (seconds: number) => ((seconds * 1e6) / papers).toFixed(0);
  const perSecond = (seconds: number) => `${Math.round(papers / seconds).toLocaleString("en")}/s`;
  const [here, server, copy] = [of((r) => r.ours.here), of((r) => r.ours.server), of((r) => r.copy.server)];
  return [
    `${perSecond(of((r) => r.ours.clock))} (${micros(of((r) => r.ours.clock))} µs a paper), COPY ${perSecond(of((r) => r.copy.clock))}`,
    `ratio ${of((r) => r.copy.clock / r.ours.clock).toFixed(2)}`,
    `processor ${micros(here)} µs here + ${micros(server)} µs in Postgres, COPY ${micros(copy)} µs`,
    `ratio ${of((r) => r.copy.server / (r.ours.here + r.ours.server)).toFixed(2)}`,
  ].join("; ");
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** A file that the server may write and read. */
function fileOf(table: string): string {
  return join(folder, "postgres", `${table}.copied`);
}

async function empty(): Promise<void> {
  await client.query(`TRUNCATE ${tables.join(", ")} CASCADE`);
  await client.query("CHECKPOINT");
}

async function store(found: FoundPaper[][]): Promise<void> {
  const { storePapers } = await import("#lib/papers/commands.ts");
  const { closingOf } = await import("#lib/editions/edition-date.ts");
  const closing = (day: Temporal.PlainDate) => closingOf(day, { timeZone: "UTC", closesAt: "00:00" });
  for (const papers of found) await storePapers(papers, { now, closingOf: closing });
}

async function importFile(file: string): Promise<void> {
  const { importFiles } = await import("#lib/sources/commands.ts");
  await importFiles([file], { now, all: true, restart: true });
}

async function timed(work: () => Promise<void>): Promise<Seconds> {
  const data = join(folder, "postgres");
  const [began, before, server] = [performance.now(), process.cpuUsage(), serverSeconds(data)];
  await work();
  const { user, system } = process.cpuUsage(before);
  const clock = (performance.now() - began) / 1000;
  return { clock, here: (user + system) / 1e6, server: serverSeconds(data) - server };
}
