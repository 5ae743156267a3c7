import { XMLParser, XMLValidator } from "fast-xml-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { paperId } from "#lib/papers/paper-id.ts";
import { formatAtom, toJsonFeed } from "#lib/syndication/format-feed.ts";
import { papersFeed } from "#lib/syndication/papers-feed.ts";
import type { Feed, FeedPaper, FollowedList } from "#lib/syndication/types.ts";

const site = { name: "Broadsheet", origin: "https://papers.example.org", ids: "tag:papers.example.org,2026" };

function paper(fields: Partial<FeedPaper> = {}): FeedPaper {
  return {
    id: paperId("2608.12313"),
    title: "On Slow Reading in $O(n^2)$",
    abstract: "We read slowly & with care.\n\nCode is at https://example.org/code.",
    authors: ["Ada Example", "Ben Sample"],
    categories: ["cs.CL", "cs.AI"],
    submittedAt: "2026-08-18T10:00:00Z",
    upvotes: { sources: 40, ours: 2 },
    comments: 3,
    stars: null,
    codeUrl: "https://example.org/code?a=1&b=2",
    projectUrl: null,
    withdrawn: false,
    sample: false,
    rank: 3,
    score: 3.25,
    reasons: [{ kind: "upvotes", count: 42, hours: 18, points: 3.25 }],
    ...fields,
  };
}

function feedOf(papers: FeedPaper[], list: Partial<FollowedList> = {}): Feed {
  const times = new Map(
    papers.map(({ id }) => [
      id as string,
      {
        printedAt: Temporal.Instant.from("2026-08-20T06:30:00.123Z"),
        changedAt: Temporal.Instant.from("2026-08-21T09:00Z"),
      },
    ]),
  );
  return papersFeed(
    {
      title: "Broadsheet: Trending",
      subtitle: "The papers that are talked about now.",
      page: "/papers/trending",
      address: "/papers/trending/feed.xml",
      papers,
      emptyAt: Temporal.Instant.from("2026-08-20T00:00Z"),
      ...list,
    },
    times,
    site,
  );
}

const many = ["entry", "author", "link", "category"];
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => many.includes(name),
});

function readAtom(feed: Feed) {
  const xml = formatAtom(feed);
  expect(XMLValidator.validate(xml)).toBe(true);
  return parser.parse(xml).feed;
}

test("an Atom feed says of each paper who wrote it, when it was printed, why it is here, and where it lies", () => {
  const feed = readAtom(feedOf([paper()]));
  expect(feed).toMatchObject({
    "@xmlns": "http://www.w3.org/2005/Atom",
    id: "tag:papers.example.org,2026:/papers/trending/feed",
    title: "Broadsheet: Trending",
    updated: "2026-08-21T09:00:00Z",
    author: [{ name: "Broadsheet", uri: "https://papers.example.org/" }],
    link: [
      { "@rel": "self", "@href": "https://papers.example.org/papers/trending/feed.xml" },
      { "@rel": "alternate", "@href": "https://papers.example.org/papers/trending" },
    ],
  });
  const [entry] = feed.entry;
  expect(entry).toMatchObject({
    id: "tag:papers.example.org,2026:/papers/2608.12313",
    title: "On Slow Reading in O(n²)",
    published: "2026-08-20T06:30:00Z",
    updated: "2026-08-21T09:00:00Z",
    author: [{ name: "Ada Example" }, { name: "Ben Sample" }],
    category: [
      { "@term": "cs.CL", "@scheme": "http://arxiv.org/schemas/atom" },
      { "@term": "cs.AI", "@scheme": "http://arxiv.org/schemas/atom" },
    ],
    summary: "We read slowly & with care. Code is at https://example.org/code.",
    content: { "@type": "html" },
  });
  expect(entry.link.map((link: Record<string, string>) => [link["@rel"], link["@href"]])).toEqual([
    ["alternate", "https://papers.example.org/papers/2608.12313"],
    ["via", "https://arxiv.org/abs/2608.12313"],
    ["related", "https://arxiv.org/pdf/2608.12313"],
    ["related", "https://example.org/code?a=1&b=2"],
  ]);
  expect(entry.content["#text"]).toContain("<p>We read slowly &#38; with care.</p>");
  expect(entry.content["#text"]).toContain('<a href="https://example.org/code">https://example.org/code</a>');
  expect(entry.content["#text"]).toContain("Rank 3, 3.25 points: 42 upvotes in 18 h: 3.25.");
});

