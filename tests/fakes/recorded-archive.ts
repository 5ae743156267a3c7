import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { type ArxivPaper, submissionFor, type World, weekdaysBack } from "#tests/fakes/world.ts";

/** Over so many weekdays the records are laid: a small field then has a handful a day. */
const DAYS = 12;

type ArchiveRecord = Pick<
  ArxivPaper,
  "id" | "title" | "abstract" | "authors" | "categories" | "comment" | "journalRef" | "doi" | "licenseUrl"
> & { submitted: string };

/**
 * An arXiv, and no Hugging Face, of recorded records of all classes: the first lines of Kaggle's snapshot and a page of the records
 * of computer science. In the order of their submission they are announced over the weekdays up to `today`, each as if it
 * were new. Throws when the folder has none.
 */
export function recordedArchive(folder: string, today: Temporal.PlainDate): World {
  const records = readRecords(folder);
  if (records.length === 0) throw new Error(`There are no records of arXiv under ${folder}. Give another --recorded.`);
  const days = weekdaysBack(today, DAYS).reverse();
  const papers = records.map((record, index) => announce(record, (index / records.length) * DAYS, days));
  return { today, days, listDailyItems: () => [], listArxivPapers: () => papers };
}

function readRecords(folder: string): ArchiveRecord[] {
  const lines = readIfThere(join(folder, "bulk/kaggle-format/arxiv-metadata-oai-snapshot.head.jsonl"));
  const page = readIfThere(join(folder, "arxiv/oai/2016-03-01_ListRecords_arXiv_set-cs_page1_1000.xml"));
  const records = [...readPage(page), ...readLines(lines)].map((record) => [record.id, record] as const);
  return [...new Map(records).values()].sort((a, b) => (a.submitted + a.id < b.submitted + b.id ? -1 : 1));
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

type Line = {
  id: string;
  title: string;
  abstract: string;
  authors_parsed: string[][];
  categories: string;
  comments: string | null;
  "journal-ref": string | null;
  doi: string | null;
  license: string | null;
  versions: { created: string }[];
};

function readLines(text: string): ArchiveRecord[] {
  const lines: Line[] = text.split("\n").flatMap((line) => (line ? [JSON.parse(line)] : []));
  return lines.map((line) => ({
    id: line.id,
    title: oneLine(line.title),
    abstract: line.abstract.trim(),
    authors: line.authors_parsed.map(([last, first, suffix]) => nameOf(first, last, suffix)),
    categories: line.categories.split(" "),
    comment: line.comments && oneLine(line.comments),
    journalRef: line["journal-ref"],
    doi: line.doi,
    licenseUrl: line.license,
    submitted: new Date(line.versions[0]?.created ?? 0).toISOString(),
  }));
}

type Author = { keyname?: string; forenames?: string; suffix?: string };
type Fields = Record<"id" | "created" | "title" | "categories" | "abstract", string> &
  Partial<Record<"comments" | "journal-ref" | "doi" | "license", string>> & { authors: { author: Author[] } };

function readPage(text: string): ArchiveRecord[] {
  const isArray = (name: string) => name === "record" || name === "author";
  const page = new XMLParser({ isArray, parseTagValue: false }).parse(text);
  const records: { metadata: { arXiv: Fields } }[] = page["OAI-PMH"]?.ListRecords.record ?? [];
  return records.map(({ metadata: { arXiv } }) => ({
    id: arXiv.id,
    title: oneLine(arXiv.title),
    abstract: arXiv.abstract.trim(),
    authors: arXiv.authors.author.map(({ forenames, keyname, suffix }) => nameOf(forenames, keyname, suffix)),
    categories: arXiv.categories.split(" "),
    comment: arXiv.comments ? oneLine(arXiv.comments) : null,
    journalRef: arXiv["journal-ref"] ?? null,
    doi: arXiv.doi ?? null,
    licenseUrl: arXiv.license ?? null,
    submitted: `${arXiv.created}T00:00:00.000Z`,
  }));
}

function nameOf(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function announce(
  { submitted: _, ...record }: ArchiveRecord,
  place: number,
  days: readonly Temporal.PlainDate[],
): ArxivPaper {
  const day = days[Math.floor(place)];
  if (!day) throw new Error(`No day for ${record.id}.`);
  // The five hours before arXiv's deadline hold the day's papers.
  const submittedAt = submissionFor(day, Math.floor((place % 1) * 300));
  return { ...record, version: 1, submittedAt, revisedAt: submittedAt, listings: [{ day, type: "new" }] };
}
