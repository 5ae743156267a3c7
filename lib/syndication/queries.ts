import { closingOf, dayAt } from "#lib/editions/edition-date.ts";
import { findEdition, findLatestDay, findPeriod, findTrending } from "#lib/editions/queries.ts";
import type { PaperPage } from "#lib/editions/types.ts";
import { fromDbDate, fromDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { site } from "#lib/platform/site-config.ts";
import { listSimilarTitles } from "#lib/search/similar/queries.ts";
import { describeList } from "#lib/syndication/followed-list.ts";
import { MOST_IN_FEED, papersFeed } from "#lib/syndication/papers-feed.ts";
import type { DailyPapersQuery, ListName } from "#lib/syndication/schema.ts";
import type { Feed, FeedFormat, FeedPaper, FeedTimes, FollowedList } from "#lib/syndication/types.ts";

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

/** A list of the site's as a feed: its first fifty papers, or the first fifty of one arXiv class. */
export async function findFeed(
  list: ListName,
  { format, category, now }: { format: FeedFormat; category?: string; now: Temporal.Instant },
): Promise<Feed> {
  const words = describeList(list, { siteName: site.name, category, format });
  const papers = await listFollowed(list, { category, now });
  const emptyAt = "first" in list ? list.first.toZonedDateTime(site.timeZone).toInstant() : NEVER;
  return makeFeed({ ...words, papers, emptyAt }, { now });
}

/** Any list of papers as a feed: what `findFeed` does for the lists that have a name. */
export async function makeFeed(list: FollowedList, { now }: { now: Temporal.Instant }): Promise<Feed> {
  const ids = list.papers.slice(0, MOST_IN_FEED).map(({ id }) => id);
  const [times, similar] = await Promise.all([listFeedTimes(ids), listSimilarTitles(ids, { limit: SIMILAR, now })]);
  return papersFeed({ ...list, similar }, times, {
    name: site.name,
    origin: env.siteUrl,
    ids: site.feedIds ?? `tag:${new URL(env.siteUrl).hostname.replace(/[[\]]/g, "")},2026`,
  });
}

/** Papers that each entry names as similar. */
const SIMILAR = 3;

/** A feed must say when it changed last; one that never held a paper did not. */
const NEVER = Temporal.Instant.fromEpochMilliseconds(0);

async function listFollowed(
  list: ListName,
  { category, now }: { category?: string; now: Temporal.Instant },
): Promise<FeedPaper[]> {
  const asked = { now, category, page: 1, perPage: MOST_IN_FEED };
  if (list.kind === "trending") return (await findTrending(asked)).papers;
  if (list.kind === "latest") return listLatest(asked);
  if (list.kind === "day") return (await findEdition(list.first, asked)).papers;
  return (await findPeriod(await daysOf(list, now), asked)).papers;
}

/** Two editions, so that who looks once a day misses nothing that ranked high after they looked. */
async function listLatest(asked: {
  now: Temporal.Instant;
  category?: string;
  page: number;
  perPage: number;
}): Promise<FeedPaper[]> {
  const newest = await findLatestDay(asked);
  if (!newest) return [];
  const edition = await findEdition(newest, asked);
  const { previousDay } = edition;
  const before = previousDay ? await findEdition(Temporal.PlainDate.from(previousDay), asked) : null;
  const first = edition.papers.slice(0, MOST_IN_FEED / 2);
  // A paper that stands in both is in the newer one: an id must not come twice.
  const known = new Set(first.map(({ id }) => id));
  const second = before?.papers.filter(({ id }) => !known.has(id)) ?? [];
  return [...first, ...second.slice(0, MOST_IN_FEED / 2)];
}

async function daysOf(list: Exclude<ListName, { kind: "latest" | "trending" | "day" }>, now: Temporal.Instant) {
  const day = "first" in list ? list.first : ((await findLatestDay({ now })) ?? dayAt(now, site));
  if (list.kind === "week" || list.kind === "this-week") return daysFrom(day.subtract({ days: day.dayOfWeek - 1 }), 7);
  return daysFrom(day.with({ day: 1 }), day.daysInMonth);
}

/**
 * When each paper was printed here: when a source first put it on its earliest day, or that day's closing if it was filled
 * later than that. A paper on no day counts from its submission. Its text changes with its revisions on arXiv.
 */
async function listFeedTimes(ids: readonly string[]): Promise<Map<string, FeedTimes>> {
  const rows = await db.paper.findMany({
    where: { id: { in: [...ids] } },
    select: {
      id: true,
      submittedAt: true,
      revisedAt: true,
      firstSeenAt: true,
      listings: {
        select: { day: true, listedAt: true },
        orderBy: [{ day: "asc" }, { listedAt: "asc" }],
        take: 1,
      },
    },
  });
  const frozen = await listFrozenTimes(rows.flatMap(({ listings }) => listings.map(({ day }) => day)));
  return new Map(
    rows.map(({ id, submittedAt, revisedAt, firstSeenAt, listings: [listing] }) => {
      const printedAt = listing ? printingOf(listing, frozen) : fromDbTime(submittedAt ?? firstSeenAt);
      const changedAt = revisedAt ? later(printedAt, fromDbTime(revisedAt)) : printedAt;
      return [id, { printedAt, changedAt }];
    }),
  );
}

async function listFrozenTimes(days: Date[]): Promise<Map<number, Date>> {
  const rows = await db.edition.findMany({ where: { day: { in: days } }, select: { day: true, frozenAt: true } });
  return new Map(rows.map(({ day, frozenAt }) => [day.getTime(), frozenAt]));
}

function printingOf(
  { day, listedAt }: { day: Date; listedAt: Date },
  frozen: ReadonlyMap<number, Date>,
): Temporal.Instant {
  const frozenAt = frozen.get(day.getTime());
  const isLate = frozenAt !== undefined && listedAt > frozenAt;
  const closing = closingOf(fromDbDate(day), site);
  const listed = fromDbTime(listedAt);
  return isLate || Temporal.Instant.compare(listed, closing) < 0 ? listed : closing;
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) > 0 ? a : b;
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
