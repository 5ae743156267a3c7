import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readCollection } from "./collection.ts";

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
