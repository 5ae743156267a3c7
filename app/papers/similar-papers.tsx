import { SimilarPapers } from "#components/papers/similar-papers.tsx";
import { toTitleView } from "#lib/editions/paper-view.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { findSimilar } from "#lib/search/similar/queries.ts";

const shown = 6;

/** What a paper's page shows of its neighbours. Nothing while there is no index. */
export async function SimilarTo({ id, now }: { id: PaperId; now: Temporal.Instant }) {
  const { papers, words } = await findSimilar(id, { limit: shown, now });
  return <SimilarPapers papers={papers.map(toTitleView)} words={words} />;
}
