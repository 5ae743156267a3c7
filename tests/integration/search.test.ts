import { beforeAll, describe, expect, test } from "vitest";
import { GET } from "#app/api/papers/search/route.ts";
import { db } from "#lib/platform/db.ts";
import { updateSearchIndex } from "#lib/search/commands.ts";
import { searchPapers } from "#lib/search/queries.ts";

const now = Temporal.Instant.from("2026-08-20T08:00:00Z");
const search = (text: string, page = 1) => searchPapers({ text, page, now });
const idsFor = async (text: string) => (await search(text)).papers.map(({ id }) => id);

const papers = [
  {
    id: "2608.10001",
    title: "Sparse attention for long letters",
    abstract: "We read long letters by looking at few words.",
    authors: ["Ada Lindqvist"],
  },
  {
    id: "2608.10002",
    title: "Reading long letters",
    abstract: "A model with sparse attention reads slowly and well.",
    authors: ["Ben Okafor"],
  },
  {
    id: "2608.10003",
    title: "Attention in gardens",
    abstract: "Gardeners attend to sparse beds; attention was measured.",
    authors: ["Cléa Muñoz"],
  },
  { id: "2608.10004", title: "Sparse beds", abstract: "Nothing is said of looking.", authors: ["Dev Three"] },
  {
    id: "2608.10005",
    title: "Pre-training GPT-4 on $\\ell_2$ balls",
    abstract: "Weights of Erd\\H{o}s graphs.",
    authors: ["Eve Four"],
    doi: "10.1000/Broadsheet.5",
  },
  { id: "hep-th/9901001", title: "Old strings", abstract: "Strings vibrate.", authors: ["Flo Five"] },
];

beforeAll(async () => {
  await db.paper.createMany({ data: papers });
  await updateSearchIndex();
});

describe("ranking", () => {
  test("a paper with the words in its title stands above one that has them in its abstract", async () => {
    expect((await idsFor("sparse attention")).slice(0, 2)).toEqual(["2608.10001", "2608.10002"]);
  });

  test("papers with all the words stand above those with some, and the answer says how many they are", async () => {
    const results = await search("sparse attention gardens");
    expect(results.papers[0]?.id).toBe("2608.10003");
    expect(results).toMatchObject({ total: 4, complete: 1, foundBy: "all-words" });
  });

  test("when no paper has all the words, those with some of them are shown and said to be so", async () => {
    expect(await search("vibrating gardens")).toMatchObject({ total: 2, complete: 0, foundBy: "some-words" });
  });

  test.each(["Munoz Clea", "Muñoz"])("words that no text has are looked for among the authors: %s", async (names) => {
    const results = await search(names);
    expect(results).toMatchObject({ total: 1, foundBy: "authors" });
    expect(results.papers[0]?.id).toBe("2608.10003");
  });
});

describe("the reader's line", () => {
  test.each([
    ["other forms of a word", "attending gardener", "2608.10003"],
    ["a word written together", "pretraining", "2608.10005"],
    ["a name without its hyphen", "gpt4", "2608.10005"],
    ["TeX", "$\\ell_2$", "2608.10005"],
    ["accents in TeX", "Erdős", "2608.10005"],
    ["a whole title", "Attention in gardens", "2608.10003"],
  ])("%s find their paper", async (_, text, id) => {
    expect((await idsFor(text))[0]).toBe(id);
  });

  test("a phrase finds words side by side only", async () => {
    expect((await idsFor('"sparse attention"')).toSorted()).toEqual(["2608.10001", "2608.10002"]);
    expect(await idsFor('"attention sparse"')).toEqual([]);
  });

  test("a minus leaves papers out", async () => {
    expect((await idsFor("attention -gardens")).toSorted()).toEqual(["2608.10001", "2608.10002"]);
    expect(await idsFor('sparse -"sparse attention" -gardens')).toEqual(["2608.10004"]);
  });

  test.each([
    ["2608.10003", "2608.10003"],
    ["arXiv:2608.10003v2", "2608.10003"],
    [" https://arxiv.org/abs/2608.10003v1 ", "2608.10003"],
    ["https://huggingface.co/papers/2608.10003", "2608.10003"],
    ["10.48550/arXiv.2608.10003", "2608.10003"],
    ["hep-th/9901001", "hep-th/9901001"],
    ["https://doi.org/10.1000/broadsheet.5", "2608.10005"],
  ])("%s leads to its paper", async (text, id) => {
    expect(await search(text)).toMatchObject({ jump: id, unknownPaper: null, total: 1 });
  });

  test("the id of a paper that is not here is said to be so", async () => {
    expect(await search("2601.00001")).toMatchObject({ jump: null, unknownPaper: "2601.00001", total: 0 });
  });

  test.each(["", "   ", "?!", "the of and", "-attention", '""'])("%j holds no words to look for", async (text) => {
    expect(await search(text)).toMatchObject({ state: "no-words", total: 0, papers: [] });
  });
});

describe("pages", () => {
  beforeAll(async () => {
    await db.paper.createMany({
      data: Array.from({ length: 45 }, (_, number) => ({
        id: `2607.${20_000 + number}`,
        title: `Lighthouse ${number}`,
        abstract: "",
      })),
    });
    await updateSearchIndex();
  });

  test("each paper is on one page, and a page past the end is empty", async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => search("lighthouses", page)));
    expect(pages.map((results) => results.papers.length)).toEqual([20, 20, 5, 0]);
    expect(new Set(pages.flatMap((results) => results.papers.map(({ id }) => id))).size).toBe(45);
    expect(pages[3]).toMatchObject({ total: 45, pages: 3, page: 4 });
  });

  test("papers deleted since the last sweep are neither shown nor counted nor leave holes", async () => {
    const [first] = (await search("lighthouses")).papers;
    await db.paper.delete({ where: { id: first?.id ?? "" } });
    const results = await search("lighthouses");
    expect(results).toMatchObject({ total: 44, complete: 44, pages: 3 });
    expect(results.papers).toHaveLength(20);
  });
});

describe("/api/papers/search", () => {
  const ask = (query: string) => GET(new Request(`http://localhost/api/papers/search?${query}`));

  test("answers in Hugging Face's shape and in the order of the page", async () => {
    const items = await (await ask("q=sparse+attention&limit=2")).json();
    expect(items).toHaveLength(2);
    expect(items[0]).toEqual({
      paper: {
        id: "2608.10001",
        authors: [{ name: "Ada Lindqvist", hidden: false }],
        publishedAt: null,
        title: papers[0]?.title,
        summary: papers[0]?.abstract,
        upvotes: 0,
      },
      publishedAt: null,
      title: papers[0]?.title,
      summary: papers[0]?.abstract,
      numComments: 0,
    });
  });

  test.each(["", "q=", "q=%20", "q=a&limit=0", "q=a&limit=101", "q=a&limit=ten", "q=a&limit=-1"])(
    "refuses %j with a sentence",
    async (query) => {
      const answer = await ask(query);
      expect(answer.status).toBe(400);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect((await answer.json()).detail).toMatch(/\.$|\+attention$/);
    },
  );
});
