import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { expectAccessible, withBrowser } from "#tests/e2e/browser.ts";
import { eventually } from "#tests/setup/eventually.ts";

const open = withBrowser();
const edition = `/papers/date/${inject("today")}`;

test("j and k go from title to title, and what is chosen has the focus, a ring, and the top of the screen", async () => {
  const page = await opened(edition);
  const titles = await page.getByRole("article").getByRole("heading").allTextContents();
  await page.keyboard.press("j");
  expect(await focusedText(page)).toBe(titles[0]);
  await page.keyboard.press("j");
  expect(await focusedText(page)).toBe(titles[1]);
  const { outline, top, bar } = await page.evaluate(() => {
    const paper = document.activeElement?.closest("article");
    return {
      outline: document.activeElement && getComputedStyle(document.activeElement).outlineStyle,
      top: paper?.getBoundingClientRect().top,
      bar: paper && getComputedStyle(paper).boxShadow,
    };
  });
  expect(outline).toBe("solid");
  expect(bar).not.toBe("none");
  expect(top).toBeLessThan(40);
  await page.keyboard.press("k");
  expect(await focusedText(page)).toBe(titles[0]);
  await page.keyboard.press("k");
  expect(await word(page)).toBe("That is the first paper of this page.");
  expect(await focusedText(page)).toBe(titles[0]);
});

test("after the last paper j leads to the day before, and then says that there is no more", async () => {
  const page = await opened(edition);
  const papers = await page.getByRole("article").count();
  for (let press = 0; press < papers; press++) await page.keyboard.press("j");
  expect(await page.evaluate(() => document.activeElement?.closest("article") !== null)).toBe(true);
  await page.keyboard.press("j");
  expect(await focusedText(page)).toMatch(/^Go on to /);
  await page.keyboard.press("j");
  expect(await word(page)).toBe("That was the last paper of this page.");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => /\/papers\/date\//.test(url.pathname) && url.pathname !== edition);
});

test("who has scrolled away with the mouse goes on from what is on the screen", async () => {
  const page = await opened(edition);
  const third = page.getByRole("article").nth(2);
  await page.keyboard.press("j");
  await third.evaluate((paper) => window.scrollTo(0, paper.getBoundingClientRect().top + window.scrollY));
  // The first is out of sight only on a low screen.
  await page.setViewportSize({ width: 800, height: 200 });
  await third.evaluate((paper) => window.scrollTo(0, paper.getBoundingClientRect().top + window.scrollY - 2));
  await page.keyboard.press("j");
  expect(await focusedText(page)).toBe(await third.getByRole("heading").textContent());
});

test("o opens the chosen paper; there u asks who one is, and v has the original", async () => {
  const page = await opened(edition);
  await page.keyboard.press("o");
  expect(await word(page)).toBe("Choose a paper first: j is the next one.");
  await page.keyboard.press("j");
  const title = await focusedText(page);
  await page.keyboard.press("o");
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.keyboard.press("o");
  expect(await word(page)).toBe("This is the paper's own page.");

  const id = new URL(page.url()).pathname.slice("/papers/".length);
  await page.route(/arxiv\.org/, (route) => route.fulfill({ body: "the original" }));
  await page.keyboard.press("v");
  await page.waitForURL(`https://arxiv.org/abs/${id}`);
  await page.goBack();
  await ready(page);
  await page.keyboard.press("u");
  await page.waitForURL(/\/sign-in\?/);
});

test("in a list u is the button of the chosen paper, and v its original", async () => {
  const page = await opened(edition);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const path = await page.evaluate(() => document.activeElement?.getAttribute("href"));
  await page.route(/arxiv\.org/, (route) => route.fulfill({ body: "the original" }));
  await page.keyboard.press("v");
  await page.waitForURL(`https://arxiv.org/abs/${path?.slice("/papers/".length)}`);
  await page.goBack();
  await ready(page);
  await page.getByRole("article").nth(1).getByRole("link").first().focus();
  await page.keyboard.press("u");
  await page.waitForURL(/\/sign-in\?/);
  expect(new URL(page.url()).searchParams.get("next")).toContain(path?.slice("/papers/".length));
});

test("h and l go to the day before and back, and to other weeks on a week's page", async () => {
  const page = await opened(edition);
  const today = await heading(page);
  await page.keyboard.press("h");
  await page.waitForURL((url) => url.pathname !== edition);
  await ready(page);
  expect(await heading(page)).not.toBe(today);
  await page.keyboard.press("l");
  await page.waitForURL((url) => url.pathname === edition);

  await page.goto("/papers/trending");
  await ready(page);
  await page.keyboard.press("h");
  expect(await word(page)).toBe("There is nothing earlier here.");
});

