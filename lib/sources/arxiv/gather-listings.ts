import type { FoundPaper } from "#lib/papers/types.ts";
import { isListingDay, listingDays, newestListing, submissionWindow } from "#lib/sources/arxiv/announcement-date.ts";
import { parseAtom } from "#lib/sources/arxiv/parse-atom.ts";
import { parseRss, type RssDay } from "#lib/sources/arxiv/parse-rss.ts";
import { arxivQueryUrl, arxivRssUrl } from "#lib/sources/arxiv/query-url.ts";
import { withBelievableDates } from "#lib/sources/believable.ts";
import { countOf } from "#lib/sources/count-of.ts";
import { orDoubt } from "#lib/sources/or-doubt.ts";
import { FIRST_RUN_DAYS } from "#lib/sources/plan-days.ts";
import { type Gathering, UnexpectedAnswer } from "#lib/sources/types.ts";

export type ArxivOptions = { apiUrl: string; rssUrl: string; categories: readonly string[] };

/** The API says now and then that there is nothing in a query that has results. */
const EMPTY_ATTEMPTS = 3;
/** A day that had no papers is not asked for again sooner: new ones appear once a day. */
const ASK_AGAIN_HOURS = 6;
/** The feed is cut after so many items (https://info.arxiv.org/help/rss_specifications.html). */
const MOST_ITEMS = 2000;
/** A feed whose date lies further back is not today's. */
const STALE_DAYS = 6;

/** The day's announcements from the feed, then from the API the listings of the last ten days that we do not have. */
export async function gatherNews(options: ArxivOptions, gathering: Gathering): Promise<void> {
  const newest = newestListing(gathering.now);
  await orDoubt(gathering.tally, () => gatherFeed(options, gathering));
  const missing: Temporal.PlainDate[] = [];
  for (const day of listingDays(newest.subtract({ days: FIRST_RUN_DAYS - 1 }), newest)) {
    if ((await gathering.countListings(day)) === 0) missing.push(day);
  }
  // Newest first: who starts a site reads today's edition first.
  for (const day of missing.toReversed()) {
    await orDoubt(gathering.tally, () => gatherMissing(day, options, gathering));
  }
}

/** The listings of some days from the API. Days on which arXiv has none are passed over. */
export async function gatherListings(
  days: readonly Temporal.PlainDate[],
  options: ArxivOptions,
  gathering: Gathering,
): Promise<void> {
  for (const day of days) {
    if (isListingDay(day)) await orDoubt(gathering.tally, () => gatherListing(day, options, gathering));
    else gathering.onDayRead(day);
  }
}

async function gatherFeed(options: ArxivOptions, gathering: Gathering): Promise<void> {
  const { rssUrl, categories } = options;
  const { tally, now } = gathering;
  const accept = "application/rss+xml, application/xml;q=0.9";
  const answer = await gathering.ask(arxivRssUrl(rssUrl, categories), { accept, conditional: true });
  if (answer.status === "not-modified") {
    tally.unchanged++;
    return;
  }
  const feed = parseRss(answer.text);
  const { papers, rejected } = withBelievableDates(feed, now);
  tally.answers++;
  tally.rejected.push(...rejected);
  const doubt = findDoubt(feed, now);
  if (doubt) tally.doubts.push(doubt);
  // A feed of another day tells nothing of this one: it is not stored, and asked for again.
  if (doubt && feed.items > 0) return;
  // Before the feed's validator is saved: if this fails, the next run sees the feed as new and comes here again.
  if (feed.items >= MOST_ITEMS && feed.day) await gatherListing(feed.day, options, gathering);
  await gathering.store(papers, doubt ? null : answer.validator);
  if (papers.length > 0) gathering.say(`arXiv: ${feed.day}, ${countOf(papers.length, "paper")}`);
}

function findDoubt({ day, items }: RssDay, now: Temporal.Instant): string | null {
  if (!day) return "arXiv's feed has no date.";
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  const age = day.until(today).days;
  if (age > STALE_DAYS || age < -1) return `arXiv's feed is dated ${day}, which is not now.`;
  return items === 0 && isListingDay(day)
    ? `arXiv's feed of ${day} is empty, though that is no weekend or holiday.`
    : null;
}

async function gatherMissing(day: Temporal.PlainDate, options: ArxivOptions, gathering: Gathering): Promise<void> {
  const url = arxivQueryUrl(options.apiUrl, { ...submissionWindow(day), categories: options.categories, start: 0 });
  const asked = await gathering.lastAsked(url);
  if (asked && gathering.now.since(asked).total("hours") < ASK_AGAIN_HOURS) return;
  await gatherListing(day, options, gathering, url);
}

/** One listing, stored whole. `remember` is the address under which the asking is noted. */
async function gatherListing(
  day: Temporal.PlainDate,
  options: ArxivOptions,
  gathering: Gathering,
  remember?: string,
): Promise<void> {
  const papers = await readListing(day, options, gathering);
  // Papers that moderators held back are announced later than their submission says: arXiv's own listing was right.
  const elsewhere = await gathering.listedElsewhere(
    papers.map(({ id }) => id),
    day,
  );
  const dated = papers.map((paper) => (elsewhere.has(paper.id) ? { ...paper, day: null } : paper));
  await gathering.store(dated, remember ? { url: remember, etag: null, lastModified: null } : null);
  gathering.onDayRead(day);
  if (papers.length > 0) gathering.say(`arXiv: ${day}, ${countOf(papers.length, "paper")}`);
}

async function readListing(
  day: Temporal.PlainDate,
  options: ArxivOptions,
  gathering: Gathering,
): Promise<FoundPaper[]> {
  const found: FoundPaper[] = [];
  const question = { ...submissionWindow(day), categories: options.categories };
  for (let start = 0, empty = 0; ; ) {
    const url = arxivQueryUrl(options.apiUrl, { ...question, start });
    const answer = await gathering.ask(url, { accept: "application/atom+xml", conditional: false });
    if (answer.status === "not-modified") throw new UnexpectedAnswer("arXiv answered 304 to a plain question.");
    const page = parseAtom(answer.text);
    if (page.total === null) throw new UnexpectedAnswer("arXiv answered with a feed that is no search result.");
    const { papers, rejected } = withBelievableDates(page, gathering.now);
    found.push(...papers);
    gathering.tally.rejected.push(...rejected);
    start += page.entries;
    if (start >= page.total) break;
    empty = page.entries === 0 ? empty + 1 : 0;
    if (empty >= EMPTY_ATTEMPTS) {
      throw new UnexpectedAnswer(
        `arXiv says that ${day} has ${countOf(page.total, "paper")}, and sends ${start} of them.`,
      );
    }
  }
  gathering.tally.answers++;
  return found;
}
