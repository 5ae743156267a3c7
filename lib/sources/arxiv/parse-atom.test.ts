import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseAtom } from "#lib/sources/arxiv/parse-atom.ts";

const entry = (inner: string) => `<entry>${inner}</entry>`;
const whole = `
  <id>http://arxiv.org/abs/2411.00010v2</id>
  <title>On  slow
   reading &amp; caf&#233;s</title>
  <updated>2024-11-05T10:00:00Z</updated><published>2024-10-31T17:59:01Z</published>
  <summary>  We read slowly.
We like it.
  And more.</summary>
  <author><name>Ada One</name><arxiv:affiliation>Here</arxiv:affiliation></author>
  <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/><category term="I.2.7"/><category term="68T07, 62H30"/>
  <category term="q-bio.QM"/><arxiv:primary_category term="q-bio.QM"/>
  <arxiv:comment>9 pages</arxiv:comment><arxiv:doi>10.1000/xyz</arxiv:doi>`;
const feed = (entries: string, total = 1) => `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<title>arXiv Query</title><opensearch:totalResults>${total}</opensearch:totalResults><opensearch:startIndex>0</opensearch:startIndex>${entries}</feed>`;

test("an entry is a paper: id as text, version, primary class first, other codes apart, paragraphs", () => {
  const page = parseAtom(feed(entry(whole), 7));
  expect(page).toMatchObject({ total: 7, start: 0, entries: 1, rejected: [] });
  expect(page.papers[0]).toMatchObject({
    id: "2411.00010",
    version: 2,
    title: "On slow reading & cafés",
    abstract: "We read slowly. We like it.\n\nAnd more.",
    authors: ["Ada One"],
    categories: ["q-bio.QM", "cs.CL"],
    comment: "9 pages",
    doi: "10.1000/xyz",
    fields: { otherClasses: ["I.2.7", "68T07, 62H30"] },
  });
  expect(page.papers[0]?.day?.toString()).toBe("2024-11-01");
});

test("an entry without id or title is reported with its place, and the others stay", () => {
  const page = parseAtom(
    feed(entry("<id>x</id><title>y</title>") + entry(whole) + entry("<id>http://arxiv.org/abs/2411.00011v1</id>")),
  );
  expect(page.papers.map(({ id }) => id)).toEqual(["2411.00010"]);
  expect(page.rejected).toEqual([
    { where: "entry 1", reason: "id: x is no arXiv id" },
    { where: "entry 3", reason: "it has no title" },
  ]);
});

const error = entry(
  `<id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title><summary>incorrect id format for abc</summary>`,
);
const bomb = `<!DOCTYPE f [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>`;

test.each([
  ["an error of arXiv's, which is a feed too", feed(error), /refused the question: incorrect id format for abc/],
  ["a feed cut off in a title", feed(entry(whole)).slice(0, 500), /incomplete/],
  ["a feed cut off between entries", feed(entry(whole)).replace("</feed>", ""), /incomplete/],
  ["nothing", "", /nothing/],
  ["the words of an overloaded server", "Rate exceeded.", /no XML/],
  ["a web page", "<!DOCTYPE html><html><body>503</body></html>", /web page/],
  ["a web page that is XML", "<html><body>503</body></html>", /<html>/],
  ["a document type with entities", feed("").replace("<feed", `${bomb}<feed`), /document type/],
  ["two documents", `${feed("")}<feed/>`, /(no XML|not what we asked|incomplete)/],
  [
    "a feed of another namespace",
    feed("").replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"),
    /another format/,
  ],
  ["another format", `<rss version="2.0"><channel/></rss>`, /<rss>/],
  [
    "nesting without end",
    `<feed xmlns="http://www.w3.org/2005/Atom">${"<a>".repeat(5000)}${"</a>".repeat(5000)}</feed>`,
    /could not be read|no XML/,
  ],
])("%s is no list of papers, and the sentence says so", (_, text, sentence) => {
  expect(() => parseAtom(text)).toThrow(sentence);
});

test("a name such as __proto__ among the elements does no harm", () => {
  const hostile = feed(entry(`${whole}<__proto__><polluted>1</polluted></__proto__><constructor>x</constructor>`));
  try {
    parseAtom(hostile);
  } catch (thrown) {
    expect(thrown).toMatchObject({ name: "UnexpectedAnswer" });
  }
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
});

test("a feed without entries though it counts some keeps the number, for the caller to doubt", () => {
  expect(parseAtom(feed("", 12))).toMatchObject({ papers: [], entries: 0, total: 12 });
});

const recorded = "../shared/data/arxiv";
describe.skipIf(!existsSync(recorded))("the recorded answers (skipped where ../shared/data is absent)", () => {
  test("all cassettes: every entry is a paper, in right characters", () => {
    const counts = readdirSync(`${recorded}/api/cassettes`).map((file) => {
      const { body } = JSON.parse(readFileSync(`${recorded}/api/cassettes/${file}`, "utf8"));
      const text = Buffer.from(body, "latin1").toString();
      const page = parseAtom(text);
      expect(page.rejected, file).toEqual([]);
      expect(page.papers, file).toHaveLength(text.match(/<entry>/g)?.length ?? 0);
      expect(JSON.stringify(page.papers), file).not.toMatch(/Ã.|\ufffd/);
      return page.papers.length;
    });
    expect(counts.filter((count) => count === 0)).toHaveLength(2);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(200);
  });

  test.each([
    ["api/wire_bytes/q_testing_start0_max100.xml", 100, 214_881],
    ["api/2026-04-30_cat_cs.LG_or_cs.AI_max20.xml", 20, 364_218],
    ["api/2025-10-17_cs.RO_max2.old-server.xml", 2, 5619],
    ["rss/2025-11-23_cs.atom-envelope.items-constructed.xml", 2, null],
  ])("%s has %i papers", (file, papers, total) => {
    const page = parseAtom(readFileSync(`${recorded}/${file}`, "utf8"));
    expect(page).toMatchObject({ total, rejected: [] });
    expect(page.papers).toHaveLength(papers);
    for (const { title, abstract, authors, categories, submittedAt } of page.papers) {
      expect(`${title}${abstract}`).not.toMatch(/[^\n]\n[^\n]| {2}/);
      expect([authors.length, categories.length, submittedAt === null]).not.toContain(0);
    }
  });

  test("the body of a refused request is no list of papers", () => {
    expect(() => parseAtom(readFileSync(`${recorded}/errors/429_rate_exceeded.body.txt`, "utf8"))).toThrow();
  });
});
