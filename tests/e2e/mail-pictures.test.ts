import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Colour, contrast } from "#tests/contrast.ts";
import { compareWithKept, fontsDiffer } from "#tests/e2e/compare-pictures.ts";
import { mailLooks, type MailViewer, openMailViewer } from "#tests/mail-looks.ts";

// What `npm run emails` writes: every mail, made as those are that go out.
const names = [
  "digest",
  "week",
  "month",
  "search",
  "classes",
  "empty",
  "test",
  "odd",
  "confirm",
  "confirm-search",
  "sign-in",
];
const folder = mkdtempSync(join(tmpdir(), "broadsheet-mail-pictures-"));
let viewer: MailViewer;

beforeAll(async () => {
  const env = { ...process.env, DATA_DIR: folder, SITE_URL: "https://broadsheet.example" };
  const args = ["--import", "tsx", "scripts/emails.ts", folder, "--no-pictures"];
  const [code] = await once(spawn(process.execPath, args, { env, stdio: "ignore" }), "exit");
  expect(code).toBe(0);
  viewer = await openMailViewer();
});

afterAll(async () => {
  await viewer?.close();
  rmSync(folder, { recursive: true, force: true });
});

const htmlOf = (name: string) => readFileSync(join(folder, `${name}.html`), "utf8");

// Not of those with letters that not every machine has, nor of a test, which differs in its subject only.
const drawn = names.filter((name) => !["odd", "classes", "test"].includes(name));
const views = drawn.flatMap((name) =>
  (["light", "forced"] as const).flatMap((look) => [800, 390].map((width) => ({ name, look, width }))),
);

describe("the mails look as they did", () => {
  test.for(views)("$name, $look, at $width px", async ({ name, look, width }, { skip }) => {
    const page = await viewer.show(htmlOf(name), { look, width, scale: 0.5 });
    await nameFonts(page);
    const fonts = await fontsDiffer(page);
    if (fonts && process.env.CI) throw new Error(fonts);
    if (fonts) skip(fonts);
    expect(compareWithKept(`mail-${name}-${width}-${look}`, await page.screenshot())).toBe(null);
    await page.close();
  });
});

describe.each(mailLooks)("in the look %s", (look) => {
  test.each(["digest", "confirm-search"])(
    "every kind of text of %s has 4.5:1 or more (AA), seen in the picture",
    async (name) => {
      const page = await viewer.show(htmlOf(name), { look, width: 390, scale: 3 });
      const weakest = await measureTexts(page);
      expect(Object.keys(weakest).length).toBeGreaterThan(4);
      expect(Object.entries(weakest).filter(([, ratio]) => ratio < 4.5)).toEqual([]);
      await page.close();
    },
  );
});

test("the measure of a picture is that of its colours: black on white has 21, #777 on white 4.48", async () => {
  const page = await viewer.show(
    "<body style='background:#fff;font:14px sans-serif'><p id=a style='color:#000'>Words</p><p id=b style='color:#777'>Words</p>",
    { look: "light", width: 390, scale: 3 },
  );
  expect(contrastIn(await page.locator("#a").screenshot())).toBeCloseTo(21, 1);
  expect(contrastIn(await page.locator("#b").screenshot())).toBeCloseTo(4.48, 1);
});

test.each(names)("%s fits a screen of 320 px, whatever words are in it, and asks for nothing", async (name) => {
  const page = await viewer.show("<p></p>", { look: "light", width: 320 });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.setContent(htmlOf(name));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  expect(asked).toEqual([]);
  await page.close();
});

// One of each kind of text: name, date, title, rank, abstract, facts, links, button, foot.
const kinds = [
  "h1",
  "h2 a",
  "h2 .accent",
  "td.rule.muted",
  "p[dir]",
  "td.ink > p",
  "p.muted",
  "p.muted a",
  "td.ink a.accent",
  "a.button",
  "td.heavy.muted",
  "td.heavy.muted a",
];

async function measureTexts(page: Page): Promise<Record<string, number>> {
  const ratios: Record<string, number> = {};
  for (const kind of kinds) {
    const text = page.locator(kind).first();
    if ((await text.count()) > 0) ratios[kind] = contrastIn(await text.screenshot());
  }
  return ratios;
}

/** Between what most of a picture is, its ground, and what differs most from it in more than a few pixels: the stems of its letters. */
function contrastIn(picture: Buffer): number {
  const { data } = PNG.sync.read(picture);
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const [[ground = 0] = []] = [...counts].sort(([, one], [, other]) => other - one);
  const stems = [...counts].filter(([, count]) => count >= 30).map(([colour]) => contrast(rgb(colour), rgb(ground)));
  return Math.max(...stems);
}

function rgb(colour: number): Colour {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
}

/** The site's fonts by the names under which they are measured. */
async function nameFonts(page: Page): Promise<void> {
  const tokens = readFileSync("app/tokens.css", "utf8");
  for (const name of ["--font-serif", "--font-sans"]) {
    const stack = new RegExp(`${name}:([^;]+);`).exec(tokens)?.[1]?.trim() ?? "";
    await page.evaluate(
      ([key = "", value = ""]) => document.documentElement.style.setProperty(key, value),
      [name, stack],
    );
  }
}
