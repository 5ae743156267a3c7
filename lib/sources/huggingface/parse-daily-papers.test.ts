import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseDailyPapers } from "#lib/sources/huggingface/parse-daily-papers.ts";

const day = Temporal.PlainDate.from("2026-05-04");
const item = {
  title: "On $\\textit{Slow}$ Reading",
  publishedAt: "2026-05-03T20:00:00.000Z",
  numComments: 3,
  submittedBy: { name: "somebody", fullname: "Some Body", avatarUrl: "https://example.org/face.png" },
  paper: {
    id: "2605.00001",
    title: "On Slow\n  Reading",
    summary: "We read\nslowly.\n  We like it.",
    authors: [{ name: "Ada\n One" }, { name: "Bo Two", hidden: true, user: { user: "bo" } }],
    publishedAt: "2026-05-02T17:59:01.000Z",
    submittedOnDailyAt: "2026-05-04T00:00:00.000Z",
    upvotes: 12,
    githubRepo: " https://github.com/ada/slow",
    githubStars: 40,
    projectPage: "javascript:alert(1)",
    ai_summary: "Reading, slowly.",
  },
};

test("a paper keeps its own title with its TeX, its authors in order, and its paragraphs", () => {
  const { papers, rejected } = parseDailyPapers([item], { day });
  expect(rejected).toEqual([]);
  expect(papers[0]).toMatchObject({
    id: "2605.00001",
    version: null,
    title: "On $\\textit{Slow}$ Reading",
    abstract: "We read slowly.\n\nWe like it.",
    authors: ["Ada One", "Bo Two"],
    codeUrl: "https://github.com/ada/slow",
    projectUrl: null,
    signals: [
      { kind: "upvotes", value: 12 },
      { kind: "comments", value: 3 },
      { kind: "stars", value: 40 },
    ],
  });
  expect(papers[0]?.day?.toString()).toBe("2026-05-04");
  expect(papers[0]?.submittedAt?.toString()).toBe("2026-05-02T17:59:01Z");
});

test("of the person who submitted a paper only the login is kept", () => {
  const [paper] = parseDailyPapers([item], { day }).papers;
  expect(paper?.fields.submittedBy).toBe("somebody");
  expect(JSON.stringify(paper)).not.toMatch(/Some Body|face\.png/);
});

test("whatever is odd beside id and title costs that, not the paper", () => {
  const odd = {
    ...item,
    numComments: "many",
    submittedBy: 7,
    paper: {
      id: "2605.00002",
      title: "Bare",
      authors: [null, { name: 3 }, { name: "Ada One" }],
      upvotes: -1,
      summary: null,
    },
  };
  const { papers, rejected } = parseDailyPapers([{ paper: { id: "2605.00003", title: "Barer" } }, odd], { day });
  expect(rejected).toEqual([]);
  expect(papers.map(({ id, authors, signals }) => ({ id, authors, signals }))).toEqual([
    { id: "2605.00003", authors: [], signals: [] },
    { id: "2605.00002", authors: ["Ada One"], signals: [] },
  ]);
});

test("an item without id or title is reported with its place, and the others stay", () => {
  const broken = [
    { paper: { id: "nonsense", title: "x" } },
    item,
    "a string",
    { paper: { id: "2605.00004", title: "  " } },
    null,
  ];
  const { papers, rejected } = parseDailyPapers(broken, { day });
  expect(papers.map(({ id }) => id)).toEqual(["2605.00001"]);
  expect(rejected.map(({ where }) => where)).toEqual(["item 1", "item 3", "item 4", "item 5"]);
  expect(rejected[0]?.reason).toMatch(/no arXiv id/);
  expect(rejected[2]?.reason).toBe("it has no title");
});

test("in the plain list each paper has its own day; a publishedAt that no longer means the feed is no day", () => {
  const dayOf = (changed: object, paper: object = {}) =>
    parseDailyPapers([{ ...item, ...changed, paper: { ...item.paper, ...paper } }], {
      day: null,
    }).papers[0]?.day?.toString();
  expect(dayOf({})).toBe("2026-05-04");
  expect(dayOf({ publishedAt: "2024-05-27T01:00:00.000Z" }, { submittedOnDailyAt: undefined })).toBe("2024-05-27");
  expect(dayOf({}, { submittedOnDailyAt: undefined })).toBeUndefined();
});

test("an answer that is no list is not a day without papers", () => {
  expect(() => parseDailyPapers({ error: "Invalid date" }, { day })).toThrow(/no list of papers/);
});

const recorded = "../shared/data/hf";
describe.skipIf(!existsSync(recorded))("the recorded days (skipped where ../shared/data is absent)", () => {
  const read = (path: string): unknown => {
    const bytes = readFileSync(`${recorded}/${path}`);
    return JSON.parse((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString());
  };

  test("all 362 days and 6,183 items are read, none lost, each with authors and an abstract on clean lines", () => {
    const days = readdirSync(`${recorded}/daily_papers`).map((file) => {
      const date = Temporal.PlainDate.from(file.slice(0, 10));
      return { date, ...parseDailyPapers(read(`daily_papers/${file}`), { day: date }) };
    });
    const papers = days.flatMap((one) => one.papers);
    expect(days).toHaveLength(362);
    expect(days.flatMap(({ rejected }) => rejected)).toEqual([]);
    expect(papers).toHaveLength(6183);
    expect(new Set(papers.map(({ id }) => id)).size).toBe(6180);
    for (const { title, abstract, authors, submittedAt, signals, codeUrl, projectUrl } of papers) {
      expect(title).not.toMatch(/\s\s|\n/);
      expect(abstract).not.toMatch(/[^\n]\n[^\n]|^\s|\s$/);
      expect(abstract.length).toBeGreaterThan(50);
      expect(authors.length).toBeGreaterThan(0);
      expect(submittedAt).not.toBeNull();
      expect(signals.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["upvotes", "comments"]));
      expect(`${codeUrl ?? "https://"}${projectUrl ?? "https://"}`).toMatch(/^https?:\/\/.*https?:\/\//);
    }
  });

  test("where an item dates itself, that is the day on which it was asked for", () => {
    for (const file of readdirSync(`${recorded}/daily_papers`)) {
      for (const { day: own } of parseDailyPapers(read(`daily_papers/${file}`), { day: null }).papers) {
        if (own && file > "2025-03-17") expect(own.toString()).toBe(file.slice(0, 10));
      }
    }
  });

  test("earlier captures and the plain list are read whole", () => {
    const captures = readdirSync(`${recorded}/earlier_captures`).map((file) =>
      parseDailyPapers(read(`earlier_captures/${file}`), { day }),
    );
    expect(captures.map(({ papers }) => papers.length).toSorted()).toEqual([1, 14]);
    const plain = parseDailyPapers(read("raw/daily_papers.fetched-2026-06-12-or-13.json"), { day: null });
    expect(plain.papers).toHaveLength(30);
    expect(plain.papers.every((paper) => paper.day !== null)).toBe(true);
  });

  test("the damaged archive is all rejections, none of them thrown; a note instead of a list is no empty day", () => {
    const damaged = parseDailyPapers(read("damaged/2024-12-13.json.gz"), { day });
    expect(damaged.papers).toEqual([]);
    expect(damaged.rejected.length).toBeGreaterThan(5);
    expect(() => parseDailyPapers(read("damaged/2025-01-11.no_data.json"), { day })).toThrow();
  });
});
