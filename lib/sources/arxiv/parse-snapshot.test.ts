import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseSnapshotLine } from "#lib/sources/arxiv/parse-snapshot.ts";

const recorded = "../shared/data/bulk/kaggle-format/arxiv-metadata-oai-snapshot.head.jsonl";
const record = {
  id: "0704.0010",
  title: "On slow\n  reading",
  abstract: "  We read\nslowly.\n",
  authors: "C. Bal\\'azs and others",
  authors_parsed: [
    ["Balázs", "C.", "", "Here"],
    ["Smith", "John", "Jr."],
    [":", "", ""],
  ],
  categories: "cs.CL cs.LG I.2.7",
  comments: null,
  "journal-ref": null,
  doi: "10.1/a 10.1/b",
  "report-no": "ANL-1",
  license: null,
  versions: [
    { version: "v1", created: "Mon, 2 Apr 2007 19:18:42 GMT" },
    { version: "v2", created: "Tue, 24 Jul 2007 20:10:27 GMT" },
  ],
};

test("a line of the snapshot is a paper with its version, times and names", () => {
  const paper = parseSnapshotLine(JSON.stringify(record));
  expect(paper).toMatchObject({
    id: "0704.0010",
    version: 2,
    title: "On slow reading",
    abstract: "We read slowly.",
    authors: ["C. Balázs", "John Smith Jr."],
    categories: ["cs.CL", "cs.LG"],
    doi: "10.1/a",
    comment: null,
    day: null,
    fields: { otherClasses: ["I.2.7", "ANL-1"] },
  });
  if (typeof paper === "string") throw new Error(paper);
  expect(`${paper.submittedAt} ${paper.revisedAt} ${paper.announcedOn}`).toBe(
    "2007-04-02T19:18:42Z 2007-07-24T20:10:27Z 2007-04-04",
  );
  expect(paper.versionDates).toEqual([{ version: 1, submittedAt: paper.submittedAt }]);
});

test.each([
  ["{ half", "it is no JSON"],
  ["7", "the line"],
  [JSON.stringify({ ...record, id: "704.1" }), "id: 704.1 is no arXiv id"],
  [JSON.stringify({ ...record, title: " \n" }), "it has no title"],
  [JSON.stringify({ id: "0704.0010" }), "title"],
])("%s is refused with a reason", (line, reason) => {
  expect(parseSnapshotLine(line)).toContain(reason);
});

test("what else is odd or missing does not cost us the paper", () => {
  const odd = { ...record, authors_parsed: "none", versions: [{ version: 1 }], categories: 7, abstract: null };
  expect(parseSnapshotLine(JSON.stringify(odd))).toMatchObject({ id: "0704.0010", version: null, categories: [] });
});

test.skipIf(!existsSync(recorded))("all 200 recorded lines are read, each with names, classes and times", () => {
  const papers = readFileSync(recorded, "utf8").trim().split("\n").map(parseSnapshotLine);
  expect(papers).toHaveLength(200);
  for (const paper of papers) {
    if (typeof paper === "string") throw new Error(paper);
    expect(paper.authors.length).toBeGreaterThan(0);
    expect(paper.categories.length).toBeGreaterThan(0);
    expect(paper.abstract).not.toMatch(/ {2}|[^\n]\n[^\n]/);
    expect(paper.submittedAt && paper.revisedAt && paper.version).toBeTruthy();
  }
});
