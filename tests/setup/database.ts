import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, inject } from "vitest";

// A database and a data folder of its own for each test file, set before any module of ours is loaded.
const templateUrl = inject("templateUrl");
const name = `test_${randomBytes(6).toString("hex")}`;

const admin = new pg.Client({ connectionString: withDatabase(templateUrl, "postgres") });
await admin.connect();
for (let attempt = 0; ; attempt++) {
  try {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template`);
    break;
  } catch (error) {
    // Another file copies the template at this moment: Postgres allows one copy at a time.
    if (attempt > 50) throw error;
    await new Promise((next) => setTimeout(next, 50));
  }
}
await admin.end();

process.env.DATABASE_URL = withDatabase(templateUrl, name);
const dataDir = mkdtempSync(join(tmpdir(), "broadsheet-test-data-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

process.env.DATA_DIR = dataDir;
process.env.SECRET = "a secret for the tests only, of forty letters";

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
