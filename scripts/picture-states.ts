import type { Page } from "playwright-core";
import { eventually } from "#tests/setup/eventually.ts";

/** A page in a state of it: where it is, and what is done there before the picture. */
export type State = { name: string; path: string; prepare?: (page: Page) => Promise<void>; width?: number };

/** What any site with papers can show. `day` is the address of an edition, `paper` that of a paper. */
export function statesOf({ day, paper }: { day: string; paper: string }): State[] {
  return [
    { name: "home", path: "/" },
    { name: "edition", path: day },
    { name: "edition-titles", path: `${day}?view=compact` },
    { name: "edition-newest", path: `${day}?sort=newest` },
    { name: "edition-discussed", path: `${day}?sort=discussed` },
    { name: "edition-class-without-papers", path: `${day}?category=math.CO` },
    { name: "edition-why", path: day, prepare: (page) => page.locator("summary").first().click() },
    { name: "edition-chosen-by-key", path: day, prepare: (page) => press(page, "j", "article a:focus") },
    { name: "edition-end", path: day, prepare: (page) => page.getByRole("contentinfo").scrollIntoViewIfNeeded() },
    { name: "edition-320", path: day, width: 320 },
    { name: "keys-dialog", path: day, prepare: (page) => press(page, "?", "dialog[open]") },
    { name: "day-without-papers", path: "/papers/date/2001-01-01" },
    { name: "day-to-come", path: "/papers/date/2031-01-01" },
    { name: "week", path: day.replace(/date\/.*/, "week") },
    { name: "month", path: day.replace(/date\/.*/, "month") },
    { name: "trending", path: "/papers/trending" },
    { name: "paper", path: paper },
    { name: "paper-320", path: paper, width: 320 },
    { name: "search", path: "/papers?q=agents" },
    { name: "search-for-no-words", path: "/papers?q=+" },
    { name: "search-finds-nothing", path: "/papers?q=zzzzqqqq" },
    { name: "subscribe", path: "/subscribe" },
    { name: "subscribe-asked", path: "/subscribe/check-your-mail" },
    { name: "subscribe-wrong-address", path: "/subscribe/try-again" },
    { name: "confirmation-unknown", path: "/subscribe/not-a-token" },
    { name: "unsubscribe-unknown", path: "/unsubscribe/not-a-token" },
    { name: "sign-in", path: "/sign-in" },
    { name: "sign-in-wrong-address", path: "/sign-in?problem=address" },
    { name: "sign-in-sent", path: "/sign-in/check-your-mail" },
    { name: "about", path: "/about" },
    { name: "keyboard", path: "/keyboard" },
    { name: "status", path: "/status" },
    { name: "outbox", path: "/outbox" },
    { name: "no-such-page", path: "/no-such-page" },
  ];
}

/** On the papers of tests/fixtures/odd-papers.ts: the newest day has strange papers, the one before a single one. */
export function oddStatesOf({ strange, single, crowded, many }: Record<string, string>): State[] {
  return [
    { name: "odd-strange-papers", path: strange ?? "/" },
    { name: "odd-strange-titles", path: `${strange}?view=compact` },
    { name: "odd-strange-papers-320", path: strange ?? "/", width: 320 },
    { name: "odd-one-paper", path: single ?? "/" },
    { name: "odd-two-hundred-papers", path: crowded ?? "/" },
    { name: "odd-two-hundred-last-page", path: `${crowded}?page=4` },
    { name: "odd-3303-authors", path: many ?? "/" },
  ];
}

/** Signed in, as the reader of a letter that the outbox shows. */
export function signedInStatesOf({ paper }: { paper: string }): State[] {
  const id = paper.slice("/papers/".length);
  return [
    { name: "signed-in-vote", path: `/vote/${id}` },
    { name: "signed-in-account", path: "/account" },
    {
      name: "signed-in-letter",
      path: "/outbox",
      prepare: (page) => page.getByRole("main").getByRole("link").first().click(),
    },
    { name: "subscriber-preferences", path: "/subscribe", prepare: subscribeByOutbox },
    {
      name: "subscriber-not-saved",
      path: "/subscribe",
      prepare: async (page) => {
        await subscribeByOutbox(page);
        await page.getByLabel("Papers in a mail, at most").fill("500");
        await page.getByLabel("Time zone").fill("Kathmandu");
        await page.keyboard.press("Enter");
        await page.getByRole("status").filter({ hasText: "Not saved." }).waitFor();
      },
    },
  ];
}

/** Signs `email` in by the letter in the outbox, which a site without a mail server shows on its own machine. */
export async function signInByOutbox(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Your email address").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.goto(await linkInOutbox(page, email, "/sign-in/"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForLoadState("load");
}

/** Subscribes an address that nobody had before, confirms it, and goes to what it gets. */
async function subscribeByOutbox(page: Page): Promise<void> {
  const email = `pictures-${crypto.randomUUID()}@example.org`;
  const main = page.getByRole("main");
  await main.getByLabel("Your email address").fill(email);
  await main.getByRole("button", { name: "Subscribe" }).click();
  await page.waitForLoadState("load");
  await page.goto(await linkInOutbox(page, email, "/subscribe/"));
  await page.getByRole("button", { name: "Confirm my subscription" }).click();
  await page.getByRole("link", { name: "Change what you get" }).click();
  await page.getByRole("heading", { name: "What you get" }).waitFor();
}

/** The link of the newest letter, once that is the one to this address. */
function linkInOutbox(page: Page, email: string, to: string): Promise<string> {
  return eventually(async () => {
    await page.goto("/outbox");
    const letter = page.getByRole("main").getByRole("link").first();
    if ((await letter.count()) === 0) return null;
    await letter.click();
    // The newest letter may still be the one before.
    if (!(await page.getByRole("main").textContent())?.includes(email)) return null;
    return page.getByRole("main").locator(`a[href*="${to}"]`).first().getAttribute("href");
  }, `the letter to ${email}`);
}

/** A key is heard once the page's script has run. */
async function press(page: Page, key: string, seen: string): Promise<void> {
  await eventually(async () => {
    if ((await page.locator(seen).count()) > 0) return true;
    await page.keyboard.press(key);
    return (await page.locator(seen).count()) > 0;
  }, `what ${key} brings about`);
}
