// npm run validate: the one gate. Each step prints its name and, when it fails, its own words; the last line counts.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCommand } from "#scripts/parse-command.ts";

const help = `Usage: npm run validate

The gate without the installation: format, lint, import rules, unused code, types, build, unit, integration and browser
tests. The last line counts: N passed, N failed. Exit codes: 0 all passed, 1 something failed.
`;

parseCommand({ help });

const scratch = mkdtempSync(join(tmpdir(), "broadsheet-validate-"));
const results = join(scratch, "tests.json");
const bin = (path: string) => join("node_modules", path);

const checks: [name: string, args: string[]][] = [
  ["format", [bin("@biomejs/biome/bin/biome"), "format", "."]],
  ["lint and import rules", [bin("@biomejs/biome/bin/biome"), "lint", "--error-on-warnings", "."]],
  ["unused code", [bin("knip/bin/knip.js")]],
  ["types of pages", [bin("next/dist/bin/next"), "typegen"]],
  ["types", [bin("typescript/bin/tsc"), "--noEmit"]],
  ["build", ["scripts/build-if-changed.ts"]],
];
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];

// Nobody reads on (`npm test | head`): there is no one to work for. What the tests had started is ended by its guards.
process.stdout.on("error", () => process.exit(1));

const failed: string[] = [];
for (const [name, args] of checks) if (!(await passes(name, args))) failed.push(name);
const testsPass = await passes("unit, integration and end-to-end tests", [
  bin("vitest/vitest.mjs"),
  "run",
  ...reporters,
]);
const tests = readCounts();
rmSync(scratch, { recursive: true, force: true });

if (failed.length > 0) process.stdout.write(`Failed: ${failed.join(", ")}\n`);
const passedCount = checks.length - failed.length + tests.passed;
// A run that broke before it could count its tests is a failure too.
const failedCount = failed.length + (testsPass ? tests.failed : Math.max(1, tests.failed));
process.stdout.write(`${passedCount} passed, ${failedCount} failed\n`);
process.exit(failedCount > 0 ? 1 : 0);

async function passes(name: string, args: string[]): Promise<boolean> {
  process.stdout.write(`▸ ${name}\n`);
  const started = performance.now();
  const [status] = await once(spawn(process.execPath, args, { stdio: "inherit" }), "exit");
  process.stdout.write(`  ${status === 0 ? "ok" : "FAILED"}, ${Math.round((performance.now() - started) / 1000)} s\n`);
  return status === 0;
}

function readCounts(): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
