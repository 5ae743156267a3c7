import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { linkMailedTo, withBrowser } from "#tests/e2e/browser.ts";
import { focused, tabTo } from "#tests/e2e/by-keyboard.ts";
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

test("the whole story needs no mouse: reading, searching, signing in, voting, subscribing, leaving", async () => {
  const page = await open();
  const address = "keys-only@example.org";
  await page.goto("/");
  await pressUntil(page, "j", () => page.evaluate(() => document.activeElement?.closest("article") !== null));
  await page.keyboard.press("o");
  await page.waitForURL(/\/papers\/\d/);
  const title = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";

  await tabTo(page, (name) => name === "Search papers");
  await page.keyboard.type(title.split(/\W+/).toSorted((a, b) => b.length - a.length)[0] ?? "");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/papers\?q=/);
  await tabTo(page, (name) => name === title);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/papers\/\d/);

  await tabTo(page, (name) => name === "Upvote");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sign-in\?/);
  await tabTo(page, (name) => name === "Your email address");
  await page.keyboard.type(address);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await page.goto(await linkMailedTo(address, "/sign-in/"));
  await tabTo(page, (name) => name === "Sign in");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/vote\//);
  await tabTo(page, (name) => name === "Upvote");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/papers\/\d/);
  await page.getByRole("button", { name: "Take upvote back" }).waitFor();
  await pressUntil(page, "u", () => page.getByRole("button", { name: "Upvote", exact: true }).isVisible());

  await page.goto("/");
  await tabTo(page, (name) => name === "Get it by mail");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/subscribe$/);
  await tabTo(page, (name) => name === "Your email address");
  await page.keyboard.type(address);
  await page.keyboard.press("Enter");
  await page.goto(await linkMailedTo(address, "/subscribe/"));
  await tabTo(page, (name) => name === "Confirm my subscription");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Send me the latest edition now" }).waitFor();
  await tabTo(page, (name) => name === "Send me the latest edition now");
  await page.keyboard.press("Enter");
  await page.goto(await linkMailedTo(address, "/unsubscribe/"));
  await tabTo(page, (name) => name === "Unsubscribe");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "You are unsubscribed" }).waitFor();
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

/** A key is heard once the page's script has run: until then it is pressed again. */
async function pressUntil(page: Page, key: string, done: () => Promise<boolean>): Promise<void> {
  await eventually(async () => {
    if (await done()) return true;
    await page.keyboard.press(key);
    return done();
  }, `what ${key} brings about`);
}
