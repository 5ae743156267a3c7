import { now } from "#lib/platform/clock.ts";
import { problem } from "#lib/platform/problem.ts";
import { feedAnswer } from "#lib/syndication/format-feed.ts";
import { findFeed } from "#lib/syndication/queries.ts";
import { feedQuerySchema, parseListName } from "#lib/syndication/schema.ts";

/** The feed beside a page of papers: /feed.xml, /papers/trending/feed.json, /papers/date/2026-08-20/feed.xml, … */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/feed/[format]/[[...list]]">,
): Promise<Response> {
  const { format, list: segments = [] } = await params;
  const list = parseListName(segments.map(decodeURIComponent).join("/"));
  if (!list || (format !== "xml" && format !== "json")) {
    return problem(404, "No such feed", "A day is written 2026-08-20, a week 2026-W34, a month 2026-08.");
  }
  const query = feedQuerySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) {
    return problem(400, "Bad parameter", query.error.issues.map(({ message }) => message).join(" "));
  }
  return feedAnswer(await findFeed(list, { ...query.data, format, now: now() }), format);
}
