import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";

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
  const site = startSite({ dataDir, port, sources });
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

function startSite({ dataDir, port, sources }: { dataDir: string; port: number; sources: SourceServer }) {
  const env = {
    ...process.env,
    ...sources.settings,
    NODE_ENV: "production" as const,
    DATA_DIR: dataDir,
    PORT: String(port),
    TZ: "Asia/Kathmandu",
    CRON_SECRET: "a secret for the tests only, of forty letters",
  };
  const child: ChildProcess = spawn(process.execPath, ["scripts/serve.ts"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const said = (words: string) =>
    new Promise<void>((done, fail) => {
      const look = () => output.includes(words) && done();
      child.on("exit", () => fail(new Error(`The site ended before it said “${words}”:\n${output}`)));
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (chunk) => {
          output += chunk;
          look();
        });
      }
    });
  const end = () =>
    new Promise<void>((done) => {
      child.removeAllListeners("exit");
      child.on("exit", () => done());
      child.kill("SIGTERM");
    });
  return { said, end };
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(address && typeof address === "object" ? address.port : 0));
    });
  });
}
