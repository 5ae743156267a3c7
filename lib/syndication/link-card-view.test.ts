import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { paperId } from "#lib/papers/paper-id.ts";
import type { PaperDetail } from "#lib/papers/types.ts";
import { readCoverage } from "#lib/syndication/font-coverage.ts";
import { paperCardView, siteCardView } from "#lib/syndication/link-card-view.ts";
import { settableText } from "#lib/syndication/settable-text.ts";

const fonts = [
  "stix-two-text-latin-400-normal.woff",
  "stix-two-text-greek-400-normal.woff",
  "stix-general-400-normal.otf",
];
const covered = new Set(
  fonts.flatMap((name) => [...readCoverage(readFileSync(new URL(`../../assets/fonts/${name}`, import.meta.url)))]),
);

function paper(fields: Partial<PaperDetail> = {}): PaperDetail {
  return {
    id: paperId("2608.12313"),
    title: "On Slow Reading",
    abstract: "",
    authors: ["Ada Example", "Ben Sample"],
    categories: ["cs.CL", "cs.AI", "cs.LG", "cs.CV"],
    submittedAt: "2026-08-18T10:00:00Z",
    withdrawn: false,
    announcedOn: null,
    ...fields,
  } as PaperDetail;
}

const card = (fields: Partial<PaperDetail>) => paperCardView(paper(fields), { siteName: "Broadsheet", covered });

test("the fonts' own tables say what they can write: letters, Greek, mathematics; no Chinese, no emoji", () => {
  const has = (text: string) => [...text].map((character) => covered.has(character.codePointAt(0) ?? 0));
  expect(has("AzÅé—’…αΩ≤∞→∈ℝ𝒪∑²ⁿ")).not.toContain(false);
  expect(has("读书א🙂")).not.toContain(true);
});

test.each([
  ["Reading in O(n²) ≤ ∞", "Reading in O(n²) ≤ ∞", false],
  ["H₂O and Łukasz", "H2O and Łukasz", false],
  ["Emoji 🙂 are 👩‍👩‍👧 left out ✨", "Emoji are left out", false],
  ["读书 and reading", "… and reading", true],
  ["one 读 书 two", "one … two", true],
  ["مرحبا", "…", true],
  ["cafe\u0301", "café", false],
  ["\u202eright to left\u202c", "right to left", false],
])("%s is set as %s", (typed, text, lossy) => {
  expect(settableText(typed, covered)).toEqual({ text, lossy });
});

test("a card names the paper, its first authors and how many more, its id, classes and date", () => {
  const authors = ["Ada Example", "Ben Sample", "Cleo Case", "Dan Draft", "Eve Essay", "Finn Folio"];
  expect(card({ title: "Reading in $O(n^2)$", authors })).toEqual({
    siteName: "Broadsheet",
    kicker: "",
    title: "Reading in O(n²)",
    lines: ["Ada Example, Ben Sample, Cleo Case, Dan Draft and 2 more"],
    foot: "arXiv:2608.12313  ·  cs.CL  ·  cs.AI  ·  cs.LG  ·  18 August 2026",
  });
});

test("a name that the font cannot write is one of the others; a title that it cannot write is the id", () => {
  const { title, lines } = card({ title: "读书笔记", authors: ["山田太郎", "Ada Example"] });
  expect([title, lines]).toEqual(["arXiv:2608.12313", ["Ada Example and 1 more"]]);
  expect(card({ authors: ["山田太郎"] }).lines).toEqual(["1 author"]);
  expect(card({ authors: [] }).lines).toEqual([]);
});

test("3,303 authors and a title of 500 letters keep to the picture, and end at a word", () => {
  const long = card({
    title: "Slow reading ".repeat(39),
    authors: Array.from({ length: 3303 }, (_, index) => `Ada Example-Number${index}`),
  });
  expect(long.title.length).toBeLessThanOrEqual(221);
  expect(long.title).toMatch(/(Slow|reading)…$/);
  expect(long.lines[0]).toMatch(/ and 3,299 more$/);
});

test("a withdrawn paper says so", () => {
  expect(card({ withdrawn: true }).kicker).toBe("Withdrawn");
});

test("the site's card is its name and what it is", () => {
  const view = siteCardView({
    siteName: "组合 Broadsheet",
    tagline: "New papers, daily",
    host: "papers.example.org",
    covered,
  });
  expect(view).toMatchObject({ siteName: "papers.example.org", title: "… Broadsheet", lines: ["New papers, daily"] });
});

test("whatever comes in, a card holds the font's characters only, and few of them", { timeout: 60_000 }, () => {
  const text = fc.string({ unit: "binary", maxLength: 600 });
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 5 }), (title, authors) => {
      const view = card({ title, authors });
      const written = [view.title, ...view.lines].join("");
      for (const character of written) expect(covered.has(character.codePointAt(0) ?? 0)).toBe(true);
      expect(view.title.length).toBeLessThanOrEqual(221);
      expect(view.title.length).toBeGreaterThan(0);
      expect(view.lines.join("").length).toBeLessThanOrEqual(800);
    }),
    { numRuns: 200 },
  );
});
