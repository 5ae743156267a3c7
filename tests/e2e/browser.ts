import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type ParsedMail, simpleParser } from "mailparser";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { test as base, expect, inject } from "vitest";
import { findChromium } from "#tests/setup/find-chromium.ts";

export type Opened = Page & { consoleErrors: string[] };
type Fixtures = {
  browser: Browser;
  /** A new reader: own cookies. Anything the page writes to the console as an error fails the test. */
  open: (options?: BrowserContextOptions) => Promise<Page>;
  /** The mails that came for an address, oldest first. */
  mailbox: (address: string) => Promise<ParsedMail[]>;
};

export const siteUrl: string = inject("siteUrl");

/** Tests that look at the site through a real browser. */
export const test = base.extend<Fixtures>({
  browser: [
    // biome needs no other form: vitest reads the fixtures' names from this pattern
    async ({}, use) => {
      const browser = await chromium.launch(await findChromium());
      await use(browser);
      await browser.close();
    },
    { scope: "file" },
  ],
  open: async ({ browser }, use) => {
    const errors: string[] = [];
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: siteUrl, ...options });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("pageerror", (error) => errors.push(error.message));
      return page;
    });
    for (const context of contexts) await context.close();
    expect(errors).toEqual([]);
  },
  mailbox: async ({}, use) => {
    await use(readMailbox);
  },
});

/** Waits until `look` gives something, and gives that. */
export async function eventually<T>(look: () => Promise<T | null | undefined | false>, what: string): Promise<T> {
  const deadline = performance.now() + 15_000;
  while (performance.now() < deadline) {
    const found = await look();
    if (found) return found;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`Waited 15 seconds for ${what}.`);
}

/** No violation that axe can find, in both colour schemes. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
    expect(told, `${page.url()} in ${colorScheme}`).toEqual([]);
  }
}

async function readMailbox(address: string): Promise<ParsedMail[]> {
  const folder = join(inject("dataDir"), "outbox");
  const files = safeList(folder).filter((name) => name.endsWith(".eml") && !name.startsWith("."));
  const mails = await Promise.all(files.sort().map((name) => simpleParser(readFileSync(join(folder, name)))));
  return mails.filter(({ to }) => [to].flat().some((header) => header?.text.includes(address)));
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
