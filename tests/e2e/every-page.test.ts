import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { routes } from "#lib/platform/routes.ts";
import { expectAccessible, linkMailedTo, withBrowser } from "#tests/e2e/browser.ts";
import { outlineFaults } from "#tests/e2e/outline.ts";
import { signInByMail } from "#tests/e2e/sign-in.ts";

const open = withBrowser();
const edition = routes.edition(inject("today"));

describe("every page and state has an outline that can be heard, and nothing that axe finds in either scheme", () => {
  test.each([
    ["the latest edition", "/"],
    ["today's edition", edition],
    ["titles only", `${edition}?view=compact`],
    ["the newest first", `${edition}?sort=newest`],
    ["the most discussed first", `${edition}?sort=discussed`],
    ["one class", `${edition}?category=cs.CL`],
    ["a class that no paper has", `${edition}?category=math.CO`],
    ["a page too far", `${edition}?page=99`],
    ["a day to come", "/papers/date/2031-01-01"],
    ["a day without papers", "/papers/date/2001-01-01"],
    ["a week", "/papers/week"],
    ["a week without papers", "/papers/week/2001-W01"],
    ["a month", "/papers/month"],
    ["a month of titles", "/papers/month?view=compact"],
    ["what is trending", "/papers/trending"],
    ["a search", "/papers?q=reading"],
    ["a search in a class", "/papers?q=reading+cat%3Acs.CL"],
    ["a search that finds nothing", "/papers?q=zzzzqqqq"],
    ["a search for no words", "/papers?q=+"],
    ["a search, a page too far", "/papers?q=reading&page=99"],
    ["a paper that is not here", "/papers?q=2601.99999"],
    ["subscribing", "/subscribe"],
    ["an address that is none", "/subscribe/try-again"],
    ["a subscription asked for", "/subscribe/check-your-mail"],
    ["a confirmation that is not known", "/subscribe/not-a-token"],
    ["an unsubscribing that is not known", "/unsubscribe/not-a-token"],
    ["preferences that are not known", "/preferences/not-a-token"],
    ["signing in", "/sign-in"],
    ["a sign-in address that is none", "/sign-in?problem=address"],
    ["a sign-in asked for", "/sign-in/check-your-mail"],
    ["a sign-in link that is not known", "/sign-in/notatoken"],
    ["an account that is gone", "/account/deleted"],
    ["the account of who is signed out", "/account"],
    ["how papers are ranked", "/about"],
    ["the keys", "/keyboard"],
    ["the status", "/status"],
    ["the outbox", "/outbox"],
    ["no such page", "/no-such-page"],
    ["no such day", "/papers/date/2026-02-30"],
    ["no such paper", "/papers/2601.99999"],
  ])("%s", async (_state, path) => {
    const page = await open();
    await page.goto(path);
    await expectWhole(page);
  });

  test("a paper, with all that opens opened", async () => {
    const page = await open();
    await page.goto(edition);
    await openAll(page);
    await expectWhole(page);
    await page.goto((await page.getByRole("article").getByRole("link").first().getAttribute("href")) ?? "");
    await openAll(page);
    await expectWhole(page);
  });

  test("who is signed in: the button of a paper, the account with a vote in it, the letter that led there", async () => {
    const page = await open();
    await page.goto(edition);
    const path = (await page.getByRole("article").getByRole("link").first().getAttribute("href")) ?? "";
    await signInByMail(page, "outline@example.org", routes.vote(path.slice("/papers/".length)));
    await expectWhole(page);
    await page.getByRole("button", { name: "Upvote", exact: true }).click();
    await page.waitForURL((url) => !url.pathname.startsWith("/vote/"));
    await page.goto(path);
    await page.getByRole("button", { name: "Take upvote back" }).waitFor();
    await expectWhole(page);
    await page.goto(routes.account());
    await expectWhole(page);
    await page.goto(routes.outbox());
    await page.getByRole("main").getByRole("link").first().click();
    expect(await page.locator("iframe").getAttribute("title")).toBe("HTML");
    // axe waits without end for a frame in which no script may run.
    await page.locator("iframe").evaluate((frame) => frame.remove());
    await expectWhole(page);
  }, 240_000);

  test("who subscribes: the confirmation, being subscribed, the digest on the web, leaving, having left", async () => {
    const page = await open();
    const address = "outline-reader@example.org";
    await page.goto("/subscribe");
    await page.getByRole("main").getByRole("textbox").fill(address);
    await page
      .getByRole("main")
      .getByRole("button", { name: /subscribe/i })
      .click();
    await page.goto(await linkMailedTo(address, "/subscribe/"));
    await expectWhole(page);
    await page.getByRole("button", { name: /confirm/i }).click();
    await page.getByRole("button", { name: /latest edition/i }).waitFor();
    await expectWhole(page);
    await page.getByRole("button", { name: /latest edition/i }).click();
    await page.getByRole("status").first().waitFor();
    await expectWhole(page);
    await page.goto(await linkMailedTo(address, "/digest/"));
    await expectWhole(page);
    await page.goto(await linkMailedTo(address, "/preferences/"));
    await expectWhole(page);
    await page.goto(await linkMailedTo(address, "/unsubscribe/"));
    await expectWhole(page);
    await page.getByRole("button", { name: "Unsubscribe" }).click();
    await page.getByRole("heading", { name: "You are unsubscribed" }).waitFor();
    await expectWhole(page);
  }, 240_000);
});

test("a page that is not whole is told apart", async () => {
  const page = await open();
  await page.setContent(`<title></title><main><h2>Second</h2><h4>Fourth</h4><button></button><a href="/x"></a>
    <nav><a href="/">Home</a></nav><input type="text"><p id="a"></p><p id="a"></p></main>`);
  expect(await outlineFaults(page)).toEqual([
    "no title",
    "no language",
    "0 h1",
    "h2 “Second” after h0",
    "h4 “Fourth” after h2",
    "0 of banner",
    "0 of contentinfo",
    "ids twice: a",
    "a button without a name",
    "a link without a name:",
    "a navigation without a name:",
    "a textbox without a name",
  ]);
});

async function expectWhole(page: Page): Promise<void> {
  expect(await outlineFaults(page), page.url()).toEqual([]);
  await expectAccessible(page);
}

async function openAll(page: Page): Promise<void> {
  await page.locator("main details").evaluateAll((all: HTMLDetailsElement[]) => {
    for (const details of all) details.open = true;
  });
}
