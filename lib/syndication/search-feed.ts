import { site } from "#lib/platform/site-config.ts";
import { routes } from "#lib/platform/routes.ts";
import { readableLine } from "#lib/search/query-terms.ts";
import { searchPapers } from "#lib/search/queries.ts";
import type { SearchRequest, SearchSort } from "#lib/search/types.ts";
import { MOST_IN_FEED } from "#lib/syndication/papers-feed.ts";
import { makeFeed } from "#lib/syndication/queries.ts";
import type { Feed, FeedFormat } from "#lib/syndication/types.ts";

export type SearchFeed =
  | { status: "found"; feed: Feed }
  /** There is nothing to look for in it. */
  | { status: "no-words" }
  /** There is no index at this moment, but there will be. */
  | { status: "building" };

const orderWords: Record<SearchSort, string> = {
  best: "best match first",
  newest: "newest first",
  upvotes: "most upvoted first",
};

/** A search as a feed: the papers of its page, in the page's order, the first fifty. */
export async function findSearchFeed(
  request: SearchRequest,
  { format, now }: { format: FeedFormat; now: Temporal.Instant },
): Promise<SearchFeed> {
  const { state, papers } = await searchPapers({ ...request, perPage: MOST_IN_FEED, now });
  if (state !== "answered") return { status: state };
  const line = readableLine(request.text);
  const list = {
    title: `${site.name}: ${line}`,
    subtitle: `Papers for “${line}”, ${orderWords[request.sort ?? "best"]}.`,
    page: routes.search(line, request),
    address: routes.searchFeed(format, line, request),
    papers,
    // A feed must say when it changed last; one that never held a paper did not.
    emptyAt: Temporal.Instant.fromEpochMilliseconds(0),
  };
  return { status: "found", feed: await makeFeed(list, { now }) };
}
