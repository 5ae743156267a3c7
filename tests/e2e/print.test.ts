import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { siteUrl, withBrowser } from "#tests/e2e/browser.ts";
import { readPdf } from "#tests/read-pdf.ts";

const open = withBrowser();
const edition = `/papers/date/${inject("today")}`;
const host = new URL(siteUrl).host;
/** A PDF knows no spaces, and ligatures are taken apart. */
const packed = (words: string | null | undefined) => (words ?? "").normalize("NFKC").replaceAll(/\s/g, "");

test("an edition on paper has the day, every title in its order, and an address by which each is found again", async () => {
  const page = await open();
  await page.goto(edition);
  const text = (await print(page)).join("");
  const links = page.getByRole("article").getByRole("heading").getByRole("link");
  const papers = await links.evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute("href")]));
  expect(papers.length).toBeGreaterThan(3);
  expect(text).toContain(packed(await page.getByRole("heading", { level: 1 }).textContent()));
  let position = -1;
  for (const [title, href] of papers.filter(([words]) => /^[\x20-\x7e]+$/.test(words ?? ""))) {
    const found = text.indexOf(packed(title), position);
    expect(found, `“${title}” after the one before it`).toBeGreaterThan(position);
    expect(text.indexOf(`${host}${href}`, found), `the address of “${title}”`).toBeGreaterThan(found);
    position = found;
  }
});

test("what can only be pressed is not printed, in any list", async () => {
  const page = await open();
  for (const path of ["/", edition, "/papers/week", "/papers/trending", "/papers?q=reading"]) {
    await page.goto(path);
    const text = (await print(page)).join("");
    expect(text.length, path).toBeGreaterThan(300);
    for (const words of ["Upvote", "Subscribe", "Search papers", "Sign in", "This week", "Skip to", "Why here"]) {
      expect(text, path).not.toContain(packed(words));
    }
  }
});

test("pages are filled: three papers a page or more, and no page without words", async () => {
  const page = await open();
  await page.goto(edition);
  const pages = await print(page);
  const papers = await page.getByRole("article").count();
  expect(pages.length).toBeLessThanOrEqual(Math.ceil(papers / 3));
  expect(pages.filter((text) => text.length < 200)).toEqual([]);
});

test("a paper on paper fits one sheet, with its address and those of its links", async () => {
  const page = await open();
  await page.goto(edition);
  await page.goto((await page.getByRole("article").getByRole("link").first().getAttribute("href")) ?? "");
  const pages = await print(page);
  expect(pages.length).toBe(1);
  expect(pages[0]).toContain(`${host}${new URL(page.url()).pathname}`);
  expect(pages[0]).toContain(`https://arxiv.org/abs/${page.url().split("/").at(-1)}`);
  expect(pages[0]).not.toContain("Upvote");
});

test("ink is black and paper white, also for who reads in the dark", async () => {
  const page = await open({ colorScheme: "dark" });
  await page.goto(edition);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const colours = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return { color, backgroundColor };
  });
  expect(colours).toEqual({ color: "rgb(0, 0, 0)", backgroundColor: "rgb(255, 255, 255)" });
});

async function print(page: Page): Promise<string[]> {
  return readPdf(await page.pdf({ format: "A4", preferCSSPageSize: true }));
}
