import { parsePaperId } from "#lib/papers/paper-id.ts";
import { listPaperCards } from "#lib/papers/queries.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { db } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";
import { rebuildSearchIndex, updateSearchIndex } from "#lib/search/commands.ts";
import { currentReader } from "#lib/search/current-reader.ts";
import { isEmptyQuery, longestQuery, parseQuery, stemsToMark } from "#lib/search/parse-query.ts";
import { BrokenIndexError, type FoundPapers, type ParsedQuery, type SearchResults } from "#lib/search/types.ts";

type SearchOptions = { text: string; page?: number; perPage?: number; now: Temporal.Instant };

/** Results are listed down to here; the count says how many there are. */
const deepest = 1000;

// How long a search waits for an index that is being built, before it says so instead.
const patienceMs = 4000;

const nothing: SearchResults = {
  state: "answered",
  total: 0,
  complete: 0,
  foundBy: "all-words",
  page: 1,
  perPage: 20,
  pages: 0,
  papers: [],
  words: [],
  jump: null,
  unknownPaper: null,
};

/**
 * Papers for a reader's line, best first. Never throws for what is typed. A line that is the id or address of a paper is not
 * searched: `jump` or `unknownPaper` names it.
 */
export async function searchPapers({ text, page = 1, perPage = 20, now }: SearchOptions): Promise<SearchResults> {
  const line = text.slice(0, 4 * longestQuery).trim();
  const named = await findNamedPaper(line);
  if (named) {
    const papers = named.jump ? await listPaperCards([named.jump]) : [];
    return { ...nothing, ...named, papers, total: papers.length, complete: papers.length, pages: papers.length };
  }
  const query = parseQuery(line);
  if (isEmptyQuery(query)) return { ...nothing, state: "no-words" };

  lookForChanges(now);
  const found = await searchIndex(query);
  if (!found) return { ...nothing, state: "building", words: stemsToMark(query) };
  const ids = await keepExisting(found.ids);
  const gone = found.ids.length - ids.length;
  const completeGone = found.ids.slice(0, found.complete).filter((id) => !ids.includes(id)).length;
  return {
    ...nothing,
    total: found.total - gone,
    complete: found.complete - completeGone,
    foundBy: found.foundBy,
    page,
    perPage,
    pages: Math.ceil(ids.length / perPage),
    papers: await listPaperCards(ids.slice((page - 1) * perPage, page * perPage)),
    words: stemsToMark(query),
  };
}

async function findNamedPaper(line: string): Promise<Pick<SearchResults, "jump" | "unknownPaper"> | null> {
  const id = parsePaperId(line)?.id;
  if (id) {
    const stored = await db.paper.findUnique({ where: { id }, select: { id: true } });
    return stored ? { jump: id, unknownPaper: null } : { jump: null, unknownPaper: id };
  }
  // https://www.doi.org/doi-handbook: 10., the registrant, a slash, anything.
  const doi = /^(?:(?:https?:\/\/)?(?:www\.|dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/\S+)$/i.exec(line)?.[1];
  if (!doi) return null;
  // Raw SQL because the index is on the lower case: DOIs do not care.
  const [row] = await db.$queryRaw<{ id: string }[]>`SELECT id FROM papers WHERE lower(doi) = lower(${doi}) LIMIT 1`;
  return row ? { jump: row.id as PaperId, unknownPaper: null } : null;
}

/** Null when there is no index yet, however patiently one waits. */
async function searchIndex(query: ParsedQuery): Promise<FoundPapers | null> {
  const reader = currentReader() ?? (await awaitIndex(null));
  if (!reader) return null;
  try {
    return await reader.engine.search(query, { limit: deepest });
  } catch (error) {
    if (!BrokenIndexError.is(error)) throw error;
    log.warn("search-index-broken", { reason: error.reason });
    const next = await awaitIndex(reader.path);
    return next && next.path !== reader.path ? next.engine.search(query, { limit: deepest }) : null;
  }
}

let building: Promise<unknown> | null = null;

/** Has the index built that takes the place of `replacing`, once for all who wait, and gives its reader if it is there in time. */
async function awaitIndex(replacing: string | null) {
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

/** A paper that was deleted a moment ago may still be in the index. What is shown comes from the store. */
async function keepExisting(ids: readonly PaperId[]): Promise<PaperId[]> {
  const rows = await db.paper.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  const existing = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => existing.has(id));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
