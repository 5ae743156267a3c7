import type { Metadata } from "next";
import { LatestEdition } from "#app/papers/edition-page.tsx";
import { SearchResults } from "#app/papers/search-results.tsx";
import { now } from "#lib/platform/clock.ts";
import { parsePage } from "#lib/platform/page-number.ts";
import { routes } from "#lib/platform/routes.ts";
import { readableQuery } from "#lib/search/parse-query.ts";

type Props = PageProps<"/papers">;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const text = firstOf((await searchParams).q);
  if (text === undefined) return { alternates: { canonical: routes.home() } };
  // A search has as many addresses as there are words: its papers have pages of their own for outside search engines.
  return { title: `${readableQuery(text).text || "Search"} · search`, robots: { index: false, follow: true } };
}

/** `?q=…`: a search. Without it: the latest edition, as on the front page. */
export default async function PapersPage({ searchParams }: Props) {
  const { q, page } = await searchParams;
  const text = firstOf(q);
  if (text !== undefined) return <SearchResults text={text} page={parsePage(page)} now={now()} />;
  return <LatestEdition page={parsePage(page)} now={now()} />;
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
