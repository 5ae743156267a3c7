import { describe, expect, test } from "vitest";
import { expectAccessible, mailbox, withBrowser } from "#tests/e2e/browser.ts";
import { eventually } from "#tests/setup/eventually.ts";

const open = withBrowser();

describe("suggestions while one types", () => {
  test("are walked through by arrow keys, closed by Escape, and lead to the paper by Enter; nothing moves", async () => {
    const page = await open();
    await page.goto("/");
    const line = page.getByRole("combobox", { name: "Search papers" });
    const place = await page.getByRole("main").boundingBox();
    await line.click();
    await page.keyboard.type("grandmoth");
    const option = page.getByRole("option", { name: /Mixture of Grandmothers/ });
    await option.waitFor();
    expect(await line.getAttribute("aria-expanded")).toBe("true");
    expect(await page.getByRole("main").boundingBox()).toEqual(place);
    await expectAccessible(page);

    await page.keyboard.press("Escape");
    expect(await page.getByRole("option").count()).toBe(0);
    expect(await line.inputValue()).toBe("grandmoth");

    await page.keyboard.type("e");
    await option.waitFor();
    await page.keyboard.press("ArrowDown");
    expect(await option.getAttribute("aria-selected")).toBe("true");
    expect(await line.getAttribute("aria-activedescendant")).toBe(await option.getAttribute("id"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/papers\/\d/);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("Grandmothers");
  });

  test("do not stand in the way: Enter in the line searches for what was typed, a click takes a suggestion", async () => {
    const page = await open();
    await page.goto("/");
    await page.getByRole("combobox", { name: "Search papers" }).fill("grandmothers");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/papers\?q=grandmothers$/);

    await page.getByRole("combobox", { name: "Search papers" }).last().fill("grandmo");
    await page.getByRole("option", { name: /Mixture/ }).click();
    await page.waitForURL(/\/papers\/\d/);
  });
});

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])("with %o", ({ javaScriptEnabled }) => {
  test("a search is narrowed by a filter, put in another order, and widened again: all by links", async () => {
    const page = await open({ javaScriptEnabled });
    await page.goto("/papers?q=models+has%3Acode");
    const count = async () =>
      Number(/^[\d,]+/.exec((await page.getByRole("heading", { level: 1 }).textContent()) ?? "")?.[0]);
    const narrow = await count();
    await page.getByRole("link", { name: /Without the filter: with code/ }).click();
    await page.waitForURL(/\/papers\?q=models$/);
    expect(await count()).toBeGreaterThan(narrow);

    const facet = page.getByRole("navigation", { name: "Narrow this search" }).getByRole("listitem").first();
    const promised = Number(/\d+$/.exec((await facet.textContent()) ?? "")?.[0]);
    await facet.getByRole("link").click();
    await page.waitForURL(/q=models\+/);
    expect(await count()).toBe(promised);

    await page.getByRole("link", { name: "Newest" }).click();
    await page.waitForURL(/&sort=newest$/);
    expect(await page.getByText("Newest first.").isVisible()).toBe(true);
    expect(await count()).toBe(promised);
    if (javaScriptEnabled) await expectAccessible(page);
  });

  test("a misspelt word is corrected, and what was typed is one press away", async () => {
    const page = await open({ javaScriptEnabled });
    await page.goto("/papers?q=grandmothrs");
    expect(await page.getByText("Showing results for").textContent()).toContain("grandmothers");
    await page.getByRole("link", { name: "grandmothrs" }).click();
    await page.waitForURL(/verbatim=1/);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("No papers");
  });

  test("a search is asked for by mail, and the letter says which", async () => {
    const address = `searcher-${javaScriptEnabled}@example.org`;
    const page = await open({ javaScriptEnabled });
    await page.goto("/papers?q=grandmothers");
    await page.getByLabel("Your email address").fill(address);
    await page.getByRole("button", { name: "Subscribe" }).click();
    await page.waitForURL(/check-your-mail/);
    await eventually(async () => (await mailbox(address)).length === 1, "the letter");
    const [letter] = await mailbox(address);
    expect(letter?.text).toContain("the search “grandmothers” finds");
    const link = /http\S+\/subscribe\/\S+/.exec(letter?.text ?? "")?.[0] ?? "";
    await page.goto(new URL(link).pathname);
    await page.getByText("grandmothers").waitFor();
    await page.getByRole("button", { name: "Confirm my subscription" }).click();
    await page.getByRole("heading", { name: "You get this search by mail" }).waitFor();
  });
});

test("the head of a search's page names its feeds, and they are there", async () => {
  const page = await open();
  await page.goto("/papers?q=grandmothers");
  for (const [type, start] of [
    ["application/atom+xml", "<?xml"],
    ["application/feed+json", "{"],
  ] as const) {
    const address = await page.locator(`link[rel="alternate"][type="${type}"]`).first().getAttribute("href");
    const answer = await page.request.get(address ?? "");
    expect(answer.status()).toBe(200);
    const body = await answer.text();
    expect(body.startsWith(start)).toBe(true);
    expect(body).toContain("Grandmothers");
  }
});
