import { XMLParser } from "fast-xml-parser";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { GET as getEditionFile } from "#app/api/edition-file/[format]/[date]/route.ts";
import { GET as getIcon } from "#app/api/icon/[name]/route.ts";
import { GET as getPaperFile } from "#app/api/paper-file/[format]/[...id]/route.ts";
import { GET as getSitemapPart } from "#app/api/sitemap/[name]/route.ts";
import { GET as getSiteCard } from "#app/card.png/route.ts";
import { GET as getFavicon } from "#app/favicon.ico/route.ts";
import { paperHead } from "#app/page-head.ts";
import { GET as getSitemap } from "#app/sitemap.xml/route.ts";
import { closingOf } from "#lib/editions/edition-date.ts";
import { storePapers } from "#lib/papers/commands.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { findPaper } from "#lib/papers/queries.ts";
import { site } from "#lib/platform/site-config.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";
import { scholarlyArticle } from "#lib/syndication/scholarly-article.ts";
import { printDay } from "#tests/factories.ts";

const hostile = `</script><script>alert(1)</script> & "quotes" <b>`;
const wide = {
  id: "2608.00002",
  title: `读书 🙂 ${"slow reading of $\\alpha_n \\le \\infty$ ".repeat(12)}مرحبا`,
  authors: ["山田太郎", "محمد", ...Array.from({ length: 3301 }, (_, index) => `Ada Example-${index}`)],
};

beforeAll(async () => {
  const common = {
    source: "arxiv" as const,
    version: 2,
    categories: ["cs.CL", "cs.AI"],
    day: Temporal.PlainDate.from("2026-08-20"),
  };
  const found = [
    foundPaper({
      ...common,
      id: paperId("2608.00001"),
      title: "Reading in $O(n^2)$",
      abstract: "We read $n^2$ books.\n\nThen we rest.",
      authors: ["Ludwig van Beethoven", "Sammy Davis Jr.", "Llama Team, AI @ Meta"],
      doi: "10.1000/ink_7 10.1000/other",
      submittedAt: Temporal.Instant.from("2026-08-18T10:00Z"),
      revisedAt: Temporal.Instant.from("2026-08-19T10:00Z"),
    }),
    foundPaper({ ...common, ...wide, id: paperId(wide.id), abstract: "Long." }),
    foundPaper({
      ...common,
      id: paperId("hep-th/9901001"),
      title: hostile,
      abstract: hostile,
      authors: [hostile],
      day: null,
    }),
  ];
  const at = {
    now: Temporal.Instant.from("2026-08-20T08:00Z"),
    closingOf: (day: Temporal.PlainDate) => closingOf(day, site),
  };
  await storePapers(found, at);
  await printDay("2026-08-20", [{ id: "2608.00003", upvotes: 9 }], { now: "2026-08-20T09:00Z" });
});

// Whatever asks the network for a font or an emoji fails.
const asked = vi.fn();
beforeEach(() => {
  asked.mockClear();
  const fetchFiles = globalThis.fetch;
  vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) => {
    if (String(input).startsWith("http")) {
      asked(String(input));
      throw new Error(`The network was asked for ${input}.`);
    }
    return fetchFiles(input, init);
  });
  return () => vi.unstubAllGlobals();
});

const paperFile = (format: string, id: string) =>
  getPaperFile(new Request("http://localhost"), { params: Promise.resolve({ format, id: id.split("/") }) });
const editionFile = (format: string, date: string) =>
  getEditionFile(new Request("http://localhost"), { params: Promise.resolve({ format, date }) });
const sitemapPart = (name: string) =>
  getSitemapPart(new Request("http://localhost"), { params: Promise.resolve({ name }) });

