import { parsePaperId } from "#lib/papers/paper-id.ts";
import { listPaperCards, listSourceTotals } from "#lib/papers/queries.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { db } from "#lib/platform/db.ts";
import { askIndex } from "#lib/search/ask-index.ts";
import { correctTerms, wordsToCheck } from "#lib/search/correct-terms.ts";
import { hasRank, isEmptyQuery, parseQuery, parseTerms, stemsToMark } from "#lib/search/parse-query.ts";
import {
  formatTerm,
  formatTerms,
  isFilter,
  longestQuery,
  readLine,
  type Term,
  withoutTerm,
} from "#lib/search/query-terms.ts";
import { suggestionsFrom, textToComplete } from "#lib/search/suggest-lines.ts";
import type {
  FoundPapers,
  ParsedQuery,
  SearchAnswer,
  SearchEngine,
  SearchRequest,
  SearchResults,
  SearchSort,
  Suggestion,
  WayOut,
} from "#lib/search/types.ts";

/** Results are listed down to here; the count says how many there are. */
const deepest = 1000;

const nothing: SearchAnswer = {
  state: "answered",
  ids: [],
  total: 0,
  complete: 0,
  foundBy: "all-words",
  facets: { categories: [], years: [], sources: [], code: 0 },
  line: "",
  corrected: false,
  ranked: false,
  misread: [],
  cut: false,
  waysOut: [],
  words: [],
  jump: null,
  unknownPaper: null,
};

/**
 * The papers of a search: one and the same for the page, the feeds, the API and the mails. Never throws for what is typed. A
 * line that is the id or address of a paper is not searched: `jump` or `unknownPaper` names it.
 */
export async function findPapersFor(request: SearchRequest, { now }: { now: Temporal.Instant }): Promise<SearchAnswer> {
  const typed = request.text.slice(0, 4 * longestQuery).trim();
  const named = await findNamedPaper(typed);
  if (named) {
    const ids = named.jump ? [named.jump] : [];
    return { ...nothing, ...named, ids, line: typed, total: ids.length, complete: ids.length };
  }
  const { terms, misread, cut } = readLine(typed);
  const read = { ...nothing, line: formatTerms(terms), misread, cut };
  const query = parseTerms(terms);
  if (isEmptyQuery(query)) return { ...read, state: "no-words" };

  const answer = await askIndex((engine) => ask(engine, terms, request), { now });
  if (!answer) return { ...read, state: "building", words: stemsToMark(query) };
  return withoutGone({ ...read, ...answer });
}

/** One page of a search, with its papers. */
export async function searchPapers({
  page = 1,
  perPage = 20,
  now,
  ...request
}: SearchRequest & { page?: number; perPage?: number; now: Temporal.Instant }): Promise<SearchResults> {
  const { ids, ...answer } = await findPapersFor(request, { now });
  const papers = await listPaperCards(ids.slice((page - 1) * perPage, page * perPage));
  return { ...answer, papers, page, perPage, pages: Math.ceil(ids.length / perPage), listed: ids.length };
}

/** What somebody who has typed `text` so far may be after, at most `limit`. Null while there is no index. */
export async function suggestFor(
  text: string,
  { limit, now }: { limit: number; now: Temporal.Instant },
): Promise<Suggestion[] | null> {
  const { terms } = readLine(text);
  const typed = textToComplete(terms);
  if (!typed) return [];
  const found = await askIndex((engine) => engine.suggest(typed, { limit }), { now, patienceMs: 0 });
  return found && suggestionsFrom(terms, found).slice(0, limit);
}

// More than any edition's span of days has papers on a site of a million.
const mostAmong = 200_000;

/**
 * Which of `ids` a search finds: the papers that it lists newest first, with all its words. Null while there is no index. The
 * search reads no further back than the oldest of them.
 */
export async function findAmong(
  text: string,
  ids: readonly PaperId[],
  { now }: { now: Temporal.Instant },
): Promise<Set<PaperId> | null> {
  const query = parseQuery(text);
  const span = await findSpan(ids);
  if (!span || isEmptyQuery(query)) return new Set();
  const later = (day: string, other: string | null) => (other !== null && other > day ? other : day);
  const earlier = (day: string, other: string | null) => (other !== null && other < day ? other : day);
  const within = { ...query, from: later(span.first, query.from), to: earlier(span.last, query.to) };
  const found = await askIndex((engine) => engine.search(within, { limit: mostAmong, order: "newest" }), { now });
  if (!found) return null;
  // Without a paper that has all the words, the search lists those that have some: nobody asked to be woken for these.
  const complete = new Set(found.complete > 0 ? found.ids : []);
  return new Set(ids.filter((id) => complete.has(id)));
}

