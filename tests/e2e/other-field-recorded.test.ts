import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, withBrowser } from "#tests/e2e/browser.ts";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";
import { freePort, type RunningSite, runSite } from "#tests/setup/run-site.ts";

// The site about combinatorics once more, on papers that were really written: old records of arXiv, announced these days.
const recorded = "../shared/data";
const isThere = existsSync(`${recorded}/arxiv/oai`) && existsSync(`${recorded}/bulk/kaggle-format`);
if (!isThere) process.stderr.write(`Another field on recorded papers is skipped: there is no ${recorded}.\n`);

const dataDir = mkdtempSync(join(tmpdir(), "broadsheet-recorded-field-"));
const openPage = withBrowser();
let sources: SourceServer | undefined;
let site: RunningSite | undefined;
let baseURL: string;

beforeAll(async () => {
  if (!isThere) return;
  sources = await startSourceServer({ recorded, archive: true });
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
  await site?.end();
  await sources?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const isOfField = ({ categories }: { categories: string[] }) =>
  categories.includes("math.CO") || categories.includes("cs.DM");

/** The papers of a list, by their ids, with the names that a reader sees under each. */
async function printed(page: Page): Promise<{ id: string; words: string }[]> {
  const articles = await page.getByRole("article").all();
  return Promise.all(
    articles.map(async (article) => {
      const href = await article.getByRole("heading").getByRole("link").first().getAttribute("href");
      return { id: (href ?? "").replace("/papers/", ""), words: (await article.textContent()) ?? "" };
    }),
  );
}

describe.skipIf(!isThere)("a site about combinatorics on recorded papers", () => {
  test("its first page prints the papers of its two classes, each by its authors, with formulas typeset", async () => {
    const page = await openPage({ baseURL });
    await page.goto("/");
    expect(await page.title()).toBe("Combinatorics Daily");
    const papers = new Map(sources?.world.listArxivPapers().map((paper) => [paper.id, paper]));
    const shown = await printed(page);
    expect(shown.length).toBeGreaterThan(3);
    for (const { id, words } of shown) {
      const paper = papers.get(id);
      expect(paper && isOfField(paper), id).toBe(true);
      expect(words).toContain(paper?.authors[0]);
      expect(words).toMatch(/math\.CO|cs\.DM/);
    }
    expect(await page.locator("article math").count()).toBeGreaterThan(0);
    await expectAccessible(page);
  });

  test("the week gathers its days: every paper once, none of another class", async () => {
    const page = await openPage({ baseURL });
    await page.goto("/papers/week");
    const papers = new Map(sources?.world.listArxivPapers().map((paper) => [paper.id, paper]));
    const ids = (await printed(page)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(isOfField(papers.get(id) ?? { categories: [] }), id).toBe(true);
    // An old record leads to where it really is.
    await page.getByRole("article").first().getByRole("heading").getByRole("link").first().click();
    expect(await page.locator(`a[href="https://arxiv.org/abs/${ids[0]}"]`).count()).toBeGreaterThan(0);
    await expectAccessible(page);
  });

  test("a word of a title finds its paper", async () => {
    const page = await openPage({ baseURL });
    await page.goto("/");
    const [first] = await printed(page);
    const title = sources?.world.listArxivPapers().find(({ id }) => id === first?.id)?.title ?? "";
    const words = title.match(/\b[A-Za-z]{5,}\b/g)?.slice(0, 4) ?? [];
    await page.goto(`/papers?q=${encodeURIComponent(words.join(" "))}`);
    expect((await printed(page)).map(({ id }) => id)).toContain(first?.id);
  });
});
