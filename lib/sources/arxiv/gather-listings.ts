import type { Validator } from "#lib/papers/commands.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { isListingDay, listingDays, newestListing, submissionWindow } from "#lib/sources/arxiv/announcement-date.ts";
import { parseAtom } from "#lib/sources/arxiv/parse-atom.ts";
import { type DayListing, parseListing } from "#lib/sources/arxiv/parse-listing.ts";
import { arxivFeedUrl, arxivQueryUrl } from "#lib/sources/arxiv/query-url.ts";
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
    if (isListingDay(day))
      await orDoubt(gathering.tally, () => gatherListing(day, options, { gathering, conditional: false }));
    else gathering.onDayRead(day);
  }
}

async function gatherFeed(options: ArxivOptions, gathering: Gathering): Promise<void> {
  const { rssUrl, categories } = options;
  const { tally, now } = gathering;
  const accept = "application/rss+xml, application/atom+xml, application/xml;q=0.9";
  const answer = await gathering.ask(arxivFeedUrl(rssUrl, categories), { accept, conditional: true });
  if (answer.status === "not-modified") {
    tally.unchanged++;
    return;
  }
  const feed = parseListing(answer.text);
  const { papers, rejected } = withBelievableDates(feed, now);
  tally.answers++;
  tally.rejected.push(...rejected);
  const doubt = findDoubt(feed, now);
  if (doubt) tally.doubts.push(doubt);
  // A feed of another day tells nothing of this one: it is not stored, and asked for again.
  if (doubt && feed.items > 0) return;
  if (feed.day && feed.items > 0)
    return storeFeed({ ...feed, day: feed.day, papers }, answer.validator, { options, gathering });
  await gathering.store(papers, doubt ? [] : [answer.validator]);
}

/**
 * Stores a feed with what the API has of its day beside it: nothing in a feed says how many papers were announced, and it may
 * hold a part of them (arXiv cuts it after 2,000 items).
 */
async function storeFeed(
  { day, papers }: DayListing & { day: Temporal.PlainDate },
  validator: Validator,
  { options, gathering }: { options: ArxivOptions; gathering: Gathering },
): Promise<void> {
  let rest: Listing | null = null;
  try {
    rest = await readListing(day, options, { gathering, conditional: true });
  } finally {
    // Whatever became of the rest, what the feed told is stored; without a validator the next run comes here again.
    const told = new Set(papers.map(({ id }) => id));
    const added = rest?.papers.filter(({ id }) => !told.has(id)).length ?? 0;
    await gathering.store([...papers, ...(rest?.papers ?? [])], rest ? [validator, rest.validator] : []);
    const more = added > 0 ? `, and ${added} more from the search` : "";
    gathering.say(`arXiv: ${day}, ${countOf(papers.length, "paper")} in the feed${more}`);
  }
}

function findDoubt({ day, items }: DayListing, now: Temporal.Instant): string | null {
  if (!day) return "arXiv's feed has no date.";
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  const age = day.until(today).days;
  if (age > STALE_DAYS || age < -1) return `arXiv's feed is dated ${day}, which is not now.`;
  return items === 0 && isListingDay(day)
    ? `arXiv's feed of ${day} is empty, though that is no weekend or holiday.`
    : null;
}

async function gatherMissing(day: Temporal.PlainDate, options: ArxivOptions, gathering: Gathering): Promise<void> {
  const asked = await gathering.lastAsked(listingUrl(day, options, 0));
  if (asked && gathering.now.since(asked).total("hours") < ASK_AGAIN_HOURS) return;
  await gatherListing(day, options, { gathering, conditional: true });
}

type Asking = { gathering: Gathering; conditional: boolean };

/** One listing, stored whole. */
async function gatherListing(day: Temporal.PlainDate, options: ArxivOptions, asking: Asking): Promise<void> {
  const { gathering, conditional } = asking;
  const { papers, validator } = await readListing(day, options, asking);
  await gathering.store(papers, conditional ? [validator] : []);
  gathering.onDayRead(day);
  if (papers.length > 0) gathering.say(`arXiv: ${day}, ${countOf(papers.length, "paper")}`);
}

/** The validator notes also when the day was asked for. It says nothing of the answer where that had several pages. */
type Listing = { papers: FoundPaper[]; validator: Validator };

/** A day's papers as the API has them; none when it says that they are those of last time. */
async function readListing(
  day: Temporal.PlainDate,
  options: ArxivOptions,
  { gathering, conditional }: Asking,
): Promise<Listing> {
  const url = listingUrl(day, options, 0);
  const found: FoundPaper[] = [];
  let validator: Validator = { url, etag: null, lastModified: null };
  for (let start = 0, empty = 0; ; ) {
    const question = { accept: "application/atom+xml", conditional: conditional && start === 0 && empty === 0 };
    const answer = await gathering.ask(listingUrl(day, options, start), question);
    if (answer.status === "not-modified") {
      gathering.tally.unchanged++;
      return { papers: [], validator: answer.validator };
    }
    const page = parseAtom(answer.text);
    if (page.total === null) throw new UnexpectedAnswer("arXiv answered with a feed that is no search result.");
    const { papers, rejected } = withBelievableDates(page, gathering.now);
    found.push(...papers);
    gathering.tally.rejected.push(...rejected);
    // Of several pages one can change while the first stays.
    if (start === 0 && page.entries >= page.total) validator = answer.validator;
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
  return { papers: await placed(found, day, gathering), validator };
}

function listingUrl(day: Temporal.PlainDate, { apiUrl, categories }: ArxivOptions, start: number): string {
  return arxivQueryUrl(apiUrl, { ...submissionWindow(day), categories, start });
}

/** Papers that moderators held back are announced later than their submission says: arXiv's own listing was right. */
async function placed(papers: FoundPaper[], day: Temporal.PlainDate, gathering: Gathering): Promise<FoundPaper[]> {
  const ids = papers.map(({ id }) => id);
  const elsewhere = await gathering.listedElsewhere(ids, day);
  return papers.map((paper) => (elsewhere.has(paper.id) ? { ...paper, day: null } : paper));
}
