import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

const data = "../shared/data";

/** The recordings are not part of the project: tests that read them are skipped without. */
export const hasRecordings: boolean = existsSync(data);

const lineSchema = z.object({ title: z.string(), abstract: z.string().optional(), summary: z.string().optional() });
const daySchema = z.array(z.object({ paper: z.object({ title: z.string(), summary: z.string() }) }));

/** Every title and abstract that was recorded, each once; abstracts alone in `abstracts`. */
export function recordedTexts(): { papers: number; texts: Set<string>; abstracts: Set<string> } {
  const days = readdirSync(`${data}/hf/daily_papers`).map((name) => readText(`${data}/hf/daily_papers/${name}`));
  const files = [
    ...readdirSync(`${data}/bulk/daily-arxiv`).map((name) => `${data}/bulk/daily-arxiv/${name}`),
    `${data}/bulk/kaggle-format/arxiv-metadata-oai-snapshot.head.jsonl`,
    `${data}/edge/edge_cases.jsonl`,
  ];
  const lines = files.flatMap((file) => readText(file).trim().split("\n"));
  const papers = [
    ...days.flatMap((day) => daySchema.parse(JSON.parse(day)).map(({ paper }) => [paper.title, paper.summary])),
    ...lines
      .map((line) => lineSchema.parse(JSON.parse(line)))
      .map(({ title, abstract, summary }) => [title, abstract ?? summary ?? ""]),
  ];
  const abstracts = new Set(papers.map(([, abstract = ""]) => abstract));
  return { papers: papers.length, texts: new Set(papers.flat()), abstracts };
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
