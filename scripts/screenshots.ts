// node scripts/screenshots.ts --help
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { oddStatesOf, type State, signedInStatesOf, signInByOutbox, statesOf } from "#scripts/picture-states.ts";
import { sampleEdition, startSampleSite } from "#scripts/sample-site.ts";
import { startSourceServer } from "#tests/fakes/source-server.ts";
import { weekdaysBack } from "#tests/fakes/world.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { findChromium } from "#tests/setup/find-chromium.ts";

const help = `node scripts/screenshots.ts FOLDER [--url http://localhost:3000] [--only WORD] [--full | --readme]

Pictures of every page and state, 1280 and 390 wide, in the light and the dark scheme, into FOLDER. Without --url it starts
two sites and ends them again: one on the bundled sample, which reaches no source, and one on papers that are hard to draw.

  --url ADDRESS  a site that runs, with its own papers; the hard ones are left out
  --only WORD    only states whose name has this word: edition, odd, search …
  --full         the whole page rather than the first screen
  --readme       the two pictures of the README instead (edition-light.png, edition-dark.png)
`;

const { values, flags, positionals } = parseCommand({
  help,
  options: ["url", "only"],
  flags: ["full", "readme"],
  positionals: true,
});
const folder = positionals[0] ?? wrongUsage("Name a folder");
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch(await findChromium());
try {
  if (flags.has("readme")) await onSample((url) => takeForReadme(browser, url));
  else if (values.url) await takeAll(values.url, await discover(values.url));
  else {
    await onSample((url) => takeAll(url, { day: sampleEdition, paper: "/papers/2608.12313" }));
    await onOddPapers();
  }
} finally {
  await browser.close();
}

async function takeAll(url: string, places: { day: string; paper: string }): Promise<void> {
  await take(browser, url, { states: statesOf(places) });
  await take(browser, url, { states: signedInStatesOf(places), signedIn: true });
}

async function onSample(work: (url: string) => Promise<void>): Promise<void> {
  const site = values.url ? { url: values.url, end: async () => undefined } : await startSampleSite();
  await work(site.url).finally(site.end);
}

async function onOddPapers(): Promise<void> {
  const sources = await startSourceServer({ odd: true });
  const site = await startSampleSite(sources.settings);
  try {
    const [strange, single, crowded] = weekdaysBack(sources.world.today, 3).map((day) => `/papers/date/${day}`);
    if (!strange || !single || !crowded) throw new Error("There are no three weekdays.");
    const many = await firstPaperOf(`${site.url}${strange}`);
    await take(browser, site.url, { states: oddStatesOf({ strange, single, crowded, many }) });
  } finally {
    await site.end();
    await sources.close();
  }
}

async function take(
  from: Browser,
  baseURL: string,
  { states, signedIn = false }: { states: State[]; signedIn?: boolean },
): Promise<void> {
  const wanted = states.filter(({ name }) => name.includes(values.only ?? ""));
  if (wanted.length === 0) return;
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      const viewport = { width, height };
      const context = await from.newContext({ baseURL, viewport, colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      if (signedIn) await signInByOutbox(page, `pictures-${width}-${colorScheme}@example.org`);
      for (const { name, path, prepare, width: narrow = width } of wanted) {
        await page.setViewportSize({ width: Math.min(narrow, width), height });
        await page.goto(path);
        await prepare?.(page);
        const file = join(folder, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: flags.has("full") });
        process.stdout.write(`${file}\n`);
      }
      await context.close();
    }
  }
}

/** The newest closed day and the first paper of a site that runs. */
async function discover(url: string): Promise<{ day: string; paper: string }> {
  const html = await (await fetch(url)).text();
  const day = /href="(\/papers\/date\/[\d-]+)"/.exec(html)?.[1];
  if (!day) throw new Error(`${url} has no papers yet.`);
  return { day, paper: await firstPaperOf(`${url}${day}`) };
}

/** A site that has just begun may still be reading its sources. */
function firstPaperOf(address: string): Promise<string> {
  return eventually(async () => {
    const html = await (await fetch(address)).text();
    return /<h2[^>]*><a href="(\/papers\/[^"]+)"/.exec(html)?.[1] ?? null;
  }, `a paper at ${address}`);
}

async function takeForReadme(from: Browser, url: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await from.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, colorScheme });
    const page = await context.newPage();
    await page.goto(sampleEdition);
    // The word that no source can be reached is true of this run only.
    await page.addStyleTag({ content: "main > [role=status] { display: none }" });
    await page.screenshot({ path: join(folder, `edition-${colorScheme}.png`) });
    await context.close();
  }
}
