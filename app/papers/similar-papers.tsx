import { SimilarPapers } from "#components/papers/similar-papers.tsx";
import { toTitleView } from "#lib/editions/paper-view.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { findSimilar } from "#lib/search/queries.ts";

const shown = { papers: 6, words: 8 };

/** What a paper's page shows of its neighbours. Nothing while there is no index. */
export async function SimilarTo({ id, now }: { id: PaperId; now: Temporal.Instant }) {
  const { papers, words } = await findSimilar(id, { limit: shown.papers, now });
  return <SimilarPapers papers={papers.map(toTitleView)} words={words.slice(0, shown.words)} />;
}
