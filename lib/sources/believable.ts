import type { FoundPaper } from "#lib/papers/types.ts";
import { isPlausible } from "#lib/sources/source-date.ts";
import type { ParsedPapers, Rejection } from "#lib/sources/types.ts";

/** The papers without the dates that cannot be (1970, next year); each such date is reported. The papers stay. */
export function withBelievableDates({ papers, rejected }: ParsedPapers, now: Temporal.Instant): ParsedPapers {
  const doubted: Rejection[] = [];
  const believed = papers.map((paper) => {
    const submittedAt = believe(paper, "submittedAt");
    const revisedAt = believe(paper, "revisedAt");
    const day = believeDay(paper, paper.day);
    const versionDates = paper.versionDates.filter((version) => isPlausible(version.submittedAt, now));
    return submittedAt === paper.submittedAt && revisedAt === paper.revisedAt && day === paper.day
      ? { ...paper, versionDates }
      : { ...paper, submittedAt, revisedAt, versionDates, day, announcedOn: submittedAt ? paper.announcedOn : null };
  });
  return { papers: believed, rejected: [...rejected, ...doubted] };

  function believe(paper: FoundPaper, field: "submittedAt" | "revisedAt"): Temporal.Instant | null {
    const time = paper[field];
    if (time === null || isPlausible(time, now)) return time;
    doubted.push({ where: paper.id, reason: `${field}: ${time} cannot be, so it was left out` });
    return null;
  }

  function believeDay(paper: FoundPaper, day: Temporal.PlainDate | null): Temporal.PlainDate | null {
    // Somewhere on earth it is tomorrow already.
    if (day === null || isPlausible(day.toZonedDateTime("UTC").toInstant(), now)) return day;
    doubted.push({ where: paper.id, reason: `day: ${day} cannot be, so it was left out` });
    return null;
  }
}
