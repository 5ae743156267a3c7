import { z } from "zod";
import { oneLine, paragraphs, webLink } from "#lib/papers/clean-text.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { announcementDate } from "#lib/sources/arxiv/announcement-date.ts";
import { readClasses } from "#lib/sources/arxiv/read-classes.ts";
import { isName, splitAuthors } from "#lib/sources/arxiv/split-authors.ts";
import { versionDates } from "#lib/sources/arxiv/version-dates.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";
import { parseTime } from "#lib/sources/source-date.ts";

const words = z.string().nullish().catch(null);

// Only id and title are needed: whatever else is missing or odd must not cost us the paper.
const recordSchema = z.object({
  id: z.string(),
  title: z.string(),
  abstract: words,
  authors: words,
  authors_parsed: z.array(z.array(z.string())).catch([]),
  categories: words,
  comments: words,
  "journal-ref": words,
  doi: words,
  "report-no": words,
  license: words,
  versions: z.array(z.object({ version: z.string(), created: words })).catch([]),
});

type SnapshotRecord = z.infer<typeof recordSchema>;

/** One line of the arXiv snapshot that Kaggle keeps (arxiv-metadata-oai-snapshot.json), or why there is no paper in it. */
export function parseSnapshotLine(line: string): FoundPaper | string {
  const json = readJson(line);
  if (json === undefined) return "it is no JSON";
  const { data, error } = recordSchema.safeParse(json);
  if (!data) return `${error.issues[0]?.path.join(".") || "the line"}: ${error.issues[0]?.message}`.slice(0, 200);
  const id = parsePaperId(data.id)?.id;
  if (!id) return `id: ${oneLine(data.id).slice(0, 80) || "nothing"} is no arXiv id`;
  const title = oneLine(data.title);
  if (!title) return "it has no title";
  return foundPaper({ id, source: "arxiv", ...textOf(data), ...historyOf(data), title });
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function textOf(record: SnapshotRecord): Partial<FoundPaper> {
  const { categories, otherClasses } = readClasses((record.categories ?? "").split(/\s+/));
  const codes = [...otherClasses, oneLine(record["report-no"] ?? "")].filter(Boolean);
  return {
    abstract: paragraphs(record.abstract ?? ""),
    authors: namesOf(record),
    categories,
    comment: oneLine(record.comments ?? "") || null,
    journalRef: oneLine(record["journal-ref"] ?? "") || null,
    // Two may stand there: the article, then its erratum.
    doi: oneLine(record.doi ?? "").split(/[\s,;]+/)[0] || null,
    licenseUrl: webLink(record.license),
    fields: codes.length > 0 ? { otherClasses: codes } : {},
  };
}

/** `["One", "Ada", "Jr.", "an affiliation"]`: the first three are the name. */
function namesOf({ authors, authors_parsed }: SnapshotRecord): string[] {
  const names = authors_parsed.map(([family = "", given = "", suffix = ""]) => oneLine(`${given} ${family} ${suffix}`));
  return names.length > 0 ? names.filter(isName) : splitAuthors(authors ?? "");
}

function historyOf({ versions }: SnapshotRecord): Partial<FoundPaper> {
  const last = versions.at(-1);
  const dated = versions.map(({ version, created }) => ({ version: numberOf(version), at: parseTime(created) }));
  const submittedAt = dated[0]?.at ?? null;
  return {
    version: last ? numberOf(last.version) : null,
    submittedAt,
    revisedAt: dated.at(-1)?.at ?? null,
    versionDates: versionDates(dated),
    announcedOn: submittedAt && announcementDate(submittedAt),
  };
}

function numberOf(version: string): number | null {
  return Number(version.replace(/^v/, "")) || null;
}
