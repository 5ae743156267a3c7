import type { Metadata } from "next";
import { listHead } from "#app/page-head.ts";
import { LatestEdition } from "#app/papers/edition-page.tsx";
import { SearchResults } from "#app/papers/search-results.tsx";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";
import { parsePage } from "#lib/platform/page-number.ts";
import { routes } from "#lib/platform/routes.ts";
import { readableLine } from "#lib/search/query-terms.ts";
import { readSearchRequest } from "#lib/search/schema.ts";
import { searchFeeds } from "#lib/search/search-view.ts";

type Props = PageProps<"/papers">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const asked = await searchParams;
  const request = readSearchRequest(asked);
  if (!request) return listHead({ list: routes.home(), query: asked });
  const line = readableLine(request.text);
  const feeds = searchFeeds(request);
  const address = routes.search(line, { ...request, page: parsePage(asked.page) });
  return {
    title: `${line || "Search"} · search`,
    // What a search finds first may be found from outside; its further pages and other orders are no pages of their own.
    robots: { index: line !== "" && address === routes.search(line), follow: true },
    alternates: line
      ? {
          canonical: address,
          types: {
            "application/atom+xml": feeds.xml,
            "application/feed+json": feeds.json,
          },
        }
      : {},
  };
}

/** `?q=…`: a search. Without it: the latest edition, as on the front page. */
export default async function PapersPage({ searchParams }: Props) {
  const asked = await searchParams;
  const request = readSearchRequest(asked);
  if (request) return <SearchResults request={request} page={parsePage(asked.page)} now={now()} />;
  return <LatestEdition view={parseListView(asked)} now={now()} />;
}
