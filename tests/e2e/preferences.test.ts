import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { expectAccessible, linkMailedTo, mailbox, withBrowser } from "#tests/e2e/browser.ts";
import { tabTo } from "#tests/e2e/by-keyboard.ts";
import { eventually } from "#tests/setup/eventually.ts";

const open = withBrowser();

/** Subscribes by the form, confirms, and follows the link to the preferences. */
async function subscribe(page: Page, address: string, often: string): Promise<void> {
  await page.goto("/subscribe");
  const main = page.getByRole("main");
  await main.getByLabel("Your email address").fill(address);
  await main.getByLabel("How often").selectOption(often);
  await main.getByRole("button", { name: "Subscribe" }).click();
  await page.goto(await linkMailedTo(address, "/subscribe/"));
  await page.getByRole("button", { name: "Confirm my subscription" }).click();
  await page.getByRole("link", { name: "Change what you get" }).click();
  await page.getByRole("heading", { name: "What you get" }).waitFor();
}

test("what one gets is changed without a mouse and without JavaScript; what is wrong is said beside its field, what was typed stays", async () => {
  const page = await open({ javaScriptEnabled: false });
  await subscribe(page, "asks-for-things@example.org", "Every week");
  const editions = page.getByRole("region", { name: /whole editions/ });
  expect(await editions.textContent()).toContain("Every week at 6:00 UTC, up to 20 papers.");

  await tabTo(page, (name) => name === "How often");
  await page.keyboard.type("Mon");
  await tabTo(page, (name) => name === "Papers in a mail, at most");
  await page.keyboard.type("500");
  await tabTo(page, (name) => name === "Hour");
  await page.keyboard.type("7");
  await tabTo(page, (name) => name === "Time zone");
  await page.keyboard.type("Kathmandu");
  await tabTo(page, (name) => name === "Classes");
  await page.keyboard.type("cs.CL");
  await page.keyboard.press("Enter");
  await page.getByRole("status").filter({ hasText: "Not saved." }).waitFor();
  expect(await described(page, "Papers in a mail, at most")).toBe("A number from 5 to 50.");
  expect(await described(page, "Time zone")).toContain("There is no such time zone.");
  expect(await editions.getByLabel("Classes").inputValue()).toBe("cs.CL");
  expect(await editions.getByLabel("Hour").inputValue()).toBe("7");
  expect(await editions.textContent()).toContain("Every week at 6:00 UTC, up to 20 papers.");
  await expectAccessibleAt(page.url());

  await tabTo(page, (name) => name === "Papers in a mail, at most");
  await page.keyboard.type("12");
  await tabTo(page, (name) => name === "Time zone");
  await page.keyboard.type("Asia/Kathmandu");
  await page.keyboard.press("Enter");
  await page.getByRole("status").filter({ hasText: "Saved." }).waitFor();
  expect(await editions.textContent()).toContain("Every weekday at 7:00 in Kathmandu, up to 12 papers of cs.CL.");
  await page.reload();
  expect(await editions.getByLabel("Time zone").inputValue()).toBe("Asia/Kathmandu");
  await expectAccessibleAt(page.url());
}, 240_000);

test("a pause is told by a day to come, and ended; the latest edition comes once; all mail ends, and the link stays good", async () => {
  const page = await open({ javaScriptEnabled: false });
  const address = "goes-away@example.org";
  await subscribe(page, address, "Every day");
  const link = page.url();
  await page.getByLabel("Until").fill(inject("today"));
  await page.getByRole("button", { name: "Pause all mail" }).click();
  expect(await described(page, "Until")).toBe("Choose a day after today.");
  const later = Temporal.PlainDate.from(inject("today")).add({ days: 20 });
  await page.getByLabel("Until").fill(later.toString());
  await page.getByRole("button", { name: "Pause all mail" }).click();
  await page.getByRole("status").filter({ hasText: "Paused." }).waitFor();
  await expectAccessibleAt(page.url());

  await page.getByRole("button", { name: "Send me the latest edition now" }).click();
  await page.getByRole("status").filter({ hasText: "The edition of" }).waitFor();
  const mail = await eventually(
    async () => (await mailbox(address)).find(({ text }) => text?.includes("Change what you get:")),
    "the latest edition",
  );
  expect(mail.text).toContain(`Change what you get: ${link}`);
  await page.goto(link);
  expect(await page.getByRole("button", { name: "Send me the latest edition now" }).count()).toBe(0);
  await page.getByRole("button", { name: "End the pause now" }).click();
  await page.getByRole("status").filter({ hasText: "The pause has ended." }).waitFor();

  await page.getByRole("button", { name: "End all mail" }).click();
  await page.getByRole("heading", { name: "All mail has ended" }).waitFor();
  await page.goto(link);
  await page.getByRole("heading", { name: "No mail goes to this address" }).waitFor();
  await expectAccessibleAt(page.url());
}, 240_000);

test("the page is nobody else's: not kept by any cache, not for search engines, and its address does not travel", async () => {
  const page = await open();
  await subscribe(page, "keeps-to-himself@example.org", "Every month");
  const answer = await page.request.get(page.url());
  expect(answer.headers()["cache-control"]).toContain("no-store");
  const html = await answer.text();
  expect(html).toMatch(/<meta name="robots" content="noindex/);
  expect(html).toMatch(/<meta name="referrer" content="strict-origin"/);
  expect((await page.request.get(`${page.url()}x`)).status()).toBe(200);
  await page.goto(`${page.url()}x`);
  await page.getByRole("heading", { name: "This link does not work" }).waitFor();
}, 240_000);

/** The same address with scripts: where none may run, axe waits without end. */
async function expectAccessibleAt(url: string): Promise<void> {
  const page = await open();
  await page.goto(url);
  await expectAccessible(page);
}

/** What is said beside a field. */
async function described(page: Page, label: string): Promise<string> {
  const id = await page.getByLabel(label).getAttribute("aria-describedby");
  return (await page.locator(`[id="${id}"]`).textContent()) ?? "";
}