/** Width and height of a PNG, from its first chunk. */
async function sizeOf(answer: Response): Promise<number[]> {
  expect(answer.headers.get("content-type")).toBe("image/png");
  const png = Buffer.from(await answer.arrayBuffer());
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

async function detailOf(id: string) {
  const paper = await findPaper(paperId(id));
  if (!paper) throw new Error(`${id} is not stored`);
  return paper;
}

test("a paper is to be had as RIS, BibTeX, Markdown and JSON, each with its own media type", async () => {
  const types = {
    ris: "application/x-research-info-systems",
    bib: "application/x-bibtex",
    md: "text/markdown",
    json: "application/json",
  };
  for (const [format, type] of Object.entries(types)) {
    const answer = await paperFile(format, "2608.00001");
    expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([200, type]);
  }
  const ris = await (await paperFile("ris", "2608.00001v2")).text();
  expect(ris.split("\r\n").slice(0, 5)).toEqual([
    "TY  - UNPB",
    "AU  - van Beethoven, Ludwig",
    "AU  - Davis, Sammy, Jr.",
    "AU  - Llama Team AI @ Meta",
    "TI  - Reading in O(n²)",
  ]);
});

test("a paper's Markdown keeps its TeX and its paragraphs, and names where it was printed", async () => {
  const text = await (await paperFile("md", "2608.00001")).text();
  expect(text).toMatch(/^# Reading in \$O\(n\^2\)\$\n\n- arXiv: 2608\.00001 \(version 2\)\n/);
  expect(text).toContain("## Abstract\n\nWe read $n^2$ books.\n\nThen we rest.\n");
  expect(text).toContain("/papers/date/2026-08-20)");
  expect(text).toContain("- ris: <http://localhost:3000/papers/2608.00001.ris>");
});

test("an edition's Markdown has its papers by rank with the reasons of each", async () => {
  const answer = await editionFile("md", "2026-08-20");
  const text = await answer.text();
  expect(answer.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  expect(text).toMatch(/^# Broadsheet: Thursday, 20 August 2026\n\n3 papers;/);
  expect(text).toMatch(/## 1\. The paper 2608\.00003\n\n<[^>]+\/papers\/2608\.00003> · arXiv:2608\.00003\n/);
  expect(text).toMatch(/Why it is here: [\d.]+ points: 9 upvotes/);
});

test.each(["ris", "bib", "md", "json", "png"])(
  "an id that is not stored has no .%s, and the answer says how ids are written",
  async (format) => {
    for (const id of ["2601.99999", "nothing", "hep-th/9999999"]) {
      const answer = await paperFile(format, id);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
      expect((await answer.json()).detail).toContain("2608.12313");
    }
  },
);

test("a day that does not exist has no file", async () => {
  expect((await editionFile("md", "2026-02-30")).status).toBe(404);
  expect((await editionFile("png", "2026-02-30")).status).toBe(404);
});

test("cards are drawn for every paper and every day, and the network is asked for nothing", async () => {
  for (const id of ["2608.00001", wide.id, "hep-th/9901001"]) {
    expect([id, await sizeOf(await paperFile("png", id))]).toEqual([id, [1200, 630]]);
  }
  for (const day of ["2026-08-20", "2026-08-19"]) {
    expect([day, await sizeOf(await editionFile("png", day))]).toEqual([day, [1200, 630]]);
  }
  expect(await sizeOf(await getSiteCard())).toEqual([1200, 630]);
  expect(asked).not.toHaveBeenCalled();
});

test("the mark is drawn in every size that a home screen asks for", async () => {
  const icon = (name: string) => getIcon(new Request("http://localhost"), { params: Promise.resolve({ name }) });
  for (const [name, size] of Object.entries({
    "apple-icon": 180,
    "icon-192": 192,
    "icon-512": 512,
    "icon-maskable-512": 512,
  })) {
    expect([name, await sizeOf(await icon(name))]).toEqual([name, [size, size]]);
  }
  expect((await icon("constructor")).status).toBe(404);
  const ico = Buffer.from(await (await getFavicon()).arrayBuffer());
  expect(ico.subarray(23, 26).toString()).toBe("PNG");
});

test("who cites a paper finds every author in order, its date, its DOI, and the record on arXiv", async () => {
  const { other } = paperHead(await detailOf("2608.00001"));
  expect(other).toEqual({
    citation_title: "Reading in O(n²)",
    citation_author: ["van Beethoven, Ludwig", "Davis, Sammy Jr.", "Llama Team AI @ Meta"],
    citation_publication_date: "2026/08/18",
    citation_online_date: "2026/08/19",
    citation_arxiv_id: "2608.00001",
    citation_doi: "10.1000/ink_7",
    citation_pdf_url: "https://arxiv.org/pdf/2608.00001",
    citation_abstract_html_url: "https://arxiv.org/abs/2608.00001",
    citation_keywords: ["cs.CL", "cs.AI"],
    citation_language: "en",
  });
  expect(paperHead(await detailOf(wide.id)).other?.citation_author).toHaveLength(3303);
});

test("a paper's data for programs cannot end the element it stands in, and says what was stored", async () => {
  const json = scholarlyArticle(await detailOf("hep-th/9901001"), { origin: "https://papers.example.org" });
  expect(json).not.toContain("<");
  expect(JSON.parse(json)).toMatchObject({
    "@type": "ScholarlyArticle",
    headline: hostile,
    url: "https://papers.example.org/papers/hep-th/9901001",
    identifier: { propertyID: "arXiv", value: "hep-th/9901001" },
  });
  const { author } = JSON.parse(
    scholarlyArticle(await detailOf("2608.00001"), { origin: "https://papers.example.org" }),
  );
  expect(author).toEqual([
    { "@type": "Person", name: "Ludwig van Beethoven" },
    { "@type": "Person", name: "Sammy Davis Jr." },
    { "@type": "Organization", name: "Llama Team, AI @ Meta" },
  ]);
});

test("the sitemap leads to every paper, day, week and month, by month", async () => {
  const parser = new XMLParser({ isArray: (name) => name === "sitemap" || name === "url" });
  const locations = async (answer: Response, root: string, name: string) =>
    parser.parse(await answer.text())[root][name].map(({ loc }: { loc: string }) => new URL(loc).pathname);
  expect(await locations(await getSitemap(), "sitemapindex", "sitemap")).toEqual([
    "/sitemap-pages.xml",
    "/sitemap-2026-08.xml",
    "/sitemap-1999-01.xml",
  ]);
  expect(await locations(await sitemapPart("2026-08"), "urlset", "url")).toEqual([
    "/papers/month/2026-08",
    "/papers/week/2026-W34",
    "/papers/date/2026-08-20",
    "/papers/2608.00001",
    "/papers/2608.00002",
    "/papers/2608.00003",
  ]);
  expect(await locations(await sitemapPart("1999-01"), "urlset", "url")).toEqual(["/papers/hep-th/9901001"]);
  expect(await locations(await sitemapPart("pages"), "urlset", "url")).toContain("/papers/trending");
  for (const name of ["2026-07", "2026-08-2", "2026-13", "nothing"]) expect((await sitemapPart(name)).status).toBe(404);
});
