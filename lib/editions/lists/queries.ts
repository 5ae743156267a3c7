import type { CategoryCount, ListSort } from "#lib/editions/types.ts";
import { listSourceTotals } from "#lib/papers/queries.ts";
import { db } from "#lib/platform/db.ts";

/** Anything with a place in a list. Without a rank it came after the day had closed. */
type Placed = { id: string; rank: number | null };

/** The arXiv classes of these papers and how many are in each, most first. A paper counts in each of its classes. */
export async function countCategories(ids: readonly string[]): Promise<CategoryCount[]> {
  // Raw SQL because Prisma cannot open an array into rows.
  return db.$queryRaw`
    SELECT category AS name, count(*)::int AS count
    FROM papers, unnest(categories) AS category
    WHERE id = ANY(${[...ids]}) GROUP BY category ORDER BY count(*) DESC, category`;
}

/**
 * Those of a class, in the asked order. Each keeps the rank that it has in the whole list; equals stand as they stood
 * before; late arrivals stay below. `newest` is by the submission of version 1, unknown ones last; `discussed` by the
 * comments that the sources show.
 */
export async function arrangePlaces<P extends Placed>(
  places: readonly P[],
  { category, sort }: { category: string | null; sort: ListSort },
): Promise<P[]> {
  const kept = category === null ? [...places] : await keepCategory(places, category);
  if (sort === "ranked") return kept;
  const ids = kept.map(({ id }) => id);
  const size = sort === "newest" ? await listSubmissions(ids) : await listComments(ids);
  const sizeOf = ({ id }: P) => size.get(id) ?? Number.NEGATIVE_INFINITY;
  const isLate = ({ rank }: P) => (rank === null ? 1 : 0);
  // Comparing with < and >, since the difference of two infinities is no number.
  return kept.sort((a, b) => isLate(a) - isLate(b) || (sizeOf(a) < sizeOf(b) ? 1 : sizeOf(a) > sizeOf(b) ? -1 : 0));
}

async function keepCategory<P extends Placed>(places: readonly P[], category: string): Promise<P[]> {
  const rows = await db.paper.findMany({
    where: { id: { in: places.map(({ id }) => id) }, categories: { has: category } },
    select: { id: true },
  });
  const ids = new Set(rows.map(({ id }) => id));
  return places.filter(({ id }) => ids.has(id));
}

async function listSubmissions(ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.paper.findMany({
    where: { id: { in: [...ids] }, submittedAt: { not: null } },
    select: { id: true, submittedAt: true },
  });
  return new Map(rows.flatMap(({ id, submittedAt }) => (submittedAt ? [[id, submittedAt.getTime()]] : [])));
}

async function listComments(ids: readonly string[]): Promise<Map<string, number>> {
  const totals = await listSourceTotals(ids);
  return new Map(ids.map((id) => [id, totals.get(id)?.comments ?? 0]));
}
