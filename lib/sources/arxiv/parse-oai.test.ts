import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseOai } from "#lib/sources/arxiv/parse-oai.ts";

const answer = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-09-20T05:54:30Z</responseDate><request verb="ListRecords">http://oaipmh.arxiv.org/oai</request>${inner}</OAI-PMH>`;
const list = (inner: string) => answer(`<ListRecords>${inner}</ListRecords>`);
const record = (id: string, metadata: string) =>
  `<record><header><identifier>oai:arXiv.org:${id}</identifier><datestamp>2026-01-05</datestamp></header><metadata>${metadata}</metadata></record>`;
const read = (text: string) => {
  const parsed = parseOai(text);
  if (parsed.status !== "records") throw new Error(`refused: ${parsed.message}`);
  return parsed;
};

test("arXiv: authors one by one, dates without a time, no version", () => {
  const { papers } = read(
    list(
      record(
        "0704.0010",
        `<arXiv><id>0704.0010</id><created>2026-01-02</created><updated>2026-01-05</updated><authors><author><keyname>One</keyname><forenames>Ada</forenames><suffix>Jr.</suffix></author><author><keyname>:</keyname></author></authors>
         <title>On slow\n  reading</title><categories>hep-th cs.CL</categories><comments>9 pages</comments><doi>10.1/a 10.1/b</doi><msc-class>05C85</msc-class><license>http://creativecommons.org/licenses/by/4.0/</license><abstract>  We read&#39;s.\n</abstract></arXiv>`,
      ),
    ),
  );
  expect(papers[0]).toMatchObject({
    id: "0704.0010",
    version: null,
    title: "On slow reading",
    abstract: "We read's.",
    authors: ["Ada One Jr."],
    categories: ["hep-th", "cs.CL"],
    doi: "10.1/a",
    fields: { otherClasses: ["05C85"] },
  });
});

test("arXivRaw: the last version counts, with its time", () => {
  const { papers } = read(
    list(
      record(
        "hep-th/9901001",
        `<arXivRaw><id>hep-th/9901001</id><version version="v1"><date>Mon, 22 Oct 2018 22:41:50 GMT</date></version><version version="v12"><date>Sun, 13 Jan 2019 11:17:09 GMT</date></version><title>T</title><authors>Ada One, Bo Two and Cy Three (Here, There)</authors><categories>hep-th</categories><abstract>A.</abstract></arXivRaw>`,
      ),
    ),
  );
  expect(papers[0]).toMatchObject({ version: 12, authors: ["Ada One", "Bo Two", "Cy Three"] });
  expect(String(papers[0]?.submittedAt)).toBe("2018-10-22T22:41:50Z");
  expect(String(papers[0]?.revisedAt)).toBe("2019-01-13T11:17:09Z");
  expect(papers[0]?.versionDates.map(({ version, submittedAt }) => `${version} ${submittedAt}`)).toEqual([
    "1 2018-10-22T22:41:50Z",
  ]);
});

test("oai_dc: names turned round, the comment with or without its prefix", () => {
  const dublinCore = (comment: string) =>
    `<oai_dc:dc xmlns:oai_dc="x"><dc:title>T</dc:title><dc:creator>One, Ada</dc:creator><dc:subject>Mathematics - Logic</dc:subject><dc:description>A.</dc:description><dc:description>${comment}</dc:description><dc:date>2010-09-06</dc:date><dc:identifier>http://arxiv.org/abs/1009.1022</dc:identifier><dc:identifier>doi:10.1/a</dc:identifier></oai_dc:dc>`;
  const { papers } = read(
    list(record("1009.1022", dublinCore("Comment: 7 pages")) + record("1009.1023", dublinCore("7 pages"))),
  );
  for (const paper of papers) expect(paper).toMatchObject({ authors: ["Ada One"], comment: "7 pages", doi: "10.1/a" });
});

test("a deleted record is one, though it has no metadata", () => {
  const deleted = `<record><header status="deleted"><identifier>oai:arXiv.org:2608.00001</identifier></header></record>`;
  expect(read(list(deleted))).toMatchObject({ deleted: ["2608.00001"], papers: [], rejected: [] });
});

test("an answer to another question, or a page of another format, is no empty list", () => {
  expect(() => parseOai(answer("<Identify><repositoryName>arXiv</repositoryName></Identify>"))).toThrow(/no list/);
  expect(() => parseOai(list("").replace("OAI/2.0/", "OAI/1.1/"))).toThrow(/another format/);
});

test("a list goes on by its token: the old server counts, the new one says when it ends", () => {
  const after = (token: string) =>
    read(list(`${record("0704.0010", "<arXiv><title>T</title></arXiv>")}${token}`)).resumption;
  expect(after(`<resumptionToken cursor="0" completeListSize="102133">1114880|1001</resumptionToken>`)).toEqual({
    token: "1114880|1001",
    total: 102_133,
    expiresAt: null,
  });
  expect(
    after(`<resumptionToken expires="2026-09-21T00:00:00Z">verb%3DListRecords%26skip%3D2000</resumptionToken>`),
  ).toMatchObject({ token: "verb%3DListRecords%26skip%3D2000", total: null });
  expect(after("<resumptionToken/>")).toBeNull();
  expect(after("")).toBeNull();
});

test("a record that cannot be read is reported, and the others stay", () => {
  const { papers, rejected } = read(
    list(
      record("nonsense", "<arXiv/>") +
        record("0704.0010", "<other/>") +
        record("0704.0011", "<arXiv><title>T</title></arXiv>"),
    ),
  );
  expect(papers.map(({ id }) => id)).toEqual(["0704.0011"]);
  expect(rejected.map(({ where }) => where)).toEqual(["record 1", "record 2"]);
});

test("a refusal is told apart from papers, with its code", () => {
  expect(parseOai(answer(`<error code="noRecordsMatch">Nothing on that day</error>`))).toEqual({
    status: "refused",
    code: "noRecordsMatch",
    message: "Nothing on that day",
  });
  expect(() => parseOai("<html><body><h1>Retry after 10 seconds</h1></body></html>")).toThrow(/<html>/);
});

const recorded = "../shared/data/arxiv/oai";
describe.skipIf(!existsSync(recorded))("the recorded harvests (skipped where ../shared/data is absent)", () => {
  test("every file: as many papers as records, or a refusal with its code", () => {
    const outcomes = readdirSync(recorded).map((file) => {
      const text = readFileSync(`${recorded}/${file}`, "utf8");
      const parsed = parseOai(text);
      if (parsed.status === "refused") return parsed.code;
      expect(parsed.rejected, file).toEqual([]);
      expect(parsed.papers.length, file).toBe(text.match(/<record>/g)?.length);
      for (const { authors, abstract, submittedAt } of parsed.papers) {
        expect([authors.length === 0, abstract === "", submittedAt === null], file).toEqual([false, false, false]);
      }
      return parsed.papers.length;
    });
    expect(outcomes.filter((outcome) => typeof outcome === "string").toSorted()).toEqual([
      "badArgument",
      "badResumptionToken",
      "noRecordsMatch",
    ]);
    expect(outcomes.filter((outcome) => typeof outcome === "number").reduce((sum, papers) => sum + papers, 0)).toBe(
      1023,
    );
  });
});
