import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseListing } from "#lib/sources/arxiv/parse-listing.ts";

type Item = { id: string; type: string; version?: number; creator?: string };
type Feed = { title?: string; about?: string; when?: string };

const names = "Ada One (1, 2), Bo Two ((1) Here, (2) There) and Cy Three";
const described = ({
  id,
  type,
  version = 1,
}: Item) => `arXiv:${id}v${version} Announce Type: ${type} \nAbstract: We read
slowly, with $x &lt; y$.`;
const extras = ({ type, creator = names }: Item) => `<arxiv:announce_type>${type}</arxiv:announce_type>
  <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights><arxiv:journal_reference>Slow J. 1 (2026)</arxiv:journal_reference>
  <arxiv:DOI>10.1000/xyz</arxiv:DOI><dc:creator>${creator}</dc:creator>`;

const rss = {
  item: (item: Item) => `<item>
  <title>On slow reading</title><link>https://arxiv.org/abs/${item.id}</link>
  <description>${described(item)}</description>
  <guid isPermaLink="false">oai:arXiv.org:${item.id}v${item.version ?? 1}</guid><category>cs.CL</category><category>I.2.7</category>
  <pubDate>Thu, 24 Sep 2026 00:00:00 -0400</pubDate>${extras(item)}</item>`,
  feed: (items: string, { title, about, when = "Thu, 24 Sep 2026 00:00:00 -0400" }: Feed = {}) =>
    `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
<channel><title>${title ?? "cs.CL updates on arXiv.org"}</title><description>${about ?? "updates"}</description><pubDate>${when}</pubDate>${items}</channel></rss>`,
  empty: "<item/>",
};

const atom = {
  item: (item: Item) => `<entry>
  <id>oai:arXiv.org:${item.id}v${item.version ?? 1}</id><title>On slow reading</title><updated>2026-09-24T04:00:14.866337+00:00</updated>
  <link href="https://arxiv.org/abs/${item.id}" rel="alternate" type="text/html"/><summary>${described(item)}</summary>
  <category term="cs.CL"/><category term="I.2.7"/><published>2026-09-24T00:00:00-04:00</published>${extras(item)}</entry>`,
  feed: (items: string, { title, about, when = "2026-09-24T04:00:14.866337+00:00" }: Feed = {}) =>
    `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
<id>http://rss.arxiv.org/atom/cs.CL</id><title>${title ?? "cs.CL updates on arXiv.org"}</title><updated>${when}</updated>
<link href="http://rss.arxiv.org/atom/cs.CL" rel="self" type="application/atom+xml"/><subtitle>${about ?? "updates"}</subtitle>${items}</feed>`,
  empty: "<entry/>",
};