test("a JSON feed says the same, with what JSON Feed 1.1 asks for", () => {
  const feed = toJsonFeed(feedOf([paper()], { address: "/papers/trending/feed.json" }));
  expect(feed).toMatchObject({
    version: "https://jsonfeed.org/version/1.1",
    title: "Broadsheet: Trending",
    home_page_url: "https://papers.example.org/papers/trending",
    feed_url: "https://papers.example.org/papers/trending/feed.json",
    authors: [{ name: "Broadsheet" }],
    items: [
      {
        id: "tag:papers.example.org,2026:/papers/2608.12313",
        url: "https://papers.example.org/papers/2608.12313",
        external_url: "https://arxiv.org/abs/2608.12313",
        title: "On Slow Reading in O(n²)",
        content_text: "We read slowly & with care. Code is at https://example.org/code.",
        date_published: "2026-08-20T06:30:00Z",
        date_modified: "2026-08-21T09:00:00Z",
        authors: [{ name: "Ada Example" }, { name: "Ben Sample" }],
        tags: ["cs.CL", "cs.AI"],
        _broadsheet: {
          pdf_url: "https://arxiv.org/pdf/2608.12313",
          rank: 3,
          score: 3.25,
          reasons: ["42 upvotes in 18 h: 3.25"],
        },
      },
    ],
  });
});

test("both formats are one feed with one id, and a paper has one id in all feeds", () => {
  const [atom, json] = [feedOf([paper()]), feedOf([paper()], { address: "/papers/trending/feed.json" })];
  expect(json.id).toBe(atom.id);
  const searched = feedOf([paper()], { address: "/papers/feed.xml?q=slow+reading", page: "/papers?q=slow+reading" });
  expect(searched.id).toBe("tag:papers.example.org,2026:/papers/feed?q=slow+reading");
  expect(searched.entries[0]?.id).toBe(atom.entries[0]?.id);
});

test("an empty feed is a feed: it has a time, and no entries", () => {
  const feed = readAtom(feedOf([]));
  expect([feed.updated, feed.entry]).toEqual(["2026-08-20T00:00:00Z", undefined]);
  expect(toJsonFeed(feedOf([]))).toMatchObject({ items: [] });
});

test("a feed ends after fifty papers, and names a hundred of three thousand authors", () => {
  const authors = Array.from({ length: 3303 }, (_, index) => `Author ${index + 1}`);
  const papers = Array.from({ length: 60 }, (_, index) => paper({ id: paperId(`2608.${10_000 + index}`), authors }));
  const feed = feedOf(papers);
  expect(feed.entries).toHaveLength(50);
  expect(feed.entries[0]?.authors).toHaveLength(100);
  expect(feed.entries[0]?.html).toContain("Author 100 and 3,203 more");
});

test("a paper without authors has the site for its author, as Atom asks", () => {
  const [entry] = readAtom(feedOf([paper({ authors: [] })])).entry;
  expect(entry.author).toBeUndefined();
  expect(formatAtom(feedOf([paper({ authors: [] })]))).toContain("<author><name>Broadsheet</name>");
});

test("a withdrawn paper says so in its title and first of all", () => {
  const [entry] = feedOf([paper({ withdrawn: true })]).entries;
  expect(entry?.title).toBe("Withdrawn: On Slow Reading in O(n²)");
  expect(entry?.html).toMatch(/^<p><strong>This paper has been withdrawn\.<\/strong><\/p>/);
});

test("a card from a search has no place: its entry says nothing of rank and reasons", () => {
  const { rank: _rank, score: _score, reasons: _reasons, ...card } = paper();
  const [entry] = feedOf([card]).entries;
  expect([entry?.rank, entry?.score, entry?.reasons]).toEqual([null, null, []]);
  expect(entry?.html).not.toContain("Why it is here");
});

test("outside text cannot write markup: a title, a name and an abstract full of tags stay text", () => {
  const hostile = `<script>alert("x")</script> & ]]> <b>bold</b>`;
  const [entry] = readAtom(feedOf([paper({ title: hostile, abstract: hostile, authors: [hostile] })])).entry;
  expect(entry.title).toContain("<script>");
  expect(entry.content["#text"]).not.toMatch(/<(script|b)>/);
  expect(entry.content["#text"]).toContain("&#60;script&#62;");
});

test("whatever Unicode comes in, the feed is XML that says it, and JSON that says it", { timeout: 60_000 }, () => {
  const text = fc.string({ unit: "binary", maxLength: 80 });
  fc.assert(
    fc.property(text, text, fc.array(text, { maxLength: 3 }), (title, abstract, authors) => {
      const feed = feedOf([paper({ title, abstract, authors })], { title, subtitle: abstract });
      const read = readAtom(feed);
      const writable = (written: string) => written.toWellFormed().replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, "");
      expect(read.entry[0].title ?? "").toBe(writable(feed.entries[0]?.title ?? ""));
      expect(read.entry[0].id).toBe(feed.entries[0]?.id);
      expect(JSON.parse(JSON.stringify(toJsonFeed(feed))).items[0].content_text).toBe(feed.entries[0]?.text);
    }),
    { numRuns: 500 },
  );
});
