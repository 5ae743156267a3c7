import { existsSync } from "node:fs";

export type FoundChromium = { executablePath: string; args: string[] };

// Root needs --no-sandbox; the others keep Chromium from calling home during a test.
const always = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** The first Chromium of: CHROMIUM_PATH, /usr/bin/chromium, Playwright's own, npm's. Throws a sentence when there is none. */
export async function findChromium(): Promise<FoundChromium> {
  const { chromium } = await import("playwright-core");
  const candidates = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", chromium.executablePath()];
  const executablePath = candidates.find((path) => path && existsSync(path));
  if (executablePath) return { executablePath, args: always };
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    return { executablePath: await packaged.executablePath(), args: [...always, "--no-zygote"] };
  } catch {
    throw new Error("No Chromium was found. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.");
  }
}
