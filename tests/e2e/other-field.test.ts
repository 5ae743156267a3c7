import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, mailbox, withBrowser } from "#tests/e2e/browser.ts";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { freePort, type RunningSite, runSite } from "#tests/setup/run-site.ts";

// A site about combinatorics, made of nothing but examples/combinatorics.config.json.
const dataDir = mkdtempSync(join(tmpdir(), "broadsheet-other-field-"));
const openPage = withBrowser();
let sources: SourceServer;
let site: RunningSite;
let baseURL: string;

beforeAll(async () => {
  sources = await startSourceServer();
  const port = String(await freePort());
  baseURL = `http://localhost:${port}`;
  site = runSite({
    ...sources.settings,
    DATA_DIR: dataDir,
    PORT: port,
    BROADSHEET_CONFIG: resolve("examples/combinatorics.config.json"),
  });
  await site.said("Gathered");
});

afterAll(async () => {
  await site.end();
  await sources.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** All that a page says, also to a screen reader, with where its links lead, and what a search engine takes from it. */
async function wordsOf(page: Page): Promise<string> {
  const description = await page.locator("meta[name=description]").getAttribute("content");
  return [await page.title(), description, await page.locator("body").ariaSnapshot()].join("\n");
}

test("its first page has its own name, its own papers in its own classes, and closes by its own clock", async () => {
  const page = await openPage({ baseURL });
  await page.goto("/");
  expect(await page.title()).toBe("Combinatorics Daily");
  const masthead = page.getByRole("banner");
  expect(await masthead.textContent()).toMatch(
    /Combinatorics Daily\s*New papers in combinatorics and discrete mathematics, printed each night in Paris/,
  );
  const papers = await page.getByRole("article").allInnerTexts();
  expect(papers).toHaveLength(4);
  for (const paper of papers) expect(paper).toMatch(/math\.CO|cs\.DM/);
  expect(await page.getByRole("main").textContent()).toMatch(/(open until|closed) [^·]*, 02:00 Europe\/Paris/);
  // Formulas are typeset in titles and abstracts alike.
  expect(await page.locator("article math").count()).toBeGreaterThan(4);
  await expectAccessible(page);
});

test("no page speaks of another field, or of a source that it does not read", async () => {
  const page = await openPage({ baseURL });
  await page.goto("/");
  const paper = await page.getByRole("article").getByRole("heading").first().getByRole("link").getAttribute("href");
  for (const path of [
    "/",
    paper ?? "",
    "/papers/week",
    "/papers/month",
    "/papers/trending",
    "/papers/date/2001-01-01",
    "/papers?q=quilt",
    "/papers?q=nowhere-to-be-found",
    "/about",
    "/status",
    "/subscribe",
    "/sign-in",
    "/no-such-page",
  ]) {
    await page.goto(path);
    const words = await wordsOf(page);
    expect(words, path).toContain("Combinatorics Daily");
    expect(words, path).not.toMatch(/\bAI\b|Hugging ?Face|Broadsheet|cs\.(LG|CL|CV)/);
  }
  expect(sources.requests.filter(({ path }) => !/^\/(rss|api\/query)/.test(path))).toEqual([]);
});

test("it says what is printed, when a day closes and when it is mailed, and how its one source is doing", async () => {
  const page = await openPage({ baseURL });
  await page.goto("/about");
  const rule = await page.getByRole("main").textContent();
  expect(rule).toContain("those that arXiv announced that day in math.CO, cs.DM. A day closes at 02:00 Europe/Paris.");
  await page.goto("/subscribe");
  expect(await page.getByRole("main").textContent()).toContain("One mail a day, at 07:00 Europe/Paris");
  await page.goto("/status");
  const status = await page.getByRole("main").textContent();
  expect(status).toMatch(/arXiv: (ok|not-modified)\s*Last answer: \d+ \w+ \d{4}, \d\d:\d\d Europe\/Paris/);
});

test("its mails come from it by its name", async () => {
  const page = await openPage({ baseURL });
  await page.goto("/subscribe");
  await page.getByLabel("Your email address").fill("counter@example.org");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  const mail = await eventually(async () => (await mailbox("counter@example.org", dataDir))[0], "the mail");
  expect(mail.from?.text).toBe('"Combinatorics Daily" <digest@localhost>');
  expect(mail.subject).toBe("Confirm your subscription to Combinatorics Daily");
  expect(`${mail.text} ${mail.html}`).not.toMatch(/\bAI\b|Hugging ?Face|Broadsheet/);
});
