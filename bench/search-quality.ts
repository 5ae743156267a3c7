// node bench/search-quality.ts --help
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCommand, wrongUsage } from "#scripts/parse-command.ts";
import { readCollection } from "./search-quality/collection.ts";
import { openBroadsheet, openFts5, openMiniSearch, openPostgres } from "./search-quality/contestants.ts";
import { deriveJudgedSet } from "./search-quality/derive-queries.ts";
import { judge } from "./search-quality/judge.ts";
import { openLance } from "./search-quality/lance.ts";
import { readRecordedPapers } from "./search-quality/recorded-papers.ts";
import { printTables } from "./search-quality/tables.ts";

const help = `node bench/search-quality.ts FOLDER | --collection FOLDER [--only NAME]

How well the search finds what is relevant: nDCG@10, Recall@100 and MRR@10 of this site's search, exactly as a site runs it,
and of Postgres' ts_rank_cd, FTS5's bm25(), MiniSearch, and LanceDB where it is installed. docs/search-quality.md says
what the figures can decide and what they cannot.

  FOLDER               recorded answers of the sources (hf/, bulk/, arxiv/): the judged set is derived from them by rule
  --collection FOLDER  a judged collection of your own instead: documents.jsonl { id, title, text }, queries.jsonl
                       { id, text }, qrels.tsv with a query's id, a document's id and a grade on each line; BEIR's
                       layout (corpus.jsonl, qrels/test.tsv) is read too
  --only NAME          one contestant: broadsheet, fts5, postgres, minisearch, lancedb; may be given several times
`;

const { values, positionals } = parseCommand({ help, options: ["collection"], lists: ["only"], positionals: true });
const [recorded] = positionals;
if (!recorded === !values.collection) wrongUsage("Name the folder of recorded answers, or one with --collection");
const { documents, queries } = values.collection
  ? readCollection(values.collection)
  : deriveJudgedSet(readRecordedPapers(recorded ?? ""));
console.log(`${documents.length} documents, ${queries.length} queries`);

const openings = {
  broadsheet: openBroadsheet,
  fts5: openFts5,
  postgres: openPostgres,
  minisearch: openMiniSearch,
  lancedb: openLance,
};
const folder = mkdtempSync(join(tmpdir(), "broadsheet-quality-"));
try {
  const runs = [];
  for (const [name, open] of Object.entries(openings)) {
    if (values.only && !values.only.includes(name)) continue;
    const contestant = await open({ documents, folder });
    if (contestant) runs.push(await judge(contestant, queries));
    else console.log(`${name} is not installed here: it is left out`);
    console.log(`${name} was asked`);
  }
  printTables(runs, queries);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
