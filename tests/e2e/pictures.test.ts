import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withBrowser } from "#tests/e2e/browser.ts";
import { compareWithKept, fontsDiffer } from "#tests/e2e/compare-pictures.ts";
import { fixtureWorld } from "#tests/fakes/fixture-world.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { freePort, type RunningSite, runSite } from "#tests/setup/run-site.ts";

// A site whose papers are always of the same days, so that its pictures are always the same.
const open = withBrowser();
const dataDir = mkdtempSync(join(tmpdir(), "broadsheet-pictures-site-"));
const world = fixtureWorld(Temporal.PlainDate.from("2026-08-20"));
const edition = "/papers/date/2026-08-20";
const nowhere = "http://127.0.0.1:9";
const settings = { HUGGINGFACE_URL: nowhere, ARXIV_API_URL: nowhere, ARXIV_RSS_URL: nowhere, DATA_DIR: dataDir };
let site: RunningSite;
let baseURL: string;
let paper: string;

beforeAll(async () => {
  await importDays();
  const port = String(await freePort());
  baseURL = `http://localhost:${port}`;
  site = runSite({ ...settings, PORT: port });
  await site.said(" is at ");
  const found = () => fetch(`${baseURL}/papers?q=language`).then((answer) => answer.text());
  await eventually(async () => (await found()).includes("<article"), "the search index");
  paper = `/papers/${world.listDailyItems(world.today)[0]?.paper.id}`;
});

afterAll(async () => {
  await site.end();
  rmSync(dataDir, { recursive: true, force: true });
});

type Look = { width: number; colorScheme: "light" | "dark" };
const wide: Look = { width: 1280, colorScheme: "light" };
const wideDark: Look = { width: 1280, colorScheme: "dark" };
const phone: Look = { width: 390, colorScheme: "light" };
const phoneDark: Look = { width: 390, colorScheme: "dark" };

describe("the important pages look as they did", () => {
  test.for<[string, Look, () => string]>([
    ["edition-wide", wide, () => edition],
    ["edition-phone-dark", phoneDark, () => edition],
    ["titles-wide-dark", wideDark, () => `${edition}?view=compact`],
    ["paper-wide", wide, () => paper],
    ["paper-phone", phone, () => paper],
    ["search-wide", wide, () => "/papers?q=language"],
    ["empty-day-phone", phone, () => "/papers/date/2031-01-01"],
    ["sign-in-wide-dark", wideDark, () => "/sign-in"],
  ])("%s", async ([name, look, path], { skip }) => {
    await expectPicture({ name, look, path: path(), skip });
  });

  test("the help of the keys", async ({ skip }) => {
    const prepare = async (page: Page) => {
      await eventually(async () => {
        await page.keyboard.press("?");
        return page.getByRole("dialog").isVisible();
      }, "the dialog");
    };
    await expectPicture({ name: "keys-dialog", look: wide, path: edition, skip, prepare });
  });

  test("an edition on paper", async ({ skip }) => {
    const prepare = async (page: Page) => {
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => document.documentElement.style.setProperty("--site", '"broadsheet.example"'));
    };
    await expectPicture({ name: "print", look: wide, path: edition, skip, prepare });
  });
});

type Wanted = {
  name: string;
  look: Look;
  path: string;
  skip: (reason: string) => never;
  prepare?: (page: Page) => Promise<void>;
};

async function expectPicture({ name, look: { width, colorScheme }, path, skip, prepare }: Wanted): Promise<void> {
  // Half size: a word that has moved is seen all the same, and the pictures stay small.
  const page = await open({ baseURL, colorScheme, viewport: { width, height: 900 }, deviceScaleFactor: 0.5 });
  await page.goto(path);
  const fonts = await fontsDiffer(page);
  if (fonts && process.env.CI) throw new Error(fonts);
  if (fonts) skip(fonts);
  await prepare?.(page);
  // What tells of this hour, and not of the edition: how fresh it is, the last weeks, points by age.
  await page.addStyleTag({
    content: "main > [role=status] { display: none } .dateline, main summary, aside ul ul { visibility: hidden }",
  });
  expect(compareWithKept(name, await page.screenshot({ animations: "disabled", caret: "hide" }))).toBe(null);
}

/** The days' lists of Hugging Face, read from files as `npm run import` does. */
async function importDays(): Promise<void> {
  const folder = join(dataDir, "days");
  mkdirSync(folder, { recursive: true });
  const files = world.days.map((day) => {
    const file = join(folder, `${day}.json`);
    writeFileSync(file, JSON.stringify(world.listDailyItems(day)));
    return file;
  });
  const env = { ...process.env, ...settings, NODE_ENV: "production" as const };
  const [code] = await once(spawn(process.execPath, ["scripts/import.ts", ...files], { env, stdio: "ignore" }), "exit");
  if (code !== 0) throw new Error(`The papers could not be imported: ${code}.`);
}
