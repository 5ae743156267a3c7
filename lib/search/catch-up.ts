import type { PaperId } from "#lib/papers/types.ts";
import type { IndexedPaper, Progress, SearchableText, SearchEngine } from "#lib/search/types.ts";

/** A moment of the store. */
export type Position = {
  /** Which database this is. */
  database: string;
  /** The highest change number given out. */
  seq: number;
  /** Every transaction that holds a number up to `seq` has an id below this one. */
  xmax: string;
};

/** What an index needs to know of the store. */
export type Store = {
  readPosition(): Promise<Position>;
  /** The lowest id of a transaction that is still running; the next id when none is. */
  oldestRunning(): Promise<string>;
  /** Committed papers with a change number above `after`, by number. */
  listChanges(options: { after: number; limit: number }): Promise<IndexedPaper[]>;
  listTexts(ids: readonly PaperId[]): Promise<SearchableText[]>;
  /** Those of `ids` that exist, with their change numbers. */
  listSeqs(ids: readonly PaperId[]): Promise<IndexedPaper[]>;
};

const changesPerStep = 2000;
const textsPerStep = 500;

/**
 * Brings an index up to the store's changes. Answers how many papers were indexed; `limit` ends it earlier, and the next
 * call goes on from there.
 *
 * Why nothing is missed: a change takes its number in its own transaction, so numbers become visible out of order, and
 * "everything above the highest that I saw" would lose the late ones. So the index goes on from `settledSeq`, which rises to a
 * number N only after a moment at which N had been given out and every transaction older than that moment has ended:
 * then each number up to N belongs to a row that can be read, or to one that never will be. What lies above is read each time
 * again, and indexed if its number is new.
 */
export async function catchUp(
  engine: Pick<SearchEngine, "readProgress" | "findStale" | "index" | "writeProgress">,
  store: Store,
  {
    limit = Number.POSITIVE_INFINITY,
    onIndexed = () => {},
  }: { limit?: number; onIndexed?: (papers: number) => void } = {},
): Promise<number> {
  const position = await store.readPosition();
  const before = (await engine.readProgress()) ?? { database: position.database, settledSeq: -1, pending: null };
  // Asked before the rows are read: what has ended by now, they show.
  const oldest = BigInt(await store.oldestRunning());

  let indexed = 0;
  let after = before.settledSeq;
  for (;;) {
    const changes = await store.listChanges({ after, limit: changesPerStep });
    const stale = await engine.findStale(changes);
    for await (const texts of readAhead(store, stale.slice(0, limit - indexed))) {
      await engine.index(texts);
      indexed += texts.length;
      onIndexed(indexed);
    }
    if (indexed >= limit && stale.length > 0) return indexed;
    after = changes.at(-1)?.seq ?? after;
    if (changes.length < changesPerStep) break;
  }
  await engine.writeProgress(settle(before, position, oldest));
  return indexed;
}

/** Their texts in steps. The next step is read from the store while the one before is indexed. */
async function* readAhead(store: Store, ids: readonly PaperId[]): AsyncGenerator<SearchableText[]> {
  const read = (from: number) => (from < ids.length ? store.listTexts(ids.slice(from, from + textsPerStep)) : null);
  let next = read(0);
  for (let from = textsPerStep; next; from += textsPerStep) {
    const texts = await next;
    next = read(from);
    // Whoever asks for the next step is told of its failure; until then it must not count as unhandled.
    next?.catch(() => undefined);
    yield texts;
  }
}

/** What may be taken as read for good after everything above `before.settledSeq` was read. */
function settle(before: Progress, position: Position, oldestRunning: bigint): Progress {
  const { database, seq, xmax } = position;
  if (oldestRunning >= BigInt(xmax)) return { database, settledSeq: Math.max(seq, before.settledSeq), pending: null };
  const { pending } = before;
  if (pending && oldestRunning < BigInt(pending.xmax)) return before;
  return { database, settledSeq: pending?.seq ?? before.settledSeq, pending: { seq, xmax } };
}