describe.each([
  ["RSS", rss],
  ["Atom", atom],
])("as %s", (_, { item, feed, empty }) => {
  test("a new paper has the listing's date, its version, its authors one by one, and no announcement in its abstract", () => {
    const day = parseListing(feed(item({ id: "2609.00010", type: "new" })));
    expect(day).toMatchObject({ items: 1, skipped: 0, rejected: [] });
    expect(day.papers[0]).toMatchObject({
      id: "2609.00010",
      version: 1,
      title: "On slow reading",
      abstract: "We read slowly, with $x < y$.",
      authors: ["Ada One", "Bo Two", "Cy Three"],
      categories: ["cs.CL"],
      licenseUrl: "http://creativecommons.org/licenses/by/4.0/",
      journalRef: "Slow J. 1 (2026)",
      doi: "10.1000/xyz",
      submittedAt: null,
      revisedAt: null,
      fields: { otherClasses: ["I.2.7"] },
    });
    expect([day.day, day.papers[0]?.day, day.papers[0]?.announcedOn].map(String)).toEqual(Array(3).fill("2026-09-24"));
  });

  test("printed are new papers and recent cross-listings; old ones and replacements are no news", () => {
    const day = parseListing(
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
    expect(day).toMatchObject({ items: 7, skipped: 4 });
    expect(day.papers[1]?.announcedOn).toBeNull();
  });

  test("an item that cannot be read is reported, and a bracket that never closes swallows no author", () => {
    const [good, bad] = [
      item({ id: "2609.00001", type: "new", creator: "Ada (One, Bo Two" }),
      item({ id: "nonsense", type: "new" }),
    ];
    const day = parseListing(feed(`${bad}${empty}${good}`));
    expect(day.rejected).toEqual([
      {
        where: expect.stringMatching(/^(item|entry) 1$/),
        reason: expect.stringContaining("nonsensev1 is no arXiv id"),
      },
      { where: expect.stringMatching(/^(item|entry) 2$/), reason: expect.any(String) },
    ]);
    expect(day.papers[0]?.authors).toEqual(["Ada One", "Bo Two"]);
  });

  test("an id that cannot be read is taken from the paper's link, its version from the announcement", () => {
    const text = feed(item({ id: "2609.00001", type: "new", version: 2 })).replace(
      /oai:arXiv\.org:2609\.00001v2/,
      "tag:elsewhere",
    );
    expect(parseListing(text).papers[0]).toMatchObject({ id: "2609.00001", version: 2 });
  });

  test("a day without announcements is a listing all the same, with its date", () => {
    const day = parseListing(feed(""));
    expect(day).toMatchObject({ papers: [], rejected: [], items: 0, skipped: 0 });
    expect(String(day.day)).toBe("2026-09-24");
    expect(parseListing(feed("", { when: "soon" })).day).toBeNull();
  });

  test("an error in the form of a feed is told in arXiv's words", () => {
    const text = feed("", { title: "Feed error for query: xx", about: "Invalid archive: xx" });
    expect(() => parseListing(text)).toThrow("arXiv refused the question: Invalid archive: xx");
  });

  test("half a feed, wherever it was cut, is no listing", () => {
    const whole = feed(item({ id: "2609.00001", type: "new" }));
    for (let length = 1; length < whole.length; length += 7) {
      expect(() => parseListing(whole.slice(0, length)), `${length} characters`).toThrow(/incomplete|no XML/);
    }
  });
});

test("both forms of a day give the same", () => {
  const items: Item[] = [
    { id: "2609.00001", type: "new" },
    { id: "2609.00002", type: "cross", version: 3, creator: "Ada One" },
    { id: "2609.00003", type: "replace", version: 2 },
  ];
  const [first, second] = [rss, atom].map(({ item, feed }) => parseListing(feed(items.map(item).join(""))));
  expect(second).toEqual(first);
});

test("an Atom feed made in the evening is of the day by arXiv's clock; its entries know better", () => {
  const evening = { when: "2026-09-25T03:59:59+00:00" };
  expect(String(parseListing(atom.feed("", evening)).day)).toBe("2026-09-24");
  const late = { when: "2026-09-26T12:00:00+00:00" };
  expect(String(parseListing(atom.feed(atom.item({ id: "2609.00001", type: "new" }), late)).day)).toBe("2026-09-24");
});

const searched = `<entry><id>http://arxiv.org/abs/2609.00001v1</id><title>On slow reading</title><published>2026-09-23T10:00:00Z</published></entry>`;
const answered = (entries: string, total: number) =>
  `<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/abc</id>
  <title>arXiv Query: search_query=cat:cs.CL</title><updated>2026-09-24T04:00:14Z</updated><opensearch:totalResults>${total}</opensearch:totalResults>${entries}</feed>`;
const one = atom.feed(atom.item({ id: "2609.00001", type: "new" }));

test.each([
  ["the search's answer, an Atom feed of another kind", answered(searched, 1), /no day's listing/],
  ["the search's answer without papers", answered("", 0), /no day's listing/],
  [
    "somebody's Atom feed",
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>Gardening</title></feed>`,
    /no day's list/,
  ],
  [
    "Atom of another namespace",
    one.replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"),
    /another format/,
  ],
  ["Atom without a namespace", one.replace(' xmlns="http://www.w3.org/2005/Atom"', ""), /another format/],
  ["RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>`, /not what we asked/],
  ["an RSS feed without a channel", `<rss version="2.0"/>`, /(not what we asked|no channel)/],
  [
    "a root named after what every object has",
    `<constructor><channel/></constructor>`,
    /not what we asked|not be read/,
  ],
  ["two documents", `${one}<feed/>`, /no XML|not what we asked|incomplete/],
  ["a web page", "<!DOCTYPE html><html><body>503</body></html>", /web page/],
  ["nothing", "", /nothing/],
])("%s is no day's listing", (_, text, sentence) => {
  expect(() => parseListing(text)).toThrow(sentence);
});

const recorded = "../shared/data/arxiv/rss";
describe.skipIf(!existsSync(recorded))("the recorded feeds (skipped where ../shared/data is absent)", () => {
  test.each([
    ["2026-09-24_cs.LG+cs.AI+cs.CL+stat.ML.trimmed.xml", 4, 2, "2026-09-24"],
    ["2026-04-27_cs.AI.trimmed.xml", 3, 3, "2026-04-27"],
    ["2026-04-27_cs.LG.trimmed.xml", 3, 3, "2026-04-27"],
    ["2026-08-01_cs.CL.empty-saturday.xml", 0, 0, "2026-08-01"],
  ])("%s: %i items, %i of them news", (file, items, papers, date) => {
    const day = parseListing(readFileSync(`${recorded}/${file}`, "utf8"));
    expect(day).toMatchObject({ items, rejected: [], skipped: items - papers });
    expect(day.day?.toString()).toBe(date);
    expect(day.papers.every(({ abstract, version }) => !/Announce|^Abstract/.test(abstract) && version)).toBe(true);
  });

  test("the recorded Atom file has the search's entries, of which none says how it was announced: it is no listing", () => {
    const text = readFileSync(`${recorded}/2025-11-23_cs.atom-envelope.items-constructed.xml`, "utf8");
    expect(() => parseListing(text)).toThrow(/no day's listing/);
  });
});
