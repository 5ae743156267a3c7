import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { FoundPaper } from "#lib/papers/types.ts";
import { parseAtom } from "#lib/sources/arxiv/parse-atom.ts";
import { parseOai } from "#lib/sources/arxiv/parse-oai.ts";
import { parseSnapshotLine } from "#lib/sources/arxiv/parse-snapshot.ts";

/** A recorded paper as all contestants get it, and what machines wrote about it, which none of them gets. */
export type RecordedPaper = {
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  /** Four digits. */
  year: string;
  keywords: string[];
  summary: string;
};

const dailySchema = z.array(
  z.object({
    paper: z.object({
      id: z.string(),
      title: z.string(),
      summary: z.string(),
      authors: z.array(z.object({ name: z.string() })),
      ai_keywords: z.array(z.string()).nullish(),
      ai_summary: z.string().nullish(),
    }),
  }),
);

const monthlySchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  authors: z.array(z.string()),
});

/** Every recorded paper with an abstract once, in the order of the ids. Where two sources have it, the one with more about it. */
export function readRecordedPapers(folder: string): RecordedPaper[] {
  const all = [...readDaily(folder), ...readMonthly(folder), ...readArxiv(folder)];
  const byId = new Map<string, RecordedPaper>();
  for (const paper of all) {
    const known = byId.get(paper.id);
    if (paper.abstract && (!known || (known.keywords.length === 0 && paper.keywords.length > 0)))
      byId.set(paper.id, paper);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readDaily(folder: string): RecordedPaper[] {
  return list(join(folder, "hf/daily_papers"), /\.json(\.gz)?$/).flatMap((path) =>
    dailySchema.parse(JSON.parse(readText(path))).map(({ paper }) => ({
      ...textOf({ ...paper, abstract: paper.summary, authors: paper.authors.map(({ name }) => name) }),
      keywords: [...new Set((paper.ai_keywords ?? []).map((keyword) => oneLine(keyword).toLowerCase()))],
      summary: oneLine(paper.ai_summary ?? ""),
    })),
  );
}

function readMonthly(folder: string): RecordedPaper[] {
  return list(join(folder, "bulk/daily-arxiv"), /\.jsonl\.gz$/).flatMap((path) =>
    lines(path).map((line) => {
      const paper = monthlySchema.parse(JSON.parse(line));
      return textOf({ ...paper, abstract: paper.summary });
    }),
  );
}

function readArxiv(folder: string): RecordedPaper[] {
  const snapshot = list(join(folder, "bulk/kaggle-format"), /\.jsonl$/).flatMap((path) =>
    lines(path).map(parseSnapshotLine),
  );
  const oai = list(join(folder, "arxiv/oai"), /ListRecords.*\.xml$/).flatMap((path) => {
    const answer = parseOai(readText(path));
    return answer.status === "records" ? answer.papers : [];
  });
  const atom = list(join(folder, "arxiv/api/wire_bytes"), /\.xml$/).flatMap((path) => parseAtom(readText(path)).papers);
  return [...snapshot, ...oai, ...atom].filter((paper): paper is FoundPaper => typeof paper !== "string").map(textOf);
}

type Described = Pick<FoundPaper, "title" | "abstract" | "authors"> & { id: string };

function textOf({ id, title, abstract, authors }: Described): RecordedPaper {
  const text = { title: oneLine(title), abstract: oneLine(abstract), authors: authors.map(oneLine) };
  return { id, ...text, year: yearOf(id), keywords: [], summary: "" };
}

/** arXiv's ids begin with the year and month, old ones after the archive's name: https://info.arxiv.org/help/arxiv_identifier.html */
function yearOf(id: string): string {
  const year = Number(/(?:^|\/)(\d\d)/.exec(id)?.[1] ?? 0);
  return String(year > 90 ? 1900 + year : 2000 + year);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function lines(path: string): string[] {
  return readText(path).split("\n").filter(Boolean);
}

function list(folder: string, names: RegExp): string[] {
  return readdirSync(folder)
    .filter((name) => names.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
