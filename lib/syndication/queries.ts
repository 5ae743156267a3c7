import { findEdition, findLatestDay, findPeriod, findTrending } from "#lib/editions/queries.ts";
import type { PaperPage } from "#lib/editions/types.ts";
import { db } from "#lib/platform/db.ts";
import type { DailyPapersQuery } from "#lib/syndication/schema.ts";

/** The papers that `/api/daily_papers` answers with: of a day, week or month by rank, else of the latest edition; past the end none. */
export async function listDailyPapers(
  query: DailyPapersQuery,
  { now }: { now: Temporal.Instant },
): Promise<PaperPage["papers"]> {
  const list = await findAsked(query, { now, page: query.p + 1, perPage: query.limit });
  if (!list || query.p + 1 > list.pages) return [];
  return query.submitter ? keepSubmittedBy(query.submitter, list.papers) : list.papers;
}

async function findAsked(
  { date, week, month, sort }: DailyPapersQuery,
  asked: { now: Temporal.Instant; page: number; perPage: number },
): Promise<PaperPage | null> {
  if (date) return findEdition(date, asked);
  if (week) return findPeriod(daysFrom(week, 7), asked);
  if (month) return findPeriod(daysFrom(month, month.daysInMonth), asked);
  if (sort === "trending") return findTrending(asked);
  const latest = await findLatestDay(asked);
  return latest && findEdition(latest, asked);
}

async function keepSubmittedBy(login: string, papers: PaperPage["papers"]): Promise<PaperPage["papers"]> {
  const records = await db.sourceRecord.findMany({
    where: {
      source: "huggingface",
      paperId: { in: papers.map(({ id }) => id) },
      fields: { path: ["submittedBy"], equals: login },
    },
    select: { paperId: true },
  });
  const theirs = new Set(records.map(({ paperId }) => paperId));
  return papers.filter(({ id }) => theirs.has(id));
}

function daysFrom(first: Temporal.PlainDate, count: number): Temporal.PlainDate[] {
  return Array.from({ length: count }, (_, index) => first.add({ days: index }));
}
