import { describe, expect, test } from "vitest";
import { routes } from "#lib/platform/routes.ts";
import { mailbox, siteUrl, withBrowser } from "#tests/e2e/browser.ts";
import { eventually } from "#tests/setup/eventually.ts";

const open = withBrowser();

const linkIn = (text: string | undefined, path: string) =>
  new RegExp(`${siteUrl}${path}[^\\s>)\\]]+`).exec(text ?? "")?.[0] ?? "";

describe.each([
  { manner: "with JavaScript", javaScriptEnabled: true },
  { manner: "without JavaScript", javaScriptEnabled: false },
])("a reader $manner", ({ javaScriptEnabled }) => {
  const address = `reader-${javaScriptEnabled ? "js" : "plain"}@example.org`;

  test("reads today's edition, steps to the day before, the week, the month and what is trending", async () => {
    const page = await open({ javaScriptEnabled });
    await page.goto("/");
    const papers = page.getByRole("article");
    const first = papers.first();
    expect(await papers.count()).toBeGreaterThan(3);
    expect(await first.getByRole("heading").textContent()).not.toBe("");
    expect((await first.locator("p").allInnerTexts()).join(" ").length).toBeGreaterThan(200);
    expect(await first.getByText(/Why here: [\d.]+ points/).isVisible()).toBe(true);
    const today = await page.getByRole("heading", { level: 1 }).textContent();

    await page.getByRole("navigation", { name: "Neighbouring editions" }).getByRole("link").first().click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).not.toBe(today);
    expect(await papers.count()).toBeGreaterThan(0);

    for (const [link, heading] of [
      ["This week", /^Week \d+/],
      ["This month", /^\w+ \d{4}$/],
      ["Trending", /^Trending$/],
    ] as const) {
      await page.getByRole("navigation", { name: "Editions" }).getByRole("link", { name: link }).click();
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toMatch(heading);
      expect(await papers.count()).toBeGreaterThan(0);
    }
  });

  test("searches, finds whole abstracts with the words marked, and opens a paper", async () => {
    const page = await open({ javaScriptEnabled });
    await page.goto("/");
    const title = (await page.getByRole("article").first().getByRole("heading").textContent()) ?? "";
    const word = title.split(/\W+/).toSorted((a, b) => b.length - a.length)[0] ?? "";

    // A search box, and with JavaScript one that suggests.
    await page.getByLabel("Search papers").first().fill(word);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/papers\?q=/);
    expect(await page.locator("mark").first().isVisible()).toBe(true);
    const found = page.getByRole("article").filter({ has: page.getByRole("heading", { name: title }) });
    expect(await found.count()).toBe(1);

    await found.getByRole("heading").getByRole("link").click();
    await page.waitForURL(/\/papers\/[\d.a-z/-]+$/);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(title);
    expect(await page.getByRole("link", { name: "PDF" }).getAttribute("href")).toContain("arxiv.org/pdf/");
  });

  test("signs in by the mailed link, upvotes, finds the vote after a reload, and takes it back", async () => {
    const page = await open({ javaScriptEnabled });
    await page.goto("/");
    const paper = page.getByRole("article").first();
    const path = (await paper.getByRole("heading").getByRole("link").getAttribute("href")) ?? "";
    const before = Number(await paper.getByRole("button", { name: "Upvote", exact: true }).textContent());
    await paper.getByRole("button", { name: "Upvote", exact: true }).click();

    await page.waitForURL(/\/sign-in/);
    await page.getByLabel("Your email address").fill(address);
    await page.getByRole("button", { name: "Mail me a link" }).click();
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    const mail = await eventually(
      async () => (await mailbox(address)).find(({ text }) => linkIn(text, "/sign-in/")),
      "the sign-in mail",
    );
    await page.goto(linkIn(mail.text, "/sign-in/"));
    await page.getByRole("button", { name: "Sign in" }).click();

    await page.waitForURL(/\/vote\//);
    await page.getByRole("button", { name: "Upvote", exact: true }).click();
    await page.waitForURL((url) => !url.pathname.startsWith("/vote/"));
    await page.goto(routes.vote(path.replace("/papers/", "")));
    await page.getByText("You upvoted this paper.").waitFor();
    if (javaScriptEnabled) {
      await page.goto(path);
      const button = page.getByRole("button", { name: "Take upvote back" });
      expect(Number(await button.textContent())).toBe(before + 1);
      await page.reload();
      const otherTab = await page.context().newPage();
      await otherTab.goto(path);
      await otherTab.getByRole("button", { name: "Take upvote back" }).waitFor();
      await button.click();
      await page.getByRole("button", { name: "Upvote", exact: true }).waitFor();
      await otherTab.getByRole("button", { name: "Upvote", exact: true }).waitFor();
      expect(await otherTab.getByRole("button", { name: "Upvote", exact: true }).textContent()).toBe(`${before}`);
      expect(Number(await page.getByRole("button", { name: "Upvote", exact: true }).textContent())).toBe(before);
    } else {
      await page.getByRole("button", { name: "Take upvote back" }).click();
    }
    await page.goto(routes.vote(path.replace("/papers/", "")));
    await page.getByText("You have not upvoted this paper.").waitFor();
  });

  test("subscribes, confirms by a button, gets the latest edition, and leaves with one click", async () => {
    const page = await open({ javaScriptEnabled });
    await page.goto("/subscribe");
    await page.getByRole("main").getByRole("textbox", { name: "Your email address" }).fill(address);
    await page
      .getByRole("main")
      .getByRole("button", { name: /subscribe/i })
      .click();
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    const confirmation = await eventually(
      async () => (await mailbox(address)).find(({ text }) => linkIn(text, "/subscribe/")),
      "the confirmation",
    );
    await page.goto(linkIn(confirmation.text, "/subscribe/"));
    await page.getByRole("button", { name: /confirm/i }).click();
    await page
      .getByText(/you are subscribed/i)
      .first()
      .waitFor();
    await page.getByRole("button", { name: /latest edition/i }).click();

    const digest = await eventually(
      async () => (await mailbox(address)).find(({ headers }) => headers.has("list")),
      "the digest",
    );
    expect(digest.subject).toMatch(/\d{4}|\w+day/);
    expect(digest.text).toContain("arxiv.org/abs/");
    expect(typeof digest.html === "string" && digest.html.includes("<h1")).toBe(true);

    const oneClick = String((digest.headers.get("list") as { unsubscribe?: { url?: string } })?.unsubscribe?.url ?? "");
    expect(oneClick.startsWith(`${siteUrl}/unsubscribe/`)).toBe(true);
    const left = await fetch(oneClick, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
      redirect: "manual",
    });
    expect(left.status).toBe(200);
    await page.goto(linkIn(digest.text, "/unsubscribe/"));
    await page
      .getByText(/already|not subscribed|unsubscribed/i)
      .first()
      .waitFor();
  });
});

describe("every page", () => {
  test("loads nothing from elsewhere", async () => {
    const page = await open();
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    await page.goto("/");
    await page.goto("/papers/trending");
    expect([...hosts]).toEqual([new URL(siteUrl).host]);
  });
});
