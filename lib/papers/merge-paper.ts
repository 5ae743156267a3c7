import type { FoundPaper, PaperId, SourceName } from "#lib/papers/types.ts";
import { isWithdrawn } from "#lib/papers/withdrawn.ts";

/** A row of `papers`, as far as sources decide it. */
export type StoredPaper = {
  id: PaperId;
  version: number;
  title: string;
  abstract: string;
  authors: string[];
  categories: string[];
  comment: string | null;
  journalRef: string | null;
  doi: string | null;
  licenseUrl: string | null;
  projectUrl: string | null;
  codeUrl: string | null;
  submittedAt: Temporal.Instant | null;
  revisedAt: Temporal.Instant | null;
  announcedOn: Temporal.PlainDate | null;
  withdrawn: boolean;
  textGrade: number;
  sample: boolean;
};

/** A row of `source_records`: what one source said last of a paper, and the day to which it dated that. */
export type StoredRecord = {
  source: SourceName;
  paperId: PaperId;
  fields: Record<string, unknown>;
  day: Temporal.PlainDate | null;
  seenAt: Temporal.Instant;
};

type Text = Pick<
  StoredPaper,
  | "title"
  | "abstract"
  | "authors"
  | "categories"
  | "comment"
  | "journalRef"
  | "doi"
  | "licenseUrl"
  | "revisedAt"
  | "textGrade"
>;

const ranks: Record<SourceName, number> = { sample: 0, huggingface: 1, arxiv: 2 };

/**
 * The row that results when a source tells of a paper. The same finds give the same row in whatever order and however
 * often they come: each part is the greatest of all that was said, by an order that looks only at what was said.
 * The text comes whole from one version of one source (the paper's own archive before others, the newest before older), so
 * that an old comment never stands beside a new abstract. `record` is that source's record after `mergeRecord`.
 */
export function mergePaper(
  stored: StoredPaper | undefined,
  found: FoundPaper,
  record: StoredRecord | undefined,
): StoredPaper {
  // Real papers replace the sample: nothing of it stays.
  const before = stored?.sample && found.source !== "sample" ? undefined : stored;
  if (before && !before.sample && found.source === "sample") return before;
  const text = before ? greaterText(before, textOf(found)) : textOf(found);
  return {
    id: found.id,
    ...text,
    version: Math.max(1, versionOf(text.textGrade)),
    submittedAt: betterTime(before?.submittedAt ?? null, found.submittedAt),
    announcedOn: earlierDay(before?.announcedOn ?? null, found.announcedOn),
    // Only these two tell of links; arXiv's silence takes none away.
    projectUrl: tellsLinks(found) ? linkIn(record, "projectUrl") : (before?.projectUrl ?? null),
    codeUrl: tellsLinks(found) ? linkIn(record, "codeUrl") : (before?.codeUrl ?? null),
    withdrawn: isWithdrawn(text),
    sample: found.source === "sample",
  };
}

/** The source's record after this find: what it dated to the latest day, and of that what we saw last. */
export function mergeRecord(
  stored: StoredRecord | undefined,
  found: FoundPaper,
  now: Temporal.Instant,
): StoredRecord | undefined {
  const links = tellsLinks(found) ? { projectUrl: found.projectUrl, codeUrl: found.codeUrl } : {};
  const fields = sortedKeys({ ...found.fields, ...links });
  // Nothing beside what the paper's own row holds: that is no record, and takes none back.
  if (Object.keys(fields).length === 0) return stored;
  const fresh = { source: found.source, paperId: found.id, fields, day: found.day, seenAt: now };
  if (!stored) return fresh;
  const day = laterDay(stored.day, found.day);
  if (JSON.stringify(sortedKeys(stored.fields)) === JSON.stringify(fields)) return { ...stored, day };
  return compareRecords(fresh, stored) > 0 ? fresh : stored;
}

/** True when two values would be the same row. */
export function sameRow(a: object, b: object): boolean {
  return JSON.stringify(sortedKeys({ ...a })) === JSON.stringify(sortedKeys({ ...b }));
}

function textOf(found: FoundPaper): Text {
  const { title, abstract, authors, categories, comment, journalRef, doi, licenseUrl, revisedAt } = found;
  const textGrade = gradeOf(found);
  return { title, abstract, authors, categories, comment, journalRef, doi, licenseUrl, revisedAt, textGrade };
}

