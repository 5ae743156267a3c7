import type { FoundPaper, PaperId, SourceName } from "#lib/papers/types.ts";

/** A find with nothing known but who told of it, its id, and what `known` adds. */
export function foundPaper(
  known: { id: PaperId; source: SourceName; title: string } & Partial<FoundPaper>,
): FoundPaper {
  return {
    version: null,
    abstract: "",
    authors: [],
    categories: [],
    comment: null,
    journalRef: null,
    doi: null,
    licenseUrl: null,
    projectUrl: null,
    codeUrl: null,
    submittedAt: null,
    revisedAt: null,
    versionDates: [],
    announcedOn: null,
    day: null,
    signals: [],
    fields: {},
    ...known,
  };
}
