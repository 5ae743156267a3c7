// node bench/javascript.ts --help
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "#tests/setup/find-chromium.ts";
import { median } from "./median.ts";
import { parseCommand } from "#scripts/parse-command.ts";
import { sampleEdition, withSite } from "#scripts/sample-site.ts";

const help = `node bench/javascript.ts [--url http://localhost:3000] [--path ${sampleEdition}] [--rounds 7]

What an edition page sends as JavaScript beyond what React and Next need, compressed, against a limit of 60 KB; how much
the page moves while it is loaded and read (cumulative layout shift); how long it takes to go to the day before, with and
without the browser's prefetch. Without --url it starts a site of its own on the bundled sample.

React and Next need what the build's manifest calls rootMainFiles and polyfillFiles: the chunks that every page of any
Next application loads, an empty one too. All other scripts are ours, and so are the inline ones, in which Next repeats
the page as data: of these counts by how much the compressed page is larger than without them.

Exit codes: 0 within the limits, 1 not.
`;

const LIMIT = 60 * 1024;
const root = join(import.meta.dirname, "..");
const { values } = parseCommand({ help, options: ["url", "path", "rounds"] });
const rounds = Number(values.rounds ?? 7);

process.exitCode = await withSite(values.url, bench);

async function bench(url: string): Promise<number> {
  const browser = await chromium.launch(await findChromium());
  try {
    const path = values.path ?? sampleEdition;
    const ours = await weigh(browser, `${url}${path}`);
    const shift = await measureShift(browser, `${url}${path}`);
    console.log(`layout shift while loading, reading by keyboard and scrolling: ${shift.toFixed(4)}`);
    for (const hovering of [false, true]) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) times.push(await timeNavigation(browser, `${url}${path}`, hovering));
      const sorted = times.toSorted((a, b) => a - b);
      console.log(
        `to the day before, ${hovering ? "prefetched while the pointer rests on the link" : "not prefetched"}: ` +
          `first paint after ${Math.round(median(sorted))} ms (${Math.round(sorted[0] ?? 0)} to ${Math.round(sorted.at(-1) ?? 0)}, ${rounds} rounds)`,
      );
    }
    return ours <= LIMIT && shift === 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
}

/** Prints what the page's scripts weigh; gives the bytes that are ours. */
async function weigh(browser: Browser, address: string): Promise<number> {
  const page = await browser.newPage();
  const scripts: { path: string; bytes: number }[] = [];
  page.on("response", async (response) => {
    if (response.request().resourceType() !== "script") return;
    scripts.push({
      path: new URL(response.url()).pathname,
      bytes: Number(await response.headerValue("content-length")),
    });
  });
  await page.goto(address, { waitUntil: "load" });
  await page.close();
  const framework = frameworkFiles();
  const own = scripts.filter(({ path }) => !framework.has(path));
  const html = await (await fetch(address)).text();
  const inline = compressed(html) - compressed(html.replaceAll(/<script>[\s\S]*?<\/script>/g, ""));
  const ours = sum(own) + inline;
  const needed = scripts.filter(({ path }) => framework.has(path));
  console.log(`React and Next: ${kilobytes(sum(needed))} in ${needed.length} files`);
  console.log(`ours: ${kilobytes(sum(own))} in ${own.length} files, ${kilobytes(inline)} of inline data`);
  console.log(`beyond what React and Next need: ${kilobytes(ours)} of at most ${kilobytes(LIMIT)}`);
  return ours;
}

function frameworkFiles(): Set<string> {
  const manifest = JSON.parse(readFileSync(join(root, ".next", "build-manifest.json"), "utf8"));
  return new Set([...manifest.rootMainFiles, ...manifest.polyfillFiles].map((file: string) => `/_next/${file}`));
}

/** Its sum as Web Vitals count it, and of which elements, for who wants to mend it. */
async function measureShift(browser: Browser, address: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.addInitScript(() => {
    type Shift = PerformanceEntry & { value: number; sources: { node: Element | null }[] };
    new PerformanceObserver((list) => {
      for (const { value, startTime, sources } of list.getEntries() as Shift[]) {
        const moved = sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent?.slice(0, 80));
        const seen = JSON.parse(sessionStorage.getItem("shifts") ?? "[]");
        sessionStorage.setItem("shifts", JSON.stringify([...seen, { value, at: Math.round(startTime), moved }]));
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(address, { waitUntil: "networkidle" });
  for (let press = 0; press < 10; press++) await page.keyboard.press("j");
  await page.mouse.wheel(0, 5000);
  await afterPaint(page);
  const shifts: { value: number }[] = await page.evaluate(() => JSON.parse(sessionStorage.getItem("shifts") ?? "[]"));
  for (const shift of shifts) console.log(`  moved: ${JSON.stringify(shift)}`);
  await page.close();
  return shifts.reduce((total, { value }) => total + value, 0);
}

/** Milliseconds from the click to the first paint of the new page, as the browser itself tells. */
async function timeNavigation(browser: Browser, address: string, hovering: boolean): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address, { waitUntil: "networkidle" });
  const link = page.locator('main a[rel="prev"]').first();
  if (hovering) {
    await link.hover();
    await page.waitForTimeout(1000);
    await link.click();
  } else {
    await link.evaluate((element: HTMLElement) => element.click());
  }
  await page.waitForURL((url) => url.href !== address);
  await page.waitForLoadState("load");
  await afterPaint(page);
  const { paint, prefetched } = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation") as (PerformanceEntry & { deliveryType?: string })[];
    const first = performance.getEntriesByName("first-contentful-paint")[0];
    return { paint: first?.startTime ?? 0, prefetched: navigation?.deliveryType === "navigational-prefetch" };
  });
  if (hovering !== prefetched) console.log(hovering ? "  (it was not prefetched)" : "  (it was prefetched)");
  await context.close();
  return paint;
}

function afterPaint(page: Page): Promise<void> {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
}

/** As the site compresses a page when it is first asked for. */
function compressed(text: string): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}

function sum(files: readonly { bytes: number }[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
