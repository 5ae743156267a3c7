import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "#lib/platform/embedded-postgres.ts";
import { guard } from "#tests/setup/guard.ts";

declare module "vitest" {
  interface ProvidedContext {
    templateUrl: string;
  }
}

/** One real Postgres for the run, with a migrated template that each test file copies. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-test-"));
  const unguard = guard({ folder });
  const settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  const postgres = await startPostgres(join(folder, "postgres"), { database: "template", settings });
  execFileSync(process.execPath, ["scripts/migrate.ts"], { env: { ...process.env, DATABASE_URL: postgres.url } });
  project.provide("templateUrl", postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
    unguard();
  };
}
