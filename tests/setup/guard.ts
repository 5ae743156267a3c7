import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

type Left = {
  /** A process to end as Ctrl-C does. */
  pid?: number | undefined;
  /** A folder of the test, under the system's temporary one, that may hold a Postgres in `postgres`. */
  folder?: string | undefined;
};

/**
 * Sees to it that nothing is left behind when this process ends before it could clean up: a run that was killed, or whose
 * output nobody reads any more (`npm test | head`). The returned function takes the guard away.
 */
export function guard(left: Left): () => void {
  const watcher = spawn(process.execPath, [import.meta.filename, JSON.stringify(left)], {
    // Not of our group: what ends us by Ctrl-C must not end it.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  watcher.on("error", () => undefined);
  watcher.stdin.on("error", () => undefined);
  return () => void watcher.stdin.end("done");
}

/** Its end of the pipe closes when the guarded process ends, however that came. */
async function watch({ pid, folder }: Left): Promise<void> {
  let said = "";
  process.stdin.on("data", (chunk) => {
    said += chunk;
  });
  await once(process.stdin, "end");
  if (said === "done") return;
  if (pid) await end(pid, "SIGTERM");
  if (!folder || !resolve(folder).startsWith(resolve(tmpdir()))) return;
  const postmaster = pidOfPostgres(folder);
  // Fast: it does not wait for those who are connected.
  if (postmaster) await end(postmaster, "SIGINT");
  rmSync(folder, { recursive: true, force: true });
}

async function end(pid: number, signal: NodeJS.Signals): Promise<void> {
  const lives = () => send(pid, 0);
  send(pid, signal);
  for (let look = 0; look < 150 && lives(); look++) await new Promise((next) => setTimeout(next, 200));
  if (lives()) send(pid, "SIGKILL");
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function pidOfPostgres(folder: string): number | null {
  const file = join(folder, "postgres", "postmaster.pid");
  return existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) || null : null;
}

if (import.meta.main) await watch(JSON.parse(process.argv[2] ?? "{}"));
