import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { withBrowser } from "#tests/e2e/browser.ts";
import { eventually } from "#tests/setup/eventually.ts";

const open = withBrowser();

test("the first key leads past the masthead to the papers", async () => {
  const page = await open();
  await page.goto("/");
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Skip to the papers");
  await page.keyboard.press("Enter");
  await eventually(async () => new URL(page.url()).hash === "#content", "the jump");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
});

test("a search, a paper and its reasons need no mouse", async () => {
  const page = await open();
  await page.goto("/");
  await tabTo(page, (name) => name === "Search papers");
  await page.keyboard.type("reading");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/papers\?q=reading/);

  await page.goto("/");
  await tabTo(page, (name) => name.startsWith("Why here"));
  await page.keyboard.press("Enter");
  expect(await page.locator("details[open] p").first().isVisible()).toBe(true);
});

test("what has the focus can be seen", async () => {
  const page = await open();
  await page.goto("/subscribe");
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => {
      const element = document.activeElement;
      return element && element !== document.body ? getComputedStyle(element).outlineStyle : "none of the page";
    });
    expect(outline).not.toBe("none");
  }
});

function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    return (element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "").trim();
  });
}

async function tabTo(page: Page, wanted: (name: string) => boolean): Promise<void> {
  for (let press = 0; press < 80; press++) {
    await page.keyboard.press("Tab");
    if (wanted(await focused(page))) return;
  }
  throw new Error("80 presses of Tab did not lead there.");
}
