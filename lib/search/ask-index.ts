import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";
import { rebuildSearchIndex, updateSearchIndex } from "#lib/search/commands.ts";
import { currentReader } from "#lib/search/current-reader.ts";
import { BrokenIndexError, type SearchEngine } from "#lib/search/types.ts";

// How long a search waits for an index that is being built, before it says so instead.
const defaultPatienceMs = 4000;

/**
 * Asks the index that is in use. Null when there is none yet, however patiently one waits; a broken one is built anew
 * meanwhile. `patienceMs` 0: for what a page can do without.
 */
export async function askIndex<Answer>(
  ask: (engine: SearchEngine) => Promise<Answer>,
  { now, patienceMs = defaultPatienceMs }: { now: Temporal.Instant; patienceMs?: number },
): Promise<Answer | null> {
  lookForChanges(now);
  const reader = currentReader() ?? (await awaitIndex(null, patienceMs));
  if (!reader) return null;
  try {
    return await ask(reader.engine);
  } catch (error) {
    if (!BrokenIndexError.is(error)) throw error;
    log.warn("search-index-broken", { reason: error.reason });
    const next = await awaitIndex(reader.path, patienceMs);
    return next && next.path !== reader.path ? ask(next.engine) : null;
  }
}

let building: Promise<unknown> | null = null;

/** Has the index built that takes the place of `replacing`, once for all who wait, and gives its reader if it is there in time. */
async function awaitIndex(replacing: string | null, patienceMs: number) {
  building ??= rebuildSearchIndex({ replacing })
    .catch((error: unknown) => log.error("search-index-not-built", { error: messageOf(error) }))
    .finally(() => {
      building = null;
    });
  await Promise.race([building, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
  return currentReader();
}

// A process without a worker has an index of its own all the same: it looks for changes when somebody searches.
const lookEverySeconds = 5;
let lookedAt: Temporal.Instant | null = null;

function lookForChanges(now: Temporal.Instant): void {
  if (env.worker || (lookedAt && now.since(lookedAt).total("seconds") < lookEverySeconds)) return;
  lookedAt = now;
  updateSearchIndex().catch((error: unknown) => log.error("search-index-not-updated", { error: messageOf(error) }));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
