import { plainText } from "#lib/papers/plain-text.ts";
import { listPaperCards } from "#lib/papers/queries.ts";
import type { PaperCard, PaperId } from "#lib/papers/types.ts";
import { db } from "#lib/platform/db.ts";
import { log } from "#lib/platform/log.ts";
import { askIndex } from "#lib/search/ask-index.ts";
import { printWords } from "#lib/search/similar/print-words.ts";
import type { SimilarPapers } from "#lib/search/types.ts";

/** So many words are shown: what one takes in. */
const mostWords = 8;

const nothing: SimilarPapers = { ids: [], words: [] };

/** The stored papers most like this one, and the words that they were found by, as it prints them; none while there is no index. */
export async function findSimilar(
  id: PaperId,
  { limit, now }: { limit: number; now: Temporal.Instant },
): Promise<{ papers: PaperCard[]; words: string[] }> {
  const { ids, words } = await askSimilar(id, { limit, now });
  if (ids.length === 0) return { papers: [], words: [] };
  const papers = await listPaperCards(ids);
  const [paper] = await db.paper.findMany({ where: { id }, select: { title: true, abstract: true } });
  return { papers, words: paper ? printWords(words, plainText(`${paper.title}. ${paper.abstract}`), mostWords) : [] };
}

/** The titles most like each of several papers: for lists, where there is no room for more. */
export async function listSimilarTitles(
  ids: readonly PaperId[],
  { limit, now }: { limit: number; now: Temporal.Instant },
): Promise<Map<string, { id: PaperId; title: string }[]>> {
  const found: { id: PaperId; similar: PaperId[] }[] = [];
  // One after the other: readers who search meanwhile wait for one question, not for fifty.
  for (const id of ids) found.push({ id, similar: (await askSimilar(id, { limit, now })).ids });
  const rows = await db.paper.findMany({
    where: { id: { in: found.flatMap(({ similar }) => similar) } },
    select: { id: true, title: true },
  });
  const titles = new Map(rows.map(({ id, title }) => [id, title]));
  const named = (id: PaperId) => {
    const title = titles.get(id);
    return title === undefined ? [] : [{ id, title }];
  };
  return new Map(found.map(({ id, similar }) => [id, similar.flatMap(named)]));
}

/** A page is whole without a paper's neighbours: it waits for no index, and fails with none. */
async function askSimilar(id: PaperId, { limit, now }: { limit: number; now: Temporal.Instant }) {
  try {
    return (await askIndex((engine) => engine.similar(id, { limit }), { now, patienceMs: 0 })) ?? nothing;
  } catch (error) {
    log.error("similar-papers-not-found", { paper: id, error: error instanceof Error ? error.message : String(error) });
    return nothing;
  }
}
