import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";

/** Set by `npm run pictures`: the pictures are taken anew instead of compared. */
const isRecording = process.env.RECORD_PICTURES === "1";

/** So much of a picture may differ by more than a shade: what another release of Chromium changes at the edges of letters. */
const MOST_DIFFERENT = 0.005;
const SHADE = 0.15;

const kept = join(import.meta.dirname, "..", "pictures");
const fontsFile = join(kept, "fonts.json");

/**
 * Holds a picture against the one of this name in tests/pictures. Null when they are the same, else a sentence that names
 * the files to look at.
 */
export function compareWithKept(name: string, taken: Buffer): string | null {
  const file = join(kept, `${name}.png`);
  if (isRecording) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(file, smaller(taken));
    return null;
  }
  if (!existsSync(file)) return `There is no picture ${name} yet: npm run pictures takes it.`;
  const before = PNG.sync.read(readFileSync(file));
  const now = PNG.sync.read(taken);
  if (before.width !== now.width || before.height !== now.height) {
    return `${name} is ${now.width}×${now.height} now and was ${before.width}×${before.height}. ${keepForLooking(name, taken)}`;
  }
  const difference = new PNG({ width: now.width, height: now.height });
  const pixels = pixelmatch(before.data, now.data, difference.data, now.width, now.height, { threshold: SHADE });
  const share = pixels / (now.width * now.height);
  if (share <= MOST_DIFFERENT) return null;
  const where = keepForLooking(name, taken, PNG.sync.write(difference));
  return `${name} differs in ${(share * 100).toFixed(2)} % of its pixels. ${where}`;
}

/**
 * Whether this machine sets text in the fonts of the kept pictures: null, or a sentence that says what to do. Told by the
 * width of words, which no two typefaces share.
 */
export async function fontsDiffer(page: Page): Promise<string | null> {
  const widths = await page.evaluate(measureWords);
  if (isRecording) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(fontsFile, `${JSON.stringify(widths, null, 2)}\n`);
    return null;
  }
  const before: Record<string, number> = existsSync(fontsFile) ? JSON.parse(readFileSync(fontsFile, "utf8")) : {};
  const others = Object.entries(widths).filter(([name, width]) => Math.abs(width - (before[name] ?? 0)) > 1);
  if (others.length === 0) return null;
  return (
    `This machine's fonts are not those of the pictures (${others.map(([name]) => name).join(", ")}). Install them ` +
    "(Debian: apt-get install fonts-urw-base35 fonts-stix), or take pictures of your own: npm run pictures."
  );
}

/** Runs in the page. */
function measureWords(): Record<string, number> {
  const measure = (family: string) => {
    const words = document.createElement("span");
    words.textContent = "Hamburgefonstiv 0123456789 ∑∫αβγ";
    words.style.cssText = `position:absolute;white-space:nowrap;font:100px ${family}`;
    document.body.append(words);
    const { width } = words.getBoundingClientRect();
    words.remove();
    return Math.round(width);
  };
  return { serif: measure("var(--font-serif)"), sans: measure("var(--font-sans)"), math: measure("math") };
}

function keepForLooking(name: string, taken: Buffer, difference?: Buffer): string {
  const folder = join(tmpdir(), "broadsheet-pictures");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), taken);
  if (difference) writeFileSync(join(folder, `${name}-difference.png`), difference);
  return `Look at ${join(folder, name)}*.png; if it is meant, npm run pictures takes it anew.`;
}

/** Without the alpha channel, which a page has not. */
function smaller(picture: Buffer): Buffer {
  return PNG.sync.write(PNG.sync.read(picture), { colorType: 2, deflateLevel: 9, filterType: -1 });
}
