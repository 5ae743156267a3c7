import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type ParsedMail, simpleParser } from "mailparser";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { eventually } from "#tests/setup/eventually.ts";
import { findChromium } from "#tests/setup/find-chromium.ts";

export const siteUrl: string = inject("siteUrl");

// A page that is not found is meant to be: the browser reports its status as an error of its own. And what looks into pages
// is kept out of a letter's frame, as every script is.
const expected = /status of 404|Blocked script execution in 'about:srcdoc'/;

export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>;

/**
 * A browser for the tests of a file. The returned function opens a page as a new reader, with cookies of their own; what a
 * page writes to the console as an error, or throws, fails the test.
 */
export function withBrowser(): OpenPage {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch(await findChromium());
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(errors.splice(0)).toEqual([]);
  });

  return async (options = {}) => {
    const context = await browser.newContext({ baseURL: siteUrl, reducedMotion: "reduce", ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on("console", (message) => {
      if (message.type() === "error" && !expected.test(message.text())) errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    return page;
  };
}

/** The mails that came for an address, oldest first; of another site when its data folder is named. */
export async function mailbox(address: string, dataDir: string = inject("dataDir")): Promise<ParsedMail[]> {
  const folder = join(dataDir, "outbox");
  const files = safeList(folder).filter((name) => name.endsWith(".eml") && !name.startsWith("."));
  const mails = await Promise.all(files.sort().map((name) => simpleParser(readFileSync(join(folder, name)))));
  return mails.filter(({ to }) => [to].flat().some((header) => header?.text.includes(address)));
}

/** The first address below `path` of this site in the mails that came for somebody, once it has come. */
export function linkMailedTo(address: string, path: string): Promise<string> {
  const link = new RegExp(`${siteUrl}${path}[^\\s>)\\]]+`);
  return eventually(
    async () => (await mailbox(address)).map(({ text }) => link.exec(text ?? "")?.[0]).find(Boolean),
    `a mail to ${address} with a link to ${path}`,
  );
}

/** No violation that axe can find, in both colour schemes. In the second only what is about colours can be another. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page });
    const { violations } = await (colorScheme === "dark" ? axe.withTags("cat.color") : axe).analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
    expect(told, `${page.url()} in ${colorScheme}`).toEqual([]);
  }
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
