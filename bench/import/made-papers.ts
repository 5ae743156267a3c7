import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import type { FoundPaper } from "#lib/papers/types.ts";

/** What is used of a line of the files. */
export type Line = { title: string; summary: string; authors: string[]; categories: string[]; comment: string | null };

/** The lines of JSON files, plain or gzip. */
export async function readLines(paths: string[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const path of paths) {
    const file = createReadStream(path);
    const whole = await text(path.endsWith(".gz") ? file.pipe(createGunzip()) : file);
    lines.push(...whole.split("\n").flatMap((line) => (line ? [JSON.parse(line)] : [])));
  }
  return lines;
}

/** So many papers that nobody wrote, in batches; the same lines always give the same. */
export function recombine(lines: Line[], size: number, batch: number): FoundPaper[][] {
  const batches: FoundPaper[][] = [];
  for (let start = 0; start < size; start += batch) {
    const length = Math.min(batch, size - start);
    batches.push(Array.from({ length }, (_, index) => paperOf(lines, start + index)).flat());
  }
  return batches;
}

function paperOf(lines: Line[], number: number): FoundPaper[] {
  const pick = (part: string): Line => {
    const drawn = createHash("md5").update(`${part} ${number}`).digest().readUInt32BE();
    const line = lines[drawn % lines.length];
    if (!line) throw new Error("The files hold no line.");
    return line;
  };
  const { authors, categories, comment } = pick("authors");
  const day = Temporal.PlainDate.from("2020-01-01").add({ days: Math.floor(number / 200) });
  const month = day.toString().slice(2, 7).replace("-", "");
  const submittedAt = day.subtract({ days: 1 }).toZonedDateTime({ timeZone: "UTC", plainTime: "09:10:11" }).toInstant();
  const told = {
    id: `${month}.${String(number % 100_000).padStart(5, "0")}` as FoundPaper["id"],
    title: pick("title").title,
    abstract: pick("abstract").summary,
    authors: authors.slice(0, 50),
    journalRef: null,
    doi: null,
    licenseUrl: null,
    projectUrl: null,
    codeUrl: null,
    submittedAt,
    revisedAt: null,
    versionDates: [],
    day,
  };
  const arxiv: FoundPaper = {
    ...told,
    source: "arxiv",
    version: 1,
    categories,
    comment,
    announcedOn: day,
    signals: [],
    fields: {},
  };
  if (number % 10 > 0) return [arxiv];
  return [
    arxiv,
    {
      ...told,
      source: "huggingface",
      version: null,
      categories: [],
      comment: null,
      announcedOn: null,
      signals: [{ kind: "upvotes", value: 1 + (number % 90) }],
      fields: { numComments: number % 7, submittedOnDailyAt: day.toString() },
    },
  ];
}

/** The paper as a line of arXiv's snapshot, as Kaggle keeps it. */
export function toSnapshotLine({ id, title, abstract, authors, categories, comment, submittedAt }: FoundPaper): string {
  const created = submittedAt && new Date(submittedAt.epochMilliseconds).toUTCString();
  return JSON.stringify({
    id,
    submitter: authors[0],
    authors: authors.join(", "),
    title,
    comments: comment,
    "journal-ref": null,
    doi: null,
    "report-no": null,
    categories: categories.join(" "),
    license: null,
    abstract: `  ${abstract}\n`,
    versions: [{ version: "v1", created }],
    update_date: created,
    authors_parsed: authors.map((name) => [name.split(" ").at(-1), name.split(" ").slice(0, -1).join(" "), ""]),
  });
}
