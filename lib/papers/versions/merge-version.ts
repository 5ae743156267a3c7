import { betterTime, detailOf, gradeOf, greater, type StoredPaper, textVersion } from "#lib/papers/merge-paper.ts";
import type { FoundPaper, PaperId } from "#lib/papers/types.ts";

/** A row of `paper_versions`: a version before the present one, as far as it was told. */
export type StoredVersion = {
  paperId: PaperId;
  version: number;
  /** Null, as the abstract is, when only the date is known. */
  title: string | null;
  abstract: string | null;
  submittedAt: Temporal.Instant | null;
  detail: number;
};

/**
 * What a find tells of versions before the present one: the text that it replaces, its own when it comes late, and the dates
 * that its source lists. `before` and `after` are the paper's row without and with the find.
 */
export function earlierVersions(
  before: StoredPaper | undefined,
  after: StoredPaper,
  found: FoundPaper,
): StoredVersion[] {
  const told = { ...found, id: after.id, textGrade: gradeOf(found) };
  return [
    ...(before ? textBefore(after, before) : []),
    ...textBefore(after, told),
    ...found.versionDates.map(({ version, submittedAt }) => ({
      paperId: after.id,
      version,
      title: null,
      abstract: null,
      submittedAt,
      detail: 0,
    })),
  ];
}

/** Two words on one version as one row, the same whichever came first: by the order in which papers take their text. */
export function mergeVersion(a: StoredVersion | undefined, b: StoredVersion): StoredVersion {
  if (!a) return b;
  return { ...greaterText(a, b), submittedAt: betterTime(a.submittedAt, b.submittedAt) };
}

type Told = Pick<StoredPaper, "id" | "title" | "abstract" | "revisedAt" | "textGrade">;

function textBefore(present: StoredPaper, { id, title, abstract, revisedAt, textGrade }: Told): StoredVersion[] {
  const version = textVersion({ abstract, textGrade });
  if (version === 0 || version >= textVersion(present)) return [];
  const detail = detailOf(textGrade);
  return [{ paperId: id, version, title, abstract, submittedAt: detail ? revisedAt : null, detail }];
}

function greaterText(a: StoredVersion, b: StoredVersion): StoredVersion {
  if (a.title === null || b.title === null) return a.title === null ? b : a;
  if (a.detail !== b.detail) return a.detail > b.detail ? a : b;
  return { ...a, title: greater(a.title, b.title), abstract: greater(a.abstract, b.abstract) };
}
