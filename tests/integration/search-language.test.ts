import { beforeAll, describe, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { updateSearchIndex } from "#lib/search/commands.ts";
import { findPapersFor, suggestFor } from "#lib/search/queries.ts";
import { toSearchView } from "#lib/search/search-view.ts";

const now = Temporal.Instant.from("2026-08-20T08:00:00Z");
const day = (date: string) => new Date(`${date}T12:00:00Z`);

const papers = [
  {
    id: "2601.10001",
    title: "Reading letters by folding",
    abstract: "A convolution folds long letters until they can be read.",
    authors: ["Yann LeCun", "Léon Bottou"],
    categories: ["cs.CV", "cs.LG"],
    submittedAt: day("2026-01-05"),
    codeUrl: "https://code.example.org/fold",
  },
  {
    id: "2506.10002",
    title: "Letters without folding",
    abstract: "Nothing is folded here; attention reads the long letters.",
    authors: ["Y. LeCun", "Kaiming He"],
    categories: ["cs.LG"],
    submittedAt: day("2025-06-30"),
  },
  {
    id: "2507.10003",
    title: "Maps of many dimensions",
    abstract: "Neighbours stay neighbours on a flat map of letters.",
    authors: ["Laurens van der Maaten", "Geoffrey Hinton"],
    categories: ["stat.ML"],
    submittedAt: day("2025-07-01"),
  },
  {
    id: "2401.10004",
    title: "Kernels for letters",
    abstract: "Kernel methods compare letters.",
    authors: ["Bernhard Schölkopf"],
    categories: ["stat.ML", "math.ST"],
    submittedAt: day("2024-01-31"),
  },
  {
    id: "2401.10005",
    title: "Deep folding",
    abstract: "Residual folds are deeper.",
    authors: ["He Kaiming", "Yannis Example"],
    categories: ["math.CO"],
    submittedAt: day("2024-01-01"),
  },
];

beforeAll(async () => {
  await db.paper.createMany({ data: papers });
  const told = (paperId: string, source: string) => ({ paperId, source, fields: {}, seenAt: day("2026-08-01") });
  await db.sourceRecord.createMany({
    data: [told("2506.10002", "arxiv"), told("2601.10001", "arxiv"), told("2601.10001", "huggingface")],
  });
  await db.listing.create({
    data: { paperId: "2507.10003", source: "huggingface", day: day("2025-07-02"), listedAt: day("2025-07-02") },
  });
  await updateSearchIndex();
});

const find = (text: string) => findPapersFor({ text }, { now });
const idsFor = async (text: string) => (await find(text)).ids;

describe("an author is found", () => {
  const lecun = ["2506.10002", "2601.10001"];
  const he = ["2401.10005", "2506.10002"];
  test.each([
    ["by the family name", "au:LeCun", lecun],
    ["in small letters", "au:lecun", lecun],
    ["by the long name of the operator", "author:LeCun", lecun],
    ["by the whole name", 'au:"Yann LeCun"', lecun],
    ["by an initial", 'au:"Y. LeCun"', lecun],
    ["with the family name first", 'au:"LeCun, Yann"', lecun],
    ["with the family name first and an initial", 'au:"LeCun Y"', lecun],
    ["but not by another given name", 'au:"Zoe LeCun"', []],
    ["without accents", 'au:"Leon Bottou"', ["2601.10001"]],
    ["with accents", "au:Schölkopf", ["2401.10004"]],
    ["without the accents of the paper", 'au:"B. Scholkopf"', ["2401.10004"]],
    ["with particles", 'au:"van der Maaten"', ["2507.10003"]],
    ["without particles", "au:Maaten", ["2507.10003"]],
    ["with particles and an initial", 'au:"L. van der Maaten"', ["2507.10003"]],
    ["whichever of a name's parts stands first", 'au:"Kaiming He"', he],
    ["and the other way round", 'au:"He Kaiming"', he],
    ["together with another", "au:LeCun au:Bottou", ["2601.10001"]],
    ["together with words", "au:LeCun attention", ["2506.10002"]],
    ["in the free line, where no text has the words", "Geoffrey Hinton", ["2507.10003"]],
    ["in the free line with the family name first", "Hinton Geoffrey", ["2507.10003"]],
  ])("%s: %s", async (_, line, expected) => {
    expect((await idsFor(line)).toSorted()).toEqual(expected.toSorted());
  });
});

describe("a filter lets through", () => {
  test.each([
    ["papers of a class", "cat:cs.LG", ["2506.10002", "2601.10001"]],
    ["papers of an archive", "cat:math", ["2401.10004", "2401.10005"]],
    ["papers of one class or the other", "cat:cs.CV cat:math.CO", ["2401.10005", "2601.10001"]],
    ["papers of a year", "date:2025", ["2506.10002", "2507.10003"]],
    ["papers of a month", "date:2024-01", ["2401.10004", "2401.10005"]],
    ["papers of a day", "date:2024-01-31", ["2401.10004"]],
    ["papers from a month on", "from:2025-07", ["2507.10003", "2601.10001"]],
    ["papers up to a day, that day too", "to:2025-06-30", ["2401.10004", "2401.10005", "2506.10002"]],
    ["nothing between dates that have nothing between them", "from:2026 to:2025", []],
    ["papers with code", "has:code", ["2601.10001"]],
    ["papers that a source told of", "source:huggingface", ["2507.10003", "2601.10001"]],
    ["papers of arXiv, of whose files no source has a record", "source:arxiv to:2024", ["2401.10004", "2401.10005"]],
    ["papers with a word in the title", "ti:folding", ["2401.10005", "2506.10002", "2601.10001"]],
    ["papers with words side by side in the abstract", 'abs:"long letters"', ["2506.10002", "2601.10001"]],
    ["what several of them let through", "letters cat:cs.LG date:2025 -code", ["2506.10002"]],
    ["papers without a word", "ti:folding -attention", ["2401.10005", "2601.10001"]],
  ])("%s: %s", async (_, line, expected) => {
    expect((await idsFor(line)).toSorted()).toEqual(expected.toSorted());
  });

  test("and filters alone give the newest first", async () => {
    expect(await idsFor("cat:stat cat:math")).toEqual(["2507.10003", "2401.10004", "2401.10005"]);
  });
});

test("a paper that one more source lists is found by that source after the next sweep", async () => {
  expect(await idsFor("source:huggingface date:2024")).toEqual([]);
  await db.listing.create({
    data: { paperId: "2401.10004", source: "huggingface", day: day("2024-02-01"), listedAt: day("2024-02-01") },
  });
  await updateSearchIndex();
  expect(await idsFor("source:huggingface date:2024")).toEqual(["2401.10004"]);
});

describe("the facets of an answer", () => {
  test("count what each of their links then finds", async () => {
    const text = "letters";
    const { facets } = toSearchView(await find(text), { text });
    expect(facets.map(({ name }) => name)).toEqual(["Class", "Year", "Source", "Code"]);
    for (const { name, values } of facets) {
      for (const { label, count, href } of values) {
        const line = new URL(href, "http://localhost").searchParams.get("q") ?? "";
        expect((await find(line)).total, `${name} ${label}`).toBe(count);
      }
    }
  });
});

describe("a slip of the finger", () => {
  test("is corrected, and the answer says which line was searched", async () => {
    expect(await find("convolutoin cat:cs.CV")).toMatchObject({
      corrected: true,
      line: "convolution cat:cs.CV",
      ids: ["2601.10001"],
    });
  });

  test("is searched as it was typed if the reader says so", async () => {
    const answer = await findPapersFor({ text: "convolutoin", verbatim: true }, { now });
    expect(answer).toMatchObject({ corrected: false, line: "convolutoin", total: 0 });
  });

  test.each(["convolution", "LeCun letters", "Schölkopf kernels", "Bottou"])(
    "is not seen in words and names that are here: %s",
    async (line) => {
      expect(await find(line)).toMatchObject({ corrected: false, line });
    },
  );
});

describe("where nothing is found", () => {
  test("the answer knows which filter to drop, and how many papers that leaves", async () => {
    expect((await find("letters cat:math.CO date:2025")).waysOut).toEqual([
      { dropped: "cat:math.CO", line: "letters date:2025", total: 2 },
    ]);
  });

  test("or that the words are there, but not side by side", async () => {
    expect((await find('"attention kernels"')).waysOut).toMatchObject([
      { dropped: '"attention kernels"', line: "attention kernels" },
    ]);
  });
});

describe("suggestions", () => {
  const linesFor = async (text: string) => (await suggestFor(text, { limit: 10, now }))?.map(({ line }) => line) ?? [];

  test("complete titles, authors and classes", async () => {
    expect(await linesFor("reading let")).toContain("Reading letters by folding");
    expect(await linesFor("maat")).toContain('au:"Laurens van der Maaten"');
    expect(await linesFor("cs.l")).toContain("cat:cs.LG");
    expect(await linesFor("letters au:bott")).toEqual(['letters au:"Léon Bottou"']);
  });
});
