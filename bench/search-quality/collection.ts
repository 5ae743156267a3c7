import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { JudgedSet } from "./judged-set.ts";

const words = z.union([z.string(), z.number().transform(String)]);
const documentSchema = z.object({ id: words, title: z.string().default(""), text: z.string().default("") });
const querySchema = z.object({ id: words, text: z.string() });

/**
 * Anybody's judged collection: `documents.jsonl` { id, title, text }, `queries.jsonl` { id, text }, `qrels.tsv` with a query's id, a
 * document's id and a grade on each line, between tabs or blanks (TREC's four columns are read too). Queries without anything
 * relevant are left out: no order of theirs is better than another.
 */
export function readCollection(folder: string): JudgedSet {
  const documents = readLines(folder, "documents.jsonl").map((line) => {
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

function readGrades(folder: string): Map<string, Map<string, number>> {
  const grades = new Map<string, Map<string, number>>();
  for (const line of readLines(folder, "qrels.tsv")) {
    const columns = line.split(/\s+/);
    const [query = "", document = "", grade = "1"] = columns.length > 3 ? columns.toSpliced(1, 1) : columns;
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
