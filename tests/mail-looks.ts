import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "#tests/setup/find-chromium.ts";

/**
 * How a mail may be shown. `dark`: by a program that obeys its colours for the dark (Apple Mail). `forced`: by one that does not and
 * darkens what is light (Gmail on Android; Chromium's own WebContentsForceDark). `inverted`: every colour turned around
 * (Gmail on iOS; here a filter of CSS). Gmail drops what a mail says of dark colours, so for these two it is taken out.
 */
export type MailLook = "light" | "dark" | "forced" | "inverted";

export const mailLooks: readonly MailLook[] = ["light", "dark", "forced", "inverted"];

/** Shows mails in Chromium. `show` opens a page that is closed by `close`, or by who asked for it. */
export type MailViewer = {
  show: (html: string, how: { look: MailLook; width: number; scale?: number }) => Promise<Page>;
  close: () => Promise<void>;
};

/** Throws a sentence where no Chromium is found. */
export async function openMailViewer(): Promise<MailViewer> {
  const found = await findChromium();
  const [obedient, forcing] = await Promise.all([
    chromium.launch(found),
    chromium.launch({ ...found, args: [...found.args, "--enable-features=WebContentsForceDark"] }),
  ]);
  return {
    async show(html, { look, width, scale = 1 }) {
      const browser: Browser = look === "forced" ? forcing : obedient;
      const context = await browser.newContext({
        colorScheme: look === "dark" ? "dark" : "light",
        viewport: { width, height: 900 },
        deviceScaleFactor: scale,
        // A mail loads nothing; if one would, it should be seen here.
        offline: true,
      });
      const page = await context.newPage();
      await page.setContent(look === "forced" || look === "inverted" ? withoutDarkColours(html) : html);
      if (look === "inverted") await page.addStyleTag({ content: "html{filter:invert(1) hue-rotate(180deg)}" });
      return page;
    },
    async close() {
      await Promise.all([obedient.close(), forcing.close()]);
    },
  };
}

function withoutDarkColours(html: string): string {
  return html.replace(/<meta name="(?:supported-)?color-schemes?"[^>]*>/g, "").replace(/<style>[\s\S]*?<\/style>/g, "");
}
