// node scripts/migrate.ts            apply prisma/migrations/* (does nothing when all are applied)
// node scripts/migrate.ts new NAME   write the next migration: prisma/migrations/schema.prisma (last) → prisma/schema.prisma
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";

const migrationsDir = join(import.meta.dirname, "../prisma/migrations");
const readText = (path: string) => readFileSync(path, "utf8");
const schema = { path: "schema.prisma", content: readText(join(migrationsDir, "../schema.prisma")) };
const filters = { externalTables: [], externalEnums: [] };

/** All migrations there are, in their order. */
export function listMigrations(): string[] {
  return readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * Applies what is not applied yet and names it. Several processes at once apply each migration once. `names` are all of them
 * or, for a database as it was earlier, the first few.
 */
export async function applyMigrations(url: string, names: readonly string[] = listMigrations()): Promise<string[]> {
  const engine = await engineFor(url);
  const migrationDirectories = names.map((name) => ({
    path: name,
    migrationFile: {
      path: "migration.sql",
      content: { tag: "ok" as const, value: readText(join(migrationsDir, name, "migration.sql")) },
    },
  }));
  const lockfile = { path: "migration_lock.toml", content: 'provider = "postgresql"\n' };
  const migrationsList = { baseDir: migrationsDir, lockfile, shadowDbInitScript: "", migrationDirectories };
  return (await engine.applyMigrations({ filters, migrationsList })).appliedMigrationNames;
}

/** Writes the SQL from the schema of the last migration to today's. Its reasons and CHECKs are added by hand. */
export async function writeMigration(url: string, name: string, stamp: string): Promise<string> {
  const last = join(migrationsDir, "schema.prisma");
  const to = { tag: "schemaDatamodel" as const, files: [schema] };
  const from = existsSync(last)
    ? { ...to, files: [{ path: "schema.prisma", content: readText(last) }] }
    : { tag: "empty" as const };
  const diff = await (await engineFor(url)).diff({ from, to, script: true, exitCode: true, filters });
  if (diff.exitCode !== 2) return "no difference";
  mkdirSync(join(migrationsDir, `${stamp}_${name}`), { recursive: true });
  writeFileSync(join(migrationsDir, `${stamp}_${name}`, "migration.sql"), diff.stdout ?? "");
  writeFileSync(last, schema.content);
  return `${stamp}_${name}`;
}

let engineIsLoaded: Promise<void> | undefined;

async function engineFor(connectionString: string) {
  engineIsLoaded ??= loadEngine();
  await engineIsLoaded;
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString, max: 1 }));
  return engineModule.SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => undefined, adapter);
}

/** Once for a process: a second one would not know the memory of the first. */
async function loadEngine(): Promise<void> {
  // A panic in the engine calls this; without it every panic reads "Cannot read properties of undefined".
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => process.stderr.write(`${message}\n`) },
  });
  const wasm = fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg")).replace(
    /\.js$/,
    ".wasm",
  );
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { "./schema_engine_bg.js": engineModule });
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

const help = `Usage: DATABASE_URL=postgresql://… npm run migrate [-- new NAME]

Applies the migrations that are not applied yet; npm start does so by itself. With "new NAME" it writes the next one, from the
schema of the last migration to prisma/schema.prisma.
`;

if (import.meta.main) {
  const [verb, name] = process.argv.slice(2);
  const url = process.env.DATABASE_URL ?? "";
  if (verb === "--help" || !url) {
    process.stderr.write(
      url || verb === "--help" ? help : "Set DATABASE_URL to the database to migrate. Try --help.\n",
    );
    process.exit(verb === "--help" ? 0 : 2);
  }
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const done = verb === "new" && name ? writeMigration(url, name, stamp) : applyMigrations(url);
  process.stdout.write(`${JSON.stringify(await done)}\n`);
  process.exit(0);
}
