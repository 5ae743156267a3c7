import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readSiteConfig } from "#lib/platform/site-config.ts";

const folder = mkdtempSync(join(tmpdir(), "broadsheet-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(text: string): string {
  const path = join(folder, "broadsheet.config.json");
  writeFileSync(path, text);
  return path;
}

test("without a file it is a site about AI papers that closes at midnight UTC", () => {
  expect(readSiteConfig("/nowhere/broadsheet.config.json")).toMatchObject({
    name: "Broadsheet",
    timeZone: "UTC",
    closesAt: "00:00",
    mailedAt: "06:00",
    arxivCategories: ["cs.AI", "cs.CL", "cs.CV", "cs.LG"],
    weights: { upvotes: 1, sources: 0.5 },
  });
});

test("another field needs a few lines", () => {
  const path = fileWith(
    '{ "name": "Combinatorics Daily", "huggingFace": false, "arxivCategories": ["math.CO", "cs.DM"], "timeZone": "Europe/Paris", "weights": { "votes": 2 } }',
  );
  expect(readSiteConfig(path)).toMatchObject({
    name: "Combinatorics Daily",
    huggingFace: false,
    arxivCategories: ["math.CO", "cs.DM"],
    weights: { upvotes: 1, votes: 2 },
  });
});

test("a site that names its field and no tagline gets one about that field", () => {
  expect(readSiteConfig("/nowhere/broadsheet.config.json").tagline).toContain("AI research community");
  expect(readSiteConfig(fileWith('{ "field": "combinatorics papers" }')).tagline).toBe(
    "New combinatorics papers, printed daily",
  );
  expect(readSiteConfig(fileWith('{ "field": "knots", "tagline": "" }')).tagline).toBe("");
});

test("the bundled example is a whole configuration", () => {
  expect(readSiteConfig("examples/combinatorics.config.json")).toMatchObject({
    name: "Combinatorics Daily",
    timeZone: "Europe/Paris",
    closesAt: "02:00",
    huggingFace: false,
    arxivCategories: ["math.CO", "cs.DM"],
  });
});

test.each([
  ["{", /is not JSON/],
  ['{ "timezone": "UTC" }', /timezone/],
  ['{ "timeZone": "Mars/Olympus" }', /timeZone must be a name of the IANA database/],
  ['{ "closesAt": "25:00" }', /closesAt must be a time of day/],
  ['{ "arxivCategories": ["computer science"] }', /arXiv classes such as cs\.LG/],
  ['{ "weights": { "upvotes": -1 } }', /weights\.upvotes/],
  ['{ "usual": { "votes": 0 } }', /usual\.votes/],
])("%s ends the start with a sentence that names the file", (text, sentence) => {
  const path = fileWith(text);
  expect(() => readSiteConfig(path)).toThrow(sentence);
  expect(() => readSiteConfig(path)).toThrow(path);
});
