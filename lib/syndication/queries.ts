import { findEdition, findLatestDay, findPeriod, findTrending } from "#lib/editions/queries.ts";
import type { PaperPage } from "#lib/editions/types.ts";
import { db } from "#lib/platform/db.ts";
import type { DailyPapersQuery } from "#lib/syndication/schema.ts";

/** Whose papers are asked for is looked up among so many: a month's first thousand hold all that people submitted. */
const MOST_LOOKED_AT = 1000;

/** The papers that `/api/daily_papers` answers with: of a day, week or month by rank, else of the latest edition; past the end none. */
export async function listDailyPapers(
  query: DailyPapersQuery,
  { now }: { now: Temporal.Instant },
): Promise<PaperPage["papers"]> {
  const { p, limit, submitter } = query;
  if (submitter) {
    // Theirs first, then the page of them: a page of all that has none of theirs would look like the end.
    const all = await findAsked(query, { now, page: 1, perPage: MOST_LOOKED_AT });
    return (await keepSubmittedBy(submitter, all?.papers ?? [])).slice(p * limit, (p + 1) * limit);
  }
  const list = await findAsked(query, { now, page: p + 1, perPage: limit });
  return list && p < list.pages ? list.papers : [];
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
