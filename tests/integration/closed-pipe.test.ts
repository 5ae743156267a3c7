import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { eventually } from "#tests/setup/eventually.ts";

const folder = mkdtempSync(join(tmpdir(), "broadsheet-test-pipe-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a test run that ends too early", () => {
  test.each([
    ["is killed", (run: ReturnType<typeof startRun>) => run.kill("SIGKILL")],
    ["whose output is read no further", (run: ReturnType<typeof startRun>) => run.stdout.destroy()],
  ])("and %s leaves no Postgres and no folder behind", async (_how, cut) => {
    const run = startRun();
    const ended = once(run, "exit");
    const postmaster = await eventually(async () => postmasterIn(folder), "its Postgres");
    expect(lives(postmaster)).toBe(true);
    cut(run);
    await ended;
    await eventually(async () => !lives(postmaster), "the end of Postgres");
    await eventually(
      async () => readdirSync(folder).every((name) => !name.startsWith("broadsheet-test")),
      "a clean folder",
    );
  });
});

/** Vitest itself, on one file of ours, with its temporary files in a folder of their own. */
function startRun() {
  const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "integration", "tests/integration/lock.test.ts"];
  const env = { ...process.env, TMPDIR: folder, VITEST: undefined, VITEST_WORKER_ID: undefined };
  return spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "ignore"] });
}

function postmasterIn(place: string): number | null {
  const data = readdirSync(place).find((name) => name.startsWith("broadsheet-test-"));
  const file = join(place, data ?? "none yet", "postgres", "postmaster.pid");
  return existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : null;
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
