import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { JudgedSet } from "./judged-set.ts";

const id = z.union([z.string(), z.number().transform(String)]);
const words = z
  .string()
  .nullish()
  .transform((text) => text ?? "");
const documentSchema = z.preprocess(withId, z.object({ id, title: words, text: words }));
const querySchema = z.preprocess(withId, z.object({ id, text: z.string() }));

/**
 * Anybody's judged collection: `documents.jsonl` { id, title, text }, `queries.jsonl` { id, text }, `qrels.tsv` with a query's id, a
 * document's id and a grade on each line, between tabs or blanks (TREC's four columns are read too). Or as BEIR lays them:
 * `corpus.jsonl`, `_id` for `id`, `qrels/test.tsv` under a line of headings (https://github.com/beir-cellar/beir). Queries
 * without anything relevant are left out: no order of theirs is better than another.
 */
export function readCollection(folder: string): JudgedSet {
  const documents = readLines(folder, firstThere(folder, ["documents.jsonl", "corpus.jsonl"])).map((line) => {
    const { id, title, text } = documentSchema.parse(JSON.parse(line));
    return { id, title, text, authors: [], year: "" };
  });
  const grades = readGrades(folder);
  const queries = readLines(folder, "queries.jsonl").flatMap((line) => {
    const { id, text } = querySchema.parse(JSON.parse(line));
    const relevant = grades.get(id);
    return relevant ? [{ id, text, kind: "query", half: "held-out" as const, grades: relevant, judged: null }] : [];
  });
  return { documents, queries };
}

function withId(line: unknown): unknown {
  return line && typeof line === "object" && "_id" in line ? { ...line, id: line._id } : line;
}

function firstThere(folder: string, names: readonly string[]): string {
  const found = names.find((name) => existsSync(join(folder, name)));
  if (!found) throw new Error(`${folder} has none of ${names.join(", ")}.`);
  return found;
}

/** BEIR judges by its test half; a collection that has none is judged by all that it has. */
function gradeFiles(folder: string): string[] {
  if (existsSync(join(folder, "qrels.tsv"))) return ["qrels.tsv"];
  const parts = readdirSync(join(folder, "qrels")).filter((name) => name.endsWith(".tsv"));
  return (parts.includes("test.tsv") ? ["test.tsv"] : parts.sort()).map((name) => join("qrels", name));
}

function readGrades(folder: string): Map<string, Map<string, number>> {
  const grades = new Map<string, Map<string, number>>();
  for (const line of gradeFiles(folder).flatMap((name) => readLines(folder, name))) {
    const columns = line.split(line.includes("\t") ? "\t" : /\s+/);
    const [query = "", document = "", grade = "1"] = columns.length > 3 ? columns.toSpliced(1, 1) : columns;
    // Headings are no numbers.
    if (!(Number(grade) > 0)) continue;
    const relevant = grades.get(query) ?? new Map<string, number>();
    relevant.set(document, Number(grade));
    grades.set(query, relevant);
  }
  return grades;
}

function readLines(folder: string, name: string): string[] {
  return readFileSync(join(folder, name), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
