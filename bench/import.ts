// node bench/import.ts --help
import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import pg from "pg";
import type { FoundPaper } from "#lib/papers/types.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { openDatabase, sentenceFor } from "#scripts/with-database.ts";

const help = `node bench/import.ts [--sizes 10000,100000] [--rounds 3] [--batch 1000] FILE…

Papers per second of storePapers (what gathering and importing end in) against a plain COPY of the very rows that it wrote
into the same tables with their indexes and triggers: the same server, from files of the server, which is the fastest way
there is. Every tenth paper is also told by a second source, with counts. Prints each round, the best of each, the ratio, and
storePapers' processor time in this process.

FILE holds JSON lines { id, title, summary, authors, categories, comment }, plain or .gz. Titles, abstracts and authors of
different lines are put together anew, so that there are as many papers as are asked for, each of usual length.
`;

type Line = { title: string; summary: string; authors: string[]; categories: string[]; comment: string | null };

const { values, positionals } = parseCommand({ help, options: ["sizes", "rounds", "batch"], positionals: true });
if (positionals.length === 0) wrongUsage("Name a file of papers");
const sizes = (values.sizes ?? "10000,100000").split(",").map(Number);
const rounds = Number(values.rounds ?? 3);
const batch = Number(values.batch ?? 1000);
if (![...sizes, rounds, batch].every((number) => Number.isInteger(number) && number > 0)) {
  wrongUsage("Sizes, rounds and batch are whole numbers");
}

const tables = ["papers", "source_records", "listings", "signals"];
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
  for (const size of sizes) await compare(recombine(lines, size));
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

async function compare(found: FoundPaper[][]): Promise<void> {
  const papers = new Set(found.flat().map(({ id }) => id)).size;
  const best = { ours: 0, copy: 0 };
  for (let round = 1; round <= rounds; round++) {
    await empty();
    const ours = await timed(() => store(found));
    await client.query("CHECKPOINT");
    for (const table of tables) await client.query(`COPY ${table} TO '${fileOf(table)}'`);
    await empty();
    const copy = await timed(async () => {
      for (const table of tables) await client.query(`COPY ${table} FROM '${fileOf(table)}'`);
    });
    best.ours = Math.max(best.ours, papers / ours.seconds);
    best.copy = Math.max(best.copy, papers / copy.seconds);
    const share = Math.round((ours.processor / ours.seconds) * 100);
    console.log(
      `${papers} papers, round ${round}: storePapers ${rate(papers / ours.seconds)} (Node at work ${share} % of the time), COPY ${rate(papers / copy.seconds)}`,
    );
  }
  const cost = (1e6 / best.ours).toFixed(0);
  console.log(
    `${papers} papers, best: storePapers ${rate(best.ours)} (${cost} µs a paper), COPY ${rate(best.copy)}, ratio ${(best.ours / best.copy).toFixed(2)}\n`,
  );
}

function rate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString("en")}/s`;
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

async function timed(work: () => Promise<void>): Promise<{ seconds: number; processor: number }> {
  const began = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - began) / 1000, processor: (user + system) / 1e6 };
}

async function readLines(paths: string[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const path of paths) {
    const file = createReadStream(path);
    const whole = await text(path.endsWith(".gz") ? file.pipe(createGunzip()) : file);
    lines.push(...whole.split("\n").flatMap((line) => (line ? [JSON.parse(line)] : [])));
  }
  return lines;
}

/** So many papers that nobody wrote, in batches; the same lines always give the same. */
function recombine(lines: Line[], size: number): FoundPaper[][] {
  const batches: FoundPaper[][] = [];
  for (let start = 0; start < size; start += batch) {
    const length = Math.min(batch, size - start);
    batches.push(Array.from({ length }, (_, index) => paperOf(lines, start + index)).flat());
  }
  return batches;
}

function paperOf(lines: Line[], number: number): FoundPaper[] {
  const pick = (part: string): Line => {
    const drawn = createHash("md5").update(`${part} ${number}`).digest().readUInt32BE();
    const line = lines[drawn % lines.length];
    if (!line) throw new Error("The files hold no line.");
    return line;
  };
  const { authors, categories, comment } = pick("authors");
  const day = Temporal.PlainDate.from("2020-01-01").add({ days: Math.floor(number / 200) });
  const month = day.toString().slice(2, 7).replace("-", "");
  const submittedAt = day.subtract({ days: 1 }).toZonedDateTime({ timeZone: "UTC", plainTime: "09:10:11" }).toInstant();
  const told = {
    id: `${month}.${String(number % 100_000).padStart(5, "0")}` as FoundPaper["id"],
    title: pick("title").title,
    abstract: pick("abstract").summary,
    authors: authors.slice(0, 50),
    journalRef: null,
    doi: null,
    licenseUrl: null,
    projectUrl: null,
    codeUrl: null,
    submittedAt,
    revisedAt: null,
    versionDates: [],
    day,
  };
  const arxiv: FoundPaper = {
    ...told,
    source: "arxiv",
    version: 1,
    categories,
    comment,
    announcedOn: day,
    signals: [],
    fields: {},
  };
  if (number % 10 > 0) return [arxiv];
  return [
    arxiv,
    {
      ...told,
      source: "huggingface",
      version: null,
      categories: [],
      comment: null,
      announcedOn: null,
      signals: [{ kind: "upvotes", value: 1 + (number % 90) }],
      fields: { numComments: number % 7, submittedOnDailyAt: day.toString() },
    },
  ];
}
