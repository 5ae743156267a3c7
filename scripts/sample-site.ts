import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type SampleSite = { url: string; end: () => Promise<void> };

/** The day of the sample that has the most papers. */
export const sampleEdition = "/papers/date/2026-08-20";

const nowhere = "http://127.0.0.1:9";
const noSource = { HUGGINGFACE_URL: nowhere, ARXIV_API_URL: nowhere, ARXIV_RSS_URL: nowhere };

/**
 * A site of its own, with a temporary folder; builds first when the sources changed. Without settings it reaches no
 * source, so that it shows the bundled sample. Given once its front page has papers.
 */
export async function startSampleSite(settings: Record<string, string> = noSource): Promise<SampleSite> {
  const dataDir = mkdtempSync(join(tmpdir(), "broadsheet-sample-"));
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    DATA_DIR: dataDir,
    PORT: String(port),
    ...settings,
  };
  const child = spawn(process.execPath, ["scripts/serve.ts"], { env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise((done) => child.on("exit", done));
  const end = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const url = `http://localhost:${port}`;
  for (let wait = 0; wait < 600 && child.exitCode === null; wait++) {
    // The front page: while it is empty it is not kept, as a day without papers is.
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok && (await answer.text()).includes("<article")) return { url, end };
    await new Promise((next) => setTimeout(next, 500));
  }
  await end();
  throw new Error("The site had no papers within five minutes.");
}

/** The site itself is given, or one that shows the sample is started for `work` and ended after it. */
export async function withSite<T>(given: string | undefined, work: (url: string) => Promise<T>): Promise<T> {
  if (given) return work(given.replace(/\/$/, ""));
  const site = await startSampleSite();
  try {
    return await work(site.url);
  } finally {
    await site.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(address && typeof address === "object" ? address.port : 0));
    });
  });
}
