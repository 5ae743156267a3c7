import { now } from "#lib/platform/clock.ts";
import { problem, problemSoon } from "#lib/platform/problem.ts";
import { readSearchRequest } from "#lib/search/schema.ts";
import type { SearchRequest } from "#lib/search/types.ts";
import { feedAnswer } from "#lib/syndication/format-feed.ts";
import { findFeed } from "#lib/syndication/queries.ts";
import { feedQuerySchema, parseListName } from "#lib/syndication/schema.ts";
import { findSearchFeed } from "#lib/syndication/search-feed.ts";
import type { FeedFormat } from "#lib/syndication/types.ts";

/** The feed beside a page of papers: /feed.xml, /papers/trending/feed.json, /papers/date/2026-08-20/feed.xml, /papers/feed.xml?q=… */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/feed/[format]/[[...list]]">,
): Promise<Response> {
  const { format, list: segments = [] } = await params;
  const path = segments.map(decodeURIComponent).join("/");
  const list = parseListName(path);
  if (!list || (format !== "xml" && format !== "json")) {
    return problem(404, "No such feed", "A day is written 2026-08-20, a week 2026-W34, a month 2026-08.");
  }
  const parameters = Object.fromEntries(new URL(request.url).searchParams);
  const search = path === "papers" ? readSearchRequest(parameters) : null;
  if (search) return searchFeedAnswer(search, format);
  const query = feedQuerySchema.safeParse(parameters);
  if (!query.success) {
    return problem(400, "Bad parameter", query.error.issues.map(({ message }) => message).join(" "));
  }
  return feedAnswer(await findFeed(list, { ...query.data, format, now: now() }), format);
}

async function searchFeedAnswer(request: SearchRequest, format: FeedFormat): Promise<Response> {
  const found = await findSearchFeed(request, { format, now: now() });
  if (found.status === "found") return feedAnswer(found.feed, format);
  if (found.status === "building")
    return problemSoon("Index being built", "The search index is being built. Ask again in a few seconds.");
  return problem(400, "Nothing to look for", "Write words, an author (au:) or another filter as q.");
}