/** The version whose text this is: 0 when it came from a source that names none, or without an abstract. */
export function textVersion({ abstract, textGrade }: Pick<StoredPaper, "abstract" | "textGrade">): number {
  return abstract !== "" && textGrade >= ranks.arxiv * 10_000 ? versionOf(textGrade) : 0;
}

/** Source, version and detail as one number. An answer that knows the submission time also lists the authors one by one. */
export function gradeOf({
  source,
  version,
  submittedAt,
}: Pick<FoundPaper, "source" | "version" | "submittedAt">): number {
  return ranks[source] * 10_000 + Math.min(version ?? 0, 4_999) * 2 + (submittedAt ? 1 : 0);
}

const versionOf = (grade: number) => (grade % 10_000) >> 1;
/** 1 for the more detailed answer of a source, 0 for the other. */
export const detailOf = (grade: number) => grade & 1;

function greaterText(a: Text, b: Text): Text {
  const standing = Number(a.abstract !== "") - Number(b.abstract !== "") || (a.textGrade >> 1) - (b.textGrade >> 1);
  if (standing !== 0) return standing > 0 ? a : b;
  // The same version, told twice: the wording of the more detailed answer, and each note that one of the two has.
  const detail = detailOf(a.textGrade) - detailOf(b.textGrade);
  const wording = detail === 0 ? greaterWording(a, b) : detail > 0 ? a : b;
  return {
    ...wording,
    comment: greater(a.comment, b.comment),
    journalRef: greater(a.journalRef, b.journalRef),
    doi: greater(a.doi, b.doi),
    licenseUrl: greater(a.licenseUrl, b.licenseUrl),
    textGrade: Math.max(a.textGrade, b.textGrade),
  };
}

function greaterWording(a: Text, b: Text): Text {
  return {
    ...a,
    title: greater(a.title, b.title),
    abstract: greater(a.abstract, b.abstract),
    authors: greater(a.authors, b.authors),
    categories: greater(a.categories, b.categories),
    revisedAt: betterTime(a.revisedAt, b.revisedAt),
  };
}

/**
 * What was read without damage before what was not (U+FFFD stands where an answer named the wrong charset), something before
 * nothing, the longer before the shorter (which may be cut), then by code units.
 */
export function greater<T extends string | string[] | null>(a: T, b: T): T {
  const [left, right] = [flat(a), flat(b)];
  if (left && right && left.includes("\uFFFD") !== right.includes("\uFFFD")) return left.includes("\uFFFD") ? b : a;
  if (left.length !== right.length) return left.length > right.length ? a : b;
  return left >= right ? a : b;
}

function flat(value: string | string[] | null): string {
  return typeof value === "string" ? value : (value ?? []).join("\n");
}

/** A time before a bare date (midnight UTC is how a date without a time arrives), then the earlier. */
export function betterTime(a: Temporal.Instant | null, b: Temporal.Instant | null): Temporal.Instant | null {
  if (!a || !b) return a ?? b;
  const exactness = Number(isBareDate(a)) - Number(isBareDate(b));
  return (exactness || Temporal.Instant.compare(a, b)) <= 0 ? a : b;
}

function isBareDate(time: Temporal.Instant): boolean {
  return time.epochMilliseconds % 86_400_000 === 0;
}

function earlierDay(a: Temporal.PlainDate | null, b: Temporal.PlainDate | null): Temporal.PlainDate | null {
  if (!a || !b) return a ?? b;
  return Temporal.PlainDate.compare(a, b) <= 0 ? a : b;
}

function laterDay(a: Temporal.PlainDate | null, b: Temporal.PlainDate | null): Temporal.PlainDate | null {
  if (!a || !b) return a ?? b;
  return Temporal.PlainDate.compare(a, b) >= 0 ? a : b;
}

function compareRecords(a: StoredRecord, b: StoredRecord): number {
  const byDay = (a.day?.toString() ?? "").localeCompare(b.day?.toString() ?? "", "en");
  const bySight = Temporal.Instant.compare(a.seenAt, b.seenAt);
  return byDay || bySight || (JSON.stringify(a.fields) > JSON.stringify(sortedKeys(b.fields)) ? 1 : -1);
}

function tellsLinks({ source }: FoundPaper): boolean {
  return source === "huggingface" || source === "sample";
}

function linkIn(record: StoredRecord | undefined, name: "projectUrl" | "codeUrl"): string | null {
  const link = record?.fields[name];
  return typeof link === "string" ? link : null;
}

/** Postgres keeps the keys of jsonb in an order of its own: compare in ours. */
function sortedKeys(value: unknown): Record<string, unknown> {
  return sorted(value) as Record<string, unknown>;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
