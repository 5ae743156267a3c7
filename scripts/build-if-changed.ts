import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const stamp = join(root, ".next", "broadsheet-build");

// What the build is made from. A change elsewhere (tests, docs) needs no new build.
const inputs = [
  "app",
  "components",
  "emails",
  "lib",
  "prisma/schema.prisma",
  "public",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
  "tsconfig.json",
];

/** Builds the site if its sources or the lock file changed since the last build. Throws with the compiler's own words. */
export async function buildIfChanged(say: (line: string) => void): Promise<void> {
  const hash = hashOfInputs();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  say("Building the site (half a minute) …");
  rmSync(stamp, { force: true });
  const { code, said } = await run(join(root, "node_modules/next/dist/bin/next"), ["build"]);
  if (code !== 0) throw new Error(`The site could not be built.\n${said.trim().split("\n").slice(-30).join("\n")}`);
  writeFileSync(stamp, hash); // last, so that a build that was cut off counts as none
}

function run(program: string, args: string[]): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  return new Promise((done) => child.on("close", (code) => done({ code, said })));
}

function hashOfInputs(): string {
  const hash = createHash("sha256").update(process.version);
  for (const path of inputs.flatMap((input) => filesUnder(join(root, input))).sort()) {
    hash.update(relative(root, path)).update("\0").update(readFileSync(path));
  }
  return hash.digest("hex");
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => (/\.test\.tsx?$/.test(name) ? [] : filesUnder(join(path, name))));
}

if (import.meta.main) {
  try {
    await buildIfChanged((line) => process.stdout.write(`${line}\n`));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}
