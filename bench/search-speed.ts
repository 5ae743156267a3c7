// node bench/search-speed.ts --help
import { execFile } from "node:child_process";
import { globSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { load } from "./load.ts";
import type { Asked } from "./search-speed/ask.ts";
import { askPostgres, type ServerTiming } from "./search-speed/ask-postgres.ts";
import { makeQuestions } from "./search-speed/questions.ts";
import { type Line, readLines, recombine } from "./search-speed/recombine.ts";
import { startPostgres } from "#lib/platform/embedded-postgres.ts";
import { openEngine } from "#lib/search/open-engine.ts";
import type { SearchableText } from "#lib/search/types.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";

const help = `node bench/search-speed.ts [--sizes 100000,1000000] [--postgres 100000] [--page URL] [FILE…]

How long the search index takes to be built, and to answer, by kinds of question: p50 and p95 of 100 different questions of
each, asked one after the other, each for its best thousand papers with facets. How large it is, and what a process holds in
memory that has it open. In the same run Postgres (GIN index, ts_rank_cd, twenty papers, no facets) is asked the same at
--postgres papers (0: not), thirty questions of three kinds, each for ten seconds at most, and the ratio is told if that is one of
the sizes. With --page, an address of a running site on
this machine: how long its answers take before and while the first index is built.

FILE holds JSON lines { title, summary, authors, categories }, plain or .gz; without one, ../shared/data/bulk/daily-arxiv.
The papers are made of them: titles, halves of abstracts and authors drawn by lot and put together anew, and two made-up
rare words each, so that the vocabulary grows with the store as a real one does. Times are of a busy machine if it is busy:
the load is printed.
`;

const { values, positionals } = parseCommand({ help, options: ["sizes", "postgres", "page"], positionals: true });
const sizes = (values.sizes ?? "100000,1000000").split(",").map(Number);
const inPostgres = Number(values.postgres ?? 100_000);
if (![...sizes, inPostgres].every((number) => Number.isInteger(number) && number >= 0)) {
  wrongUsage("Sizes are whole numbers");
}
const files = positionals.length > 0 ? positionals : globSync("../shared/data/bulk/daily-arxiv/*.jsonl.gz").sort();
if (files.length === 0) wrongUsage("Name a file of papers");

const folder = mkdtempSync(join(tmpdir(), "broadsheet-bench-"));
try {
  const lines = readLines(files);
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`);
  if (values.page) await measurePage(values.page, lines);
  const ours = new Map<number, Asked["classes"]>();
  for (const size of sizes) ours.set(size, await measure(lines, size));
  if (inPostgres > 0) await compareWithPostgres(lines, ours.get(inPostgres));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(lines: readonly Line[], size: number): Promise<Asked["classes"]> {
  const path = join(folder, `index-${size}.sqlite`);
  const { seconds, processor } = await build(path, lines, size);
  const megabytes = Math.round(statSync(path).size / 1e6);
  console.log(`\n${size.toLocaleString("en")} papers`);
  console.log(
    `built in ${seconds.toFixed(0)} s (${processor.toFixed(0)} s of processor time, with the making of the papers):`,
  );
  console.log(`${Math.round(size / seconds).toLocaleString("en")} papers/s, ${megabytes} MB`);
  const questions = join(folder, "questions.json");
  writeFileSync(questions, JSON.stringify(makeQuestions(lines, size)));
  const ask = join(import.meta.dirname, "search-speed/ask.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [ask, path, questions]);
  const asked: Asked = JSON.parse(stdout);
  console.log(
    `resident ${mb(asked.resident)} MB; Node alone, before the index was opened, ${mb(asked.residentBefore)} MB`,
  );
  console.log(`four readers of three words at once: ${Math.round(asked.perSecond)} searches/s`);
  printTimings(asked.classes);
  return asked.classes;
}

function printTimings(classes: Record<string, Omit<ServerTiming, "ended"> & { work?: number }>): void {
  console.log("| milliseconds | p50 | p95 | slowest | processor, p50 |\n|---|---|---|---|---|");
  for (const [name, { p50, p95, worst, work }] of Object.entries(classes)) {
    const numbers = [p50, p95, worst, work].map((number) => number?.toFixed(1) ?? "");
    console.log(`| ${name} | ${numbers.join(" | ")} |`);
  }
}

async function build(path: string, lines: readonly Line[], size: number) {
  const writer = openEngine(path, "bulk");
  const began = performance.now();
  const before = process.cpuUsage();
  let batch: SearchableText[] = [];
  let written: Promise<void> = Promise.resolve();
  for (const paper of recombine(lines, size)) {
    if (batch.push(paper) < 1000) continue;
    // The next thousand is made while the thread writes this one.
    await written;
    written = writer.index(batch);
    batch = [];
  }
  await written;
  await writer.index(batch);
  await writer.compact();
  const seconds = (performance.now() - began) / 1000;
  await writer.close();
  const { user, system } = process.cpuUsage(before);
  return { seconds, processor: (user + system) / 1e6 };
}

async function compareWithPostgres(lines: readonly Line[], ours: Asked["classes"] | undefined): Promise<void> {
  const postgres = await startPostgres(join(folder, "postgres"), { database: "bench" });
  try {
    const asked = ["one common word", "three words", "six words"];
    const questions = Object.entries(makeQuestions(lines, inPostgres)).filter(([name]) => asked.includes(name));
    const timings = await askPostgres(lines, inPostgres, {
      url: postgres.url,
      questions: Object.fromEntries(questions),
    });
    console.log(`\nPostgres, ${inPostgres.toLocaleString("en")} papers`);
    printTimings(timings);
    const ended = Object.values(timings).reduce((sum, timing) => sum + timing.ended, 0);
    console.log(`${ended} questions were ended after ten seconds, and count as that long`);
    for (const name of asked) {
      const [theirs, own] = [timings[name], ours?.[name]];
      if (theirs && own) console.log(`${name}: ${(theirs.p50 / own.p50).toFixed(1)} times ours at p50`);
    }
  } finally {
    await postgres.stop();
  }
}

async function measurePage(url: string, lines: readonly Line[]): Promise<void> {
  await load(url, { connections: 4, seconds: 2 });
  const idle = await load(url, { connections: 4, seconds: 5 });
  const built = build(join(folder, "beside.sqlite"), lines, 20_000);
  const during = await load(url, { connections: 4, seconds: 5 });
  await built;
  console.log(
    `\n${url}: p99 ${idle.p99} ms, ${Math.round(idle.perSecond)}/s; while an index is built p99 ${during.p99} ms,`,
  );
  console.log(`${Math.round(during.perSecond)}/s: ${(during.p99 / Math.max(1, idle.p99)).toFixed(1)} times as long`);
}

function mb(bytes: number): number {
  return Math.round(bytes / 1e6);
}
