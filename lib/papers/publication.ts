import type { PaperDetail } from "#lib/papers/types.ts";

/** The year to cite: the journal's where one printed the paper, else that of its submission. */
export function publicationYear({
  id,
  journalRef,
  submittedAt,
}: Pick<PaperDetail, "id" | "journalRef" | "submittedAt">): number {
  const journalYears = journalRef?.match(/(?<!\d)(?:19|20)\d{2}(?!\d)/g);
  const journalYear = journalYears?.at(-1);
  if (journalYear) return Number(journalYear);
  return submittedAt ? Number(submittedAt.slice(0, 4)) : announcementYear(id);
}

/** The first four digits of an arXiv id are year and month; the archive opened in 1991. */
export function announcementYear(id: string): number {
  const year = Number(/(\d{2})\d{2}(?:\.|\d{3}$)/.exec(id)?.[1] ?? "0");
  return year >= 91 ? 1900 + year : 2000 + year;
}

/** arXiv sometimes holds two DOIs in one field, parted by a blank. Null when there is none. */
export function firstDoi(doi: string | null): string | null {
  return (
    doi
      ?.trim()
      .split(/[\s;]+/)[0]
      ?.replace(/[{}\\%]/g, "") || null
  );
}
