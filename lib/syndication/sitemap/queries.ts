import { fromDbDate, fromDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { weekOf } from "#lib/editions/edition-date.ts";
import { routes } from "#lib/platform/routes.ts";

/** A page for search engines: its path, and when its words changed last, where that is known. */
export type SitemapPage = { path: string; changedAt?: Temporal.Instant };

/** Below the 50,000 that one file may hold (https://www.sitemaps.org/protocol.html), with room for a month's lists. */
const MOST_PAPERS = 49_000;

/** Which files the sitemap has, newest month first: a month of more papers than a file may hold has several. */
export async function listSitemapParts(): Promise<{ name: string; changedAt?: Temporal.Instant }[]> {
  const months = new Map<string, { papers: number; changedAt: Temporal.Instant }>();
  for (const { month, papers, changed } of await countPapersByMonth()) {
    months.set(month, { papers, changedAt: fromDbTime(changed) });
  }
  for (const { day, changed } of await listDays()) {
    const month = day.toPlainYearMonth().toString();
    const known = months.get(month);
    const changedAt = known ? later(known.changedAt, changed) : changed;
    months.set(month, { papers: known?.papers ?? 0, changedAt });
  }
  const parts = [...months].flatMap(([month, { papers, changedAt }]) =>
    Array.from({ length: Math.max(1, Math.ceil(papers / MOST_PAPERS)) }, (_, index) => ({
      name: index === 0 ? month : `${month}-${index + 1}`,
      changedAt,
    })),
  );
  return [{ name: "pages" }, ...parts.toSorted((a, b) => (a.name < b.name ? 1 : -1))];
}

/**
 * The pages of one month's file: in its first part the month, its weeks and days; in each part papers whose arXiv id is of
 * that month. Null when there is no such part.
 */
export async function findSitemapPart(month: Temporal.PlainYearMonth, part: number): Promise<SitemapPage[] | null> {
  const lists = part === 1 ? await listListPages(month) : [];
  const papers = await listPaperPages(month, part);
  return lists.length + papers.length > 0 ? [...lists, ...papers] : null;
}

async function listListPages(month: Temporal.PlainYearMonth): Promise<SitemapPage[]> {
  const days = (await listDays()).filter(({ day }) => day.toPlainYearMonth().equals(month));
  const weeks = Map.groupBy(days, ({ day }) => weekOf(day));
  const newest = (changes: { changed: Temporal.Instant }[]) => changes.map(({ changed }) => changed).reduce(later);
  if (days.length === 0) return [];
  return [
    { path: routes.month(month.toString()), changedAt: newest(days) },
    ...[...weeks].map(([week, ofWeek]) => ({ path: routes.week(week), changedAt: newest(ofWeek) })),
    ...days.map(({ day, changed }) => ({ path: routes.edition(day.toString()), changedAt: changed })),
  ];
}

async function listPaperPages(month: Temporal.PlainYearMonth, part: number): Promise<SitemapPage[]> {
  const digits = month.toString().slice(2).replace("-", "");
  // Raw SQL because of GREATEST. An id says its month: 2608.12313, hep-th/9901001.
  const rows = await db.$queryRaw<{ id: string; changed: Date }[]>`
    SELECT id, GREATEST(first_seen_at, revised_at) AS changed FROM papers
    WHERE (id LIKE ${`${digits}.%`} OR id LIKE ${`%/${digits}___`}) AND NOT sample
    ORDER BY id LIMIT ${MOST_PAPERS} OFFSET ${(part - 1) * MOST_PAPERS}`;
  return rows.map(({ id, changed }) => ({ path: routes.paper(id), changedAt: fromDbTime(changed) }));
}

async function countPapersByMonth(): Promise<{ month: string; papers: number; changed: Date }[]> {
  // Raw SQL because Prisma cannot group by a part of a text. arXiv began in 1991: 9101 is no month of 2091.
  return db.$queryRaw`
    SELECT CASE WHEN digits >= '91' THEN '19' ELSE '20' END || left(digits, 2) || '-' || right(digits, 2) AS month,
           count(*)::int AS papers, max(changed) AS changed
    FROM (SELECT left(CASE WHEN id LIKE '%/%' THEN split_part(id, '/', 2) ELSE id END, 4) AS digits,
                 GREATEST(first_seen_at, revised_at) AS changed
          FROM papers WHERE NOT sample) AS dated
    GROUP BY month`;
}

/** Days that have papers, and when one was added last. The sample's are of another site, so to say. */
async function listDays(): Promise<{ day: Temporal.PlainDate; changed: Temporal.Instant }[]> {
  const rows = await db.listing.groupBy({
    by: ["day"],
    where: { source: { not: "sample" } },
    _max: { listedAt: true },
    orderBy: { day: "desc" },
  });
  return rows.flatMap(({ day, _max: { listedAt } }) =>
    listedAt ? [{ day: fromDbDate(day), changed: fromDbTime(listedAt) }] : [],
  );
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) > 0 ? a : b;
}
