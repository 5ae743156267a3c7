// node bench/serve.ts --help
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Load, load } from "./load.ts";
import { median } from "./median.ts";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { openDatabase, sentenceFor } from "#scripts/with-database.ts";

const help = `node bench/serve.ts [--path /] [--seconds 5] [--rounds 5] [FILE…]
node bench/serve.ts --ours URL --stock URL [--path /] [--seconds 5] [--rounds 5]

One page at 32 connections: our server (server.ts) against stock "next start" on the same build and database, taking
turns, so that whatever else the machine does meets both. Prints each round, the medians and their ratio.

Without addresses it starts both itself, on an embedded Postgres in a temporary folder filled with the bundled sample, or
with FILE…: answers of Hugging Face's /api/daily_papers. It needs a build (npm run build).

  --ours URL, --stock URL  two sites that run already
  --path PATH              the page to ask for (/: the latest edition)
  --seconds N, --rounds N  how long, how often
`;

type Site = { name: string; url: string; child?: ChildProcess };

const CONNECTIONS = 32;
const root = join(import.meta.dirname, "..");
const { values, positionals } = parseCommand({
  help,
  options: ["ours", "stock", "path", "seconds", "rounds"],
  positionals: true,
});
const seconds = count(values.seconds, "--seconds");
const rounds = count(values.rounds, "--rounds");
const path = values.path ?? "/";

try {
  await bench(values);
} catch (error) {
  console.error(sentenceFor(error));
  process.exit(1);
}
process.exit();

async function bench({ ours, stock }: { ours?: string; stock?: string }): Promise<void> {
  if (!ours !== !stock) wrongUsage("Name both --ours and --stock, or neither");
  if (ours && stock) await compare({ name: "ours", url: ours }, { name: "stock", url: stock });
  else await compareOwn(positionals);
}

function count(text: string | undefined, option: string): number {
  if (text !== undefined && !/^[1-9]\d{0,2}$/.test(text)) wrongUsage(`${option} must be a number from 1 to 999`);
  return Number(text ?? 5);
}

async function compareOwn(files: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-bench-"));
  Object.assign(process.env, { DATA_DIR: folder, WORKER: "0", NODE_ENV: "production" });
  const postgres = await openDatabase();
  const sites: Site[] = [];
  try {
    await fill(files);
    sites.push(await start("ours", 4511, ["server.ts"]));
    sites.push(
      await start("stock", 4512, ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", "4512"]),
    );
    const [ours, stock] = sites;
    if (ours && stock) await compare(ours, stock);
  } finally {
    for (const { child } of sites) await ended(child);
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(files: string[]): Promise<void> {
  if (files.length > 0) {
    const script = join(root, "scripts/import.ts");
    // Not a synchronous call: Postgres writes its log through this process.
    const child = spawn(process.execPath, [script, ...files.map((file) => resolve(file))], { stdio: "ignore" });
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`The files could not be imported. Ask why: npm run import -- ${files.join(" ")}`);
    return;
  }
  const { loadSampleIfEmpty } = await import("#lib/sources/sample/commands.ts");
  const { now } = await import("#lib/platform/clock.ts");
  await loadSampleIfEmpty({ now: now() });
}

async function start(name: string, port: number, args: string[]): Promise<Site> {
  const url = `http://localhost:${port}`;
  const env = { ...process.env, HOST: "127.0.0.1", PORT: String(port), SITE_URL: url };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  for (let attempt = 0; attempt < 100; attempt++) {
    if (child.exitCode !== null) throw new Error(`${name} (${args.join(" ")}) ended with ${child.exitCode}.`);
    const answer = await fetch(`${url}${path}`).catch(() => null);
    if (answer?.ok) return { name, url, child };
    if (answer) throw new Error(`${name} answers ${answer.status} at ${path}.`);
    await sleep(200);
  }
  throw new Error(`${name} did not answer at ${url} within 20 seconds.`);
}

async function ended(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null) return;
  const exit = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await exit;
}

async function compare(ours: Site, stock: Site): Promise<void> {
  const page = await describePage(ours);
  console.log(
    `${page}, ${CONNECTIONS} connections, ${rounds} rounds of ${seconds} s, ${cpus().length} processors shared`,
  );
  for (const site of [ours, stock]) await load(`${site.url}${path}`, { connections: CONNECTIONS, seconds: 2 }); // both warm
  const results = new Map<Site, Load[]>([
    [ours, []],
    [stock, []],
  ]);
  for (let round = 1; round <= rounds; round++) {
    for (const [site, done] of results) {
      const result = await load(`${site.url}${path}`, { connections: CONNECTIONS, seconds });
      done.push(result);
      console.log(`${round} ${site.name.padEnd(5)} ${say(result)}`);
    }
  }
  const [a = 0, b = 0] = [...results.values()].map((done) => median(done.map(({ perSecond }) => perSecond)));
  console.log(`median: ours ${Math.round(a)}/s, stock next start ${Math.round(b)}/s, ratio ${(a / b).toFixed(0)}`);
}

async function describePage({ url }: Site): Promise<string> {
  const html = await (await fetch(`${url}${path}`)).text();
  return `${path}: ${Math.round(Buffer.byteLength(html) / 1024)} KB of HTML`;
}

function say({ perSecond, p99, failed }: Load): string {
  return `${Math.round(perSecond)} requests/s, 99 % within ${p99} ms, ${failed} failed`;
}
