// node scripts/screenshots.ts FOLDER [--url http://localhost:3000]   pictures of a running site: 1280 and 390 wide, light and dark
// Without --url it starts the site itself, on the bundled sample, and ends it again.
// --readme writes the two pictures of the README (edition-light.png, edition-dark.png) instead.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { findChromium } from "#tests/setup/find-chromium.ts";

const pages: Record<string, string> = {
  edition: "/papers/date/2026-08-20",
  home: "/",
  paper: "/papers/2608.12313",
  trending: "/papers/trending",
  search: "/papers?q=reasoning+agents",
  subscribe: "/subscribe",
  about: "/about",
  missing: "/no-such-page",
};

const { values, positionals } = parseArgs({
  options: {
    url: { type: "string" },
    help: { type: "boolean" },
    full: { type: "boolean" },
    readme: { type: "boolean" },
  },
  allowPositionals: true,
});
const [folder] = positionals;
if (values.help || !folder) {
  process.stdout.write("node scripts/screenshots.ts FOLDER [--url http://localhost:3000] [--full | --readme]\n");
  process.exit(values.help ? 0 : 2);
}

mkdirSync(folder, { recursive: true });
const site = values.url ? { url: values.url, end: async () => undefined } : await startSampleSite();
try {
  await (values.readme ? takeForReadme(site.url, folder) : takeAll(site.url, folder));
} finally {
  await site.end();
}

async function takeAll(url: string, into: string): Promise<void> {
  const browser = await chromium.launch(await findChromium());
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ baseURL: url, viewport: { width, height }, colorScheme });
      const page = await context.newPage();
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(path);
        const file = join(into, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: values.full ?? false });
        process.stdout.write(`${file}\n`);
      }
      await context.close();
    }
  }
  await browser.close();
}

async function takeForReadme(url: string, into: string): Promise<void> {
  const browser = await chromium.launch(await findChromium());
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, colorScheme });
    const page = await context.newPage();
    await page.goto("/papers/date/2026-08-20");
    // The word that no source can be reached is true of this run only.
    await page.addStyleTag({ content: "main > [role=status] { display: none }" });
    await page.screenshot({ path: join(into, `edition-${colorScheme}.png`) });
    await context.close();
  }
  await browser.close();
}

/** A site that reaches no source, so that it shows the bundled sample. */
async function startSampleSite(): Promise<{ url: string; end: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), "broadsheet-pictures-"));
  const nowhere = "http://127.0.0.1:9";
  const port = "3917";
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    DATA_DIR: dataDir,
    PORT: port,
    HUGGINGFACE_URL: nowhere,
    ARXIV_API_URL: nowhere,
    ARXIV_RSS_URL: nowhere,
  };
  const child = spawn(process.execPath, ["scripts/serve.ts"], { env, stdio: ["ignore", "inherit", "inherit"] });
  const end = async () => {
    const ended = new Promise((done) => child.on("exit", done));
    child.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const url = `http://localhost:${port}`;
  for (let wait = 0; wait < 600; wait++) {
    // The front page: while it is empty it is not kept, as a day without papers is.
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok && (await answer.text()).includes("<article")) return { url, end };
    await new Promise((next) => setTimeout(next, 500));
  }
  await end();
  throw new Error("The site did not show the sample within five minutes.");
}
