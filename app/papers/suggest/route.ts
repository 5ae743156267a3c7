import { now } from "#lib/platform/clock.ts";
import { env } from "#lib/platform/env.ts";
import { suggestFor } from "#lib/search/queries.ts";
import { toOpenSearchSuggestions } from "#lib/search/suggest-lines.ts";

/** What a search line that is being typed may become, for our own line and for a browser's address bar. */
export async function GET(request: Request): Promise<Response> {
  const typed = new URL(request.url).searchParams.get("q") ?? "";
  const found = await suggestFor(typed, { limit: 10, now: now() });
  const headers = {
    "Content-Type": "application/x-suggestions+json; charset=utf-8",
    "Access-Control-Allow-Origin": "*",
  };
  return Response.json(toOpenSearchSuggestions(typed, found ?? [], env.siteUrl), {
    // Without an index there is nothing to suggest yet: that is not to be kept.
    headers: found ? headers : { ...headers, "Cache-Control": "no-store" },
  });
}
