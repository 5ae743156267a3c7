import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseRss } from "#lib/sources/arxiv/parse-rss.ts";

type Item = { id: string; type: string; version?: number; creator?: string };
const item = ({
  id,
  type,
  version = 1,
  creator = "Ada One (1, 2), Bo Two ((1) Here, (2) There) and Cy Three",
}: Item) => `<item>
  <title>On slow reading</title><link>https://arxiv.org/abs/${id}</link>
  <description>arXiv:${id}v${version} Announce Type: ${type} \nAbstract: We read
slowly, with $x &lt; y$.</description>
  <guid isPermaLink="false">oai:arXiv.org:${id}v${version}</guid><category>cs.CL</category><category>I.2.7</category>
  <pubDate>Thu, 24 Sep 2026 00:00:00 -0400</pubDate><arxiv:announce_type>${type}</arxiv:announce_type>
  <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights><dc:creator>${creator}</dc:creator></item>`;
const feed = (
  items: string,
  title = "cs.CL updates on arXiv.org",
  description = "updates",
) => `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
<channel><title>${title}</title><description>${description}</description><pubDate>Thu, 24 Sep 2026 00:00:00 -0400</pubDate>${items}</channel></rss>`;

test("a new paper has the listing's date, its version, its authors one by one, and no announcement in its abstract", () => {
  const day = parseRss(feed(item({ id: "2609.00010", type: "new" })));
  expect(day).toMatchObject({ items: 1, skipped: 0, rejected: [] });
  expect(day.papers[0]).toMatchObject({
    id: "2609.00010",
    version: 1,
    abstract: "We read slowly, with $x < y$.",
    authors: ["Ada One", "Bo Two", "Cy Three"],
    categories: ["cs.CL"],
    licenseUrl: "http://creativecommons.org/licenses/by/4.0/",
    fields: { otherClasses: ["I.2.7"] },
  });
  expect(String(day.papers[0]?.day)).toBe("2026-09-24");
  expect(String(day.papers[0]?.announcedOn)).toBe("2026-09-24");
});

test("printed are new papers and recent cross-listings; old ones and replacements are no news", () => {
  const day = parseRss(
    feed(
      [
        item({ id: "2609.00001", type: "new" }),
        item({ id: "2609.00002", type: "cross" }),
        item({ id: "2608.00003", type: "cross" }),
        item({ id: "2205.06398", type: "cross", version: 2 }),
        item({ id: "hep-th/9901001", type: "cross", version: 3 }),
        item({ id: "2609.00004", type: "replace", version: 2 }),
        item({ id: "2609.00005", type: "replace-cross", version: 2 }),
      ].join(""),
    ),
  );
  expect(day.papers.map(({ id }) => id)).toEqual(["2609.00001", "2609.00002", "2608.00003"]);
  expect(day.skipped).toBe(4);
  expect(day.papers[1]?.announcedOn).toBeNull();
});

test("an item that cannot be read is reported, and a bracket that never closes swallows no author", () => {
  const day = parseRss(
    feed(
      `${item({ id: "nonsense", type: "new" })}<item/>${item({ id: "2609.00001", type: "new", creator: "Ada (One, Bo Two" })}`,
    ),
  );
  expect(day.rejected.map(({ where }) => where)).toEqual(["item 1", "item 2"]);
  expect(day.papers[0]?.authors).toEqual(["Ada One", "Bo Two"]);
});

test.each([
  [
    "an error in the form of a feed",
    feed("", "Feed error", "Invalid archive: xx"),
    /refused the question: Invalid archive/,
  ],
  ["a feed without a channel", `<rss version="2.0"/>`, /(not what we asked|no channel)/],
  ["half a feed", feed(item({ id: "2609.00001", type: "new" })).slice(0, 700), /incomplete/],
  ["an Atom feed", `<feed xmlns="http://www.w3.org/2005/Atom"/>`, /not what we asked/],
])("%s is no day's listing", (_, text, sentence) => {
  expect(() => parseRss(text)).toThrow(sentence);
});

const recorded = "../shared/data/arxiv/rss";
describe.skipIf(!existsSync(recorded))("the recorded feeds (skipped where ../shared/data is absent)", () => {
  test.each([
    ["2026-09-24_cs.LG+cs.AI+cs.CL+stat.ML.trimmed.xml", 4, 2, "2026-09-24"],
    ["2026-04-27_cs.AI.trimmed.xml", 3, 3, "2026-04-27"],
    ["2026-04-27_cs.LG.trimmed.xml", 3, 3, "2026-04-27"],
    ["2026-08-01_cs.CL.empty-saturday.xml", 0, 0, "2026-08-01"],
  ])("%s: %i items, %i of them news", (file, items, papers, date) => {
    const day = parseRss(readFileSync(`${recorded}/${file}`, "utf8"));
    expect(day).toMatchObject({ items, rejected: [], skipped: items - papers });
    expect(day.day?.toString()).toBe(date);
    expect(day.papers.every(({ abstract, version }) => !/Announce|^Abstract/.test(abstract) && version)).toBe(true);
  });
});
