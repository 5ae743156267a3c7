import { redirect } from "next/navigation";
import { SearchSheet } from "#components/search/search-sheet.tsx";
import { toPaperView } from "#lib/editions/paper-view.ts";
import type { PaperCard } from "#lib/papers/types.ts";
import { routes } from "#lib/platform/routes.ts";
import { markWords } from "#lib/search/mark-words.ts";
import { searchPapers } from "#lib/search/queries.ts";
import { toSearchView } from "#lib/search/search-view.ts";
import type { SearchRequest } from "#lib/search/types.ts";

type Props = { request: SearchRequest; page: number; now: Temporal.Instant };

/** What a search found, or the way to the paper that was named. */
export async function SearchResults({ request, page, now }: Props) {
  const { papers, words, ...results } = await searchPapers({ ...request, page, now });
  if (results.jump) redirect(routes.paper(results.jump));
  return (
    <SearchSheet
      view={toSearchView({ ...results, words }, request)}
      results={results}
      papers={papers.map((card) => toMarkedView(card, words))}
    />
  );
}

function toMarkedView(card: PaperCard, words: readonly string[]) {
  const view = toPaperView(card);
  return {
    ...view,
    titleParts: markWords(view.titleParts, words),
    abstractParts: markWords(view.abstractParts, words),
  };
}