/** The days between which papers lie, as the index dates them. */
async function findSpan(ids: readonly PaperId[]): Promise<{ first: string; last: string } | null> {
  // Raw SQL because a paper's day is the first that is known of three.
  const [span] = await db.$queryRaw<{ first: string | null; last: string | null }[]>`
    SELECT min(day)::text AS first, max(day)::text AS last FROM (
      SELECT COALESCE((submitted_at AT TIME ZONE 'UTC')::date, announced_on, (first_seen_at AT TIME ZONE 'UTC')::date) AS day
      FROM papers WHERE id = ANY(${[...ids]})) AS days`;
  return span?.first && span.last ? { first: span.first, last: span.last } : null;
}

async function findNamedPaper(line: string): Promise<Pick<SearchAnswer, "jump" | "unknownPaper"> | null> {
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

type AskedIndex = Pick<
  SearchAnswer,
  "ids" | "total" | "complete" | "foundBy" | "facets" | "line" | "corrected" | "ranked" | "waysOut" | "words"
>;

async function ask(
  engine: SearchEngine,
  typed: readonly Term[],
  { sort = "best", verbatim = false }: SearchRequest,
): Promise<AskedIndex> {
  const corrections = verbatim ? [] : await engine.correct(wordsToCheck(typed));
  const corrected = corrections.length > 0;
  const line = formatTerms(corrected ? correctTerms(typed, corrections) : typed);
  const terms = corrected ? readLine(line).terms : typed;
  const query = parseTerms(terms);
  const found = await searchInOrder(engine, query, sort);
  const waysOut = found.total === 0 ? await findWaysOut(engine, terms) : [];
  return { ...found, line, corrected, ranked: hasRank(query), waysOut, words: stemsToMark(query) };
}

async function searchInOrder(engine: SearchEngine, query: ParsedQuery, sort: SearchSort): Promise<FoundPapers> {
  if (sort === "best") return engine.search(query, { limit: deepest, order: "best" });
  // Newest first are those with all the words only, so they are also the ones whose votes are compared: a paper that has
  // one of five words may be popular, and is not what was asked for. Of too many, the best matches are compared.
  const newest = await engine.search(query, { limit: deepest, order: "newest" });
  if (sort === "newest") return newest;
  const compared = newest.complete > deepest ? await engine.search(query, { limit: deepest, order: "best" }) : newest;
  return { ...compared, ids: await sortByUpvotes(compared.ids) };
}

/** Sources' upvotes and ours together. Those with as many stay in their order. */
async function sortByUpvotes(ids: readonly PaperId[]): Promise<PaperId[]> {
  const [totals, ours] = await Promise.all([
    listSourceTotals(ids),
    db.upvote.groupBy({ by: ["paperId"], where: { paperId: { in: [...ids] } }, _count: true }),
  ]);
  const oursOf = new Map(ours.map(({ paperId, _count }) => [paperId, _count]));
  const votesOf = (id: PaperId) => (totals.get(id)?.upvotes ?? 0) + (oursOf.get(id) ?? 0);
  return ids.toSorted((a, b) => votesOf(b) - votesOf(a));
}

// So many ways out of an empty page are tried at most.
const mostWaysOut = 5;

/** What finds papers if one filter is dropped, or quotes are: for the page of a search that found none. */
async function findWaysOut(engine: SearchEngine, terms: readonly Term[]): Promise<WayOut[]> {
  const narrow = terms.filter((term) => isFilter(term) || term.kind === "phrase").slice(0, mostWaysOut);
  const tried = await Promise.all(
    narrow.map(async (term): Promise<WayOut> => {
      const loose = terms.map((other) => (other === term ? { kind: "word" as const, text: term.text } : other));
      const left = term.kind === "phrase" ? loose : withoutTerm(terms, term);
      const query = parseTerms(left);
      const total = isEmptyQuery(query) ? 0 : (await engine.search(query, { limit: 1 })).total;
      return { dropped: formatTerm(term), line: formatTerms(left), total };
    }),
  );
  return tried.filter(({ total }) => total > 0);
}

/** A paper that was deleted a moment ago may still be in the index. What is shown comes from the store. */
async function withoutGone(answer: SearchAnswer): Promise<SearchAnswer> {
  const rows = await db.paper.findMany({ where: { id: { in: answer.ids } }, select: { id: true } });
  const existing = new Set(rows.map(({ id }) => id));
  const ids = answer.ids.filter((id) => existing.has(id));
  const gone = answer.ids.length - ids.length;
  return { ...answer, ids, total: answer.total - gone, complete: Math.max(0, answer.complete - gone) };
}
