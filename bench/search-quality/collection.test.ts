import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readCollection } from "./collection.ts";
import { openBroadsheet } from "./contestants.ts";
import { judge } from "./judge.ts";

const folder = mkdtempSync(join(tmpdir(), "broadsheet-collection-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("ids may be numbers, titles may be missing, TREC's four columns are read, queries without anything relevant are left out", () => {
  writeFileSync(
    join(folder, "documents.jsonl"),
    '{"id":1,"title":"Wings","text":"Lift."}\n{"id":"b","text":"Drag."}\n',
  );
  writeFileSync(join(folder, "queries.jsonl"), '{"id":7,"text":"lift of wings"}\n{"id":"8","text":"noise"}\n');
  writeFileSync(join(folder, "qrels.tsv"), "7\t1\t2\n7 0 b 1\n8\t1\t0\n");
  const { documents, queries } = readCollection(folder);
  expect(documents).toEqual([
    { id: "1", title: "Wings", text: "Lift.", authors: [], year: "" },
    { id: "b", title: "", text: "Drag.", authors: [], year: "" },
  ]);
  expect(queries.map(({ id, grades }) => [id, [...grades]])).toEqual([
    [
      "7",
      [
        ["1", 2],
        ["b", 1],
      ],
    ],
  ]);
});

test("a collection as BEIR lays it is read: its names, its headings, its test half alone, titles that are empty or null", async () => {
  const beir = join(folder, "beir");
  mkdirSync(join(beir, "qrels"), { recursive: true });
  writeFileSync(
    join(beir, "corpus.jsonl"),
    '{"_id":"d1","title":"","text":"Kites need wind.","metadata":{}}\n{"_id":"d2","title":null,"text":"Boats drift."}\n',
  );
  writeFileSync(
    join(beir, "queries.jsonl"),
    '{"_id":"q1","text":"What do kites need?"}\n{"_id":"q2","text":"boats"}\n',
  );
  writeFileSync(join(beir, "qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq1\td1\t1\n");
  writeFileSync(join(beir, "qrels/train.tsv"), "query-id\tcorpus-id\tscore\nq2\td2\t1\n");
  const { documents, queries } = readCollection(beir);
  expect(documents.map(({ id, title }) => [id, title])).toEqual([
    ["d1", ""],
    ["d2", ""],
  ]);
  expect(queries.map(({ id, grades }) => [id, [...grades.keys()]])).toEqual([["q1", ["d1"]]]);
  const scores = await judge(await openBroadsheet({ documents, folder: beir }), queries);
  expect(scores.scores).toEqual([{ ndcg: 1, recall: 1, mrr: 1 }]);
});
