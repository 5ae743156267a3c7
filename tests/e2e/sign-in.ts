import type { Page } from "playwright-core";
import { routes } from "#lib/platform/routes.ts";
import { linkMailedTo, siteUrl } from "#tests/e2e/browser.ts";

/** Signs in by the mailed link, to the page `next`. */
export async function signInByMail(page: Page, address: string, next: string): Promise<void> {
  await page.goto(routes.signIn(next));
  await page.getByLabel("Your email address").fill(address);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await page.goto(await linkMailedTo(address, "/sign-in/"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === new URL(next, siteUrl).pathname);
}