test("g and a second letter lead to the latest edition, to what is trending and to the search page", async () => {
  const page = await opened("/about");
  await page.keyboard.press("g");
  expect(await word(page)).toContain("t trending");
  await page.keyboard.press("t");
  await page.waitForURL(/\/papers\/trending$/);
  await ready(page);
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.getByRole("heading", { level: 1, name: "Search the papers" }).waitFor();
  await ready(page);
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await page.waitForURL((url) => url.pathname === "/");
});

test("/ writes in the search line, where the letters are letters again", async () => {
  const page = await opened(edition);
  await page.keyboard.press("/");
  await page.keyboard.type("jazz hug?/");
  const line = page.getByLabel("Search papers").first();
  expect(await line.inputValue()).toBe("jazz hug?/");
  expect(await page.getByRole("dialog").count()).toBe(0);
  expect(new URL(page.url()).pathname).toBe(edition);
});

test("keys with Ctrl, Alt or Meta stay the browser's", async () => {
  const page = await opened(edition);
  for (const modifier of ["Control", "Alt", "Meta"]) await page.keyboard.press(`${modifier}+j`);
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
});

describe("the help", () => {
  test("? lists the keys in a dialog, which holds the focus, rests the keys, and gives the focus back", async () => {
    const page = await opened(edition);
    await page.keyboard.press("j");
    const title = await focusedText(page);
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keys" });
    await dialog.waitFor();
    expect(await dialog.getByText("next paper").isVisible()).toBe(true);
    await expectAccessible(page);
    for (let press = 0; press < 6; press++) {
      await page.keyboard.press("Tab");
      // The browser's own controls may have it in between: never the page behind.
      const behind = await page.evaluate(() => document.activeElement?.closest("main, header, footer") !== null);
      expect(behind).toBe(false);
    }
    await page.keyboard.press("j");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await focusedText(page)).toBe(title);
  });

  test("without JavaScript the keys are told on a page of their own", async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto("/");
    await page.getByRole("contentinfo").getByRole("link", { name: "Keys" }).click();
    await page.getByRole("heading", { level: 1, name: "Reading from the keyboard" }).waitFor();
    expect(await page.locator("dt").allInnerTexts()).toEqual(
      "j k o c v u h l g h,g t,g s / ?".split(/ (?!h,|t,|s )|,/),
    );
    expect(await page.getByText("The keys work where JavaScript is on.").isVisible()).toBe(true);
  });
});

test("the keys can be turned off, which this browser remembers, and on again", async () => {
  const page = await opened("/keyboard");
  await page.getByRole("button", { name: "Turn the keys off" }).press("Enter");
  await page.getByText("The keys are off, in this browser.").waitFor();
  await expectAccessible(page);

  await page.goto(edition);
  await ready(page);
  await page.keyboard.press("j");
  await page.keyboard.press("?");
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  expect(await page.getByRole("dialog").count()).toBe(0);

  await page.goto("/keyboard");
  await page.getByRole("button", { name: "Turn the keys on" }).press("Enter");
  await page.goto(edition);
  await ready(page);
  await page.keyboard.press("j");
  expect(await focusedText(page)).not.toBe("");
});

test("who asked for less motion is not moved smoothly", async () => {
  for (const reducedMotion of ["reduce", "no-preference"] as const) {
    const page = await open({ reducedMotion });
    await page.goto(edition);
    await ready(page);
    await page.evaluate(() => {
      const original = Element.prototype.scrollIntoView;
      Element.prototype.scrollIntoView = function (how) {
        document.documentElement.dataset.moved = String(typeof how === "object" && how.behavior);
        return original.call(this, how);
      };
    });
    await page.keyboard.press("j");
    const moved = await page.evaluate(() => document.documentElement.dataset.moved);
    expect(moved).toBe(reducedMotion === "reduce" ? "instant" : "smooth");
  }
});

async function opened(path: string): Promise<Page> {
  const page = await open();
  await page.goto(path);
  await ready(page);
  return page;
}

/** Keys are heard once the page's script has run: React marks then what it has taken over. */
async function ready(page: Page): Promise<void> {
  await eventually(
    () =>
      page
        .locator(".keyboard-word")
        .evaluate((element) => Object.keys(element).some((key) => key.startsWith("__reactFiber"))),
    "the page's script",
  );
}

function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? "");
}

async function heading(page: Page): Promise<string | null> {
  return page.getByRole("heading", { level: 1 }).textContent();
}

function word(page: Page): Promise<string | null> {
  return page.locator(".keyboard-word").textContent();
}
