import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routes } from "#lib/platform/routes.ts";
import { expectAccessible, mailbox, withBrowser } from "#tests/e2e/browser.ts";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";
import { weekdaysBack } from "#tests/fakes/world.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { freePort, type RunningSite, runSite } from "#tests/setup/run-site.ts";

// A site on papers that are hard to draw: strange ones on the newest weekday, one on the day before, two hundred before that.
const dataDir = mkdtempSync(join(tmpdir(), "broadsheet-odd-"));
const openPage = withBrowser();
let sources: SourceServer;
let site: RunningSite;
let baseURL: string;
let days: { strange: string; single: string; crowded: string };

beforeAll(async () => {
  sources = await startSourceServer({ odd: true });
  const port = String(await freePort());
  baseURL = `http://localhost:${port}`;
  site = runSite({ ...sources.settings, DATA_DIR: dataDir, PORT: port });
  await site.said("Gathered");
  const [strange, single, crowded] = weekdaysBack(sources.world.today, 3).map(String);
  if (!strange || !single || !crowded) throw new Error("There are no three weekdays.");
  days = { strange, single, crowded };
});

afterAll(async () => {
  await site.end();
  await sources.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const plain = () => openPage({ baseURL, javaScriptEnabled: false });
const choices = (page: Page) => page.getByRole("navigation", { name: "This list" });
const ranksOn = (page: Page) =>
  page
    .getByRole("article")
    .evaluateAll((all) => all.map((paper) => Number(paper.querySelector(".paper-rank")?.textContent)));

describe("without JavaScript", () => {
  test("a reader filters by class, sorts and folds, and finds each view under an address of its own", async () => {
    const page = await plain();
    await page.goto(routes.edition(days.crowded));
    const chip = choices(page).getByRole("link", { name: /^cs\.CL / });
    const promised = Number((await chip.textContent())?.split(" ").at(-1));
    await chip.click();
    expect(await page.getByText(`${promised} of 200 papers, those in cs.CL`).count()).toBe(1);
    const ranks = await ranksOn(page);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(ranks.at(-1)).toBeGreaterThan(ranks.length);

    await choices(page).getByRole("link", { name: "Discussed" }).click();
    expect(await ranksOn(page)).not.toEqual(ranks);
    await choices(page).getByRole("link", { name: "Titles" }).click();
    expect(new URL(page.url()).search).toBe("?category=cs.CL&sort=discussed&view=compact");
    expect(await page.locator("article p", { hasText: "We measure" }).count()).toBe(0);
    for (const name of ["Discussed", "Titles", `cs.CL ${promised}`]) {
      expect(await choices(page).getByRole("link", { name }).getAttribute("aria-current"), name).toBe("true");
    }
    await choices(page).getByRole("link", { name: /^All / }).click();
    expect(new URL(page.url()).search).toBe("?sort=discussed&view=compact");
  });

  test("two hundred papers come in four pages: each once, the view kept, and at the end the way to the day before", async () => {
    const page = await plain();
    await page.goto(routes.edition(days.crowded, { sort: "newest", view: "compact" }));
    const seen: (string | null)[] = [];
    for (let number = 1; number <= 4; number++) {
      if (number > 1) await page.getByRole("link", { name: `Page ${number} →` }).click();
      const links = page.getByRole("article").getByRole("heading").getByRole("link");
      seen.push(...(await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")))));
    }
    expect(seen).toHaveLength(200);
    expect(new Set(seen).size).toBe(200);
    expect(new URL(page.url()).search).toBe("?page=4&sort=newest&view=compact");
    expect(await page.getByRole("region", { name: "The end of this day" }).count()).toBe(1);
  });

  test("a class without a chip is asked for by name; one that no paper has says so, and leads back", async () => {
    const page = await plain();
    await page.goto(routes.edition(days.crowded, { sort: "newest" }));
    await choices(page)
      .getByText(/^\d+ more$/)
      .click();
    await page.getByRole("textbox", { name: "Class" }).fill("math.PT");
    await page.getByRole("button", { name: "Show" }).click();
    expect(new URL(page.url()).search).toBe("?sort=newest&category=math.PT");
    expect(await page.getByRole("article").count()).toBe(1);

    await page.goto(routes.edition(days.crowded, { category: "nlin.CD" }));
    await page.getByRole("main").getByRole("link", { name: "Show all 200 papers" }).click();
    expect(await page.getByRole("article").count()).toBe(50);
  });

  test("nonsense in an address is the usual list, and no error", async () => {
    const page = await plain();
    for (const query of ["?sort=best&view=dense", "?category=<script>", "?page=zero&sort=", "?category=a&category=b"]) {
      expect((await page.goto(routes.edition(days.crowded) + query))?.status(), query).toBe(200);
      expect((await ranksOn(page)).slice(0, 3)).toEqual([1, 2, 3]);
    }
  });

  test("the calendar leads to another day, and the reader takes the view along", async () => {
    const page = await plain();
    await page.goto(routes.edition(days.single, { view: "compact" }));
    const calendar = page.getByRole("navigation", { name: "The last weeks" });
    expect(await calendar.getByRole("link", { name: /: 1 paper, 3 upvotes$/ }).getAttribute("aria-current")).toBe(
      "page",
    );
    await calendar.getByRole("link", { name: /: 200 papers, / }).click();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(
      routes.edition(days.crowded, { view: "compact" }),
    );
  });
});

const widths = [
  { manner: "1280", viewport: { width: 1280, height: 900 } },
  { manner: "390", viewport: { width: 390, height: 844 } },
  { manner: "320", viewport: { width: 320, height: 700 } },
  { manner: "1280 at 200 %", viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
];

test.each(widths)("no page of any state is wider than a screen of $manner", async ({ manner, ...options }) => {
  const page = await openPage({ baseURL, ...options });
  const paths = [
    routes.home(),
    routes.edition(days.strange, { view: "compact" }),
    routes.edition(days.single),
    routes.edition(days.crowded, { category: "math.PT" }),
    routes.edition(days.crowded, { category: "nlin.CD" }),
    routes.edition("2001-01-01"),
    routes.edition("2031-01-01"),
    routes.trending({ view: "compact" }),
    "/no-such-page",
  ];
  for (const path of paths) {
    await page.goto(path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, path).toBe(0);
  }
});

test("strange papers are whole: every author counted, every script shown, nothing cut", async () => {
  const page = await openPage({ baseURL });
  await page.goto(routes.edition(days.strange));
  const text = (await page.getByRole("main").textContent()) ?? "";
  expect(text).toContain("and 3,297 more");
  expect(text).toContain("慢读者：会要求再看一遍的语言模型");
  expect(text).toContain("👨‍👩‍👧‍👦👨‍👩‍👧‍👦");
  expect(text).toContain("Not for One Letter More");
  const arabic = page.getByRole("heading", { name: /قراءة بطيئة/ });
  const [end, column] = await Promise.all([
    arabic.getByRole("link").evaluate((link) => link.getBoundingClientRect().right),
    arabic.evaluate((heading) => heading.getBoundingClientRect().right),
  ]);
  expect(Math.abs(end - column), "what is read from the right begins at the right").toBeLessThan(2);
});

test("no page of these has a violation that axe finds, in either scheme", async () => {
  const page = await openPage({ baseURL });
  for (const path of [
    routes.edition(days.strange),
    routes.edition(days.crowded, { view: "compact", category: "cs.CL" }),
    routes.edition(days.crowded, { category: "nlin.CD" }),
    routes.edition(days.single, { sort: "discussed" }),
  ]) {
    await page.goto(path);
    await expectAccessible(page);
  }
});

test("a line of an abstract holds 60 to 75 characters, or nearly: the reader's own serif decides", async () => {
  const page = await openPage({ baseURL, viewport: { width: 1280, height: 900 } });
  await page.goto(routes.edition(days.crowded));
  const lengths = await page.locator(".paper-abstract").evaluateAll((all) =>
    all.slice(0, 20).map((abstract) => {
      // What is off the screen is laid out late: have it laid out now.
      for (let box = abstract.parentElement; box; box = box.parentElement) box.style.contentVisibility = "visible";
      const lines = Math.round(abstract.clientHeight / Number.parseFloat(getComputedStyle(abstract).lineHeight));
      // The last line is half full on average.
      return (abstract.textContent ?? "").length / (lines - 0.5);
    }),
  );
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  expect(mean).toBeGreaterThan(57);
  expect(mean).toBeLessThan(78);
});

test("nothing moves when a page learns who reads it and what they upvoted", async () => {
  const page = await openPage({ baseURL, viewport: { width: 390, height: 844 } });
  await page.goto(routes.edition(days.strange));
  await signIn(page);
  await page.goto(routes.edition(days.strange));
  await page.getByRole("button", { name: "Upvote", exact: true }).first().click();
  await page.getByRole("status").filter({ hasText: "Upvoted." }).waitFor({ state: "attached" });

  for (const view of [undefined, "compact"]) {
    await page.goto(routes.edition(days.strange, { view }));
    await page.getByRole("button", { name: "Take upvote back" }).waitFor();
    expect(await layoutShift(page)).toBe(0);
  }
});

/** The page's cumulative layout shift until now, as the browser itself measured it. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        // Two frames: what was buffered has been told by then.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))));
      }),
  );
}

async function signIn(page: Page): Promise<void> {
  await page.goto(routes.signIn());
  await page.getByLabel("Your email address").fill("steady@example.org");
  await page.getByRole("button", { name: "Mail me a link" }).click();
  const link = await eventually(async () => {
    const [mail] = await mailbox("steady@example.org", dataDir);
    return new RegExp(`${baseURL}/sign-in/[^\\s>)\\]]+`).exec(mail?.text ?? "")?.[0];
  }, "the sign-in mail");
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}
