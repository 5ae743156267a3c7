import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startSourceServer } from "#tests/fakes/source-server.ts";
import { freePort, runSite } from "#tests/setup/run-site.ts";

declare module "vitest" {
  interface ProvidedContext {
    siteUrl: string;
    dataDir: string;
    today: string;
  }
}

/** The whole site as `npm start` serves it, once for all browser tests: real database, real build, sources on loopback. */
export default async function setup(project: TestProject) {
  const dataDir = mkdtempSync(join(tmpdir(), "broadsheet-e2e-"));
  const sources = await startSourceServer();
  const port = await freePort();
  const site = runSite({
    ...sources.settings,
    DATA_DIR: dataDir,
    PORT: String(port),
    CRON_SECRET: "a secret for the tests only, of forty letters",
  });
  const siteUrl = `http://localhost:${port}`;
  await site.said("Gathered");
  project.provide("siteUrl", siteUrl);
  project.provide("dataDir", dataDir);
  project.provide("today", Temporal.Now.plainDateISO("UTC").toString());
  return async () => {
    await site.end();
    await sources.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
