/** A page's HTML stays under 300 KB with this many whole abstracts. */
const PAPERS_PER_PAGE = 50;

export type Slice<T> = { slice: T[]; total: number; page: number; pages: number };

/** One page of a list. A page past the end is the last one; page 1 of nothing is empty. */
export function pageOf<T>(all: readonly T[], page: number, perPage = PAPERS_PER_PAGE): Slice<T> {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const current = Math.min(Math.max(1, page), pages);
  const start = (current - 1) * perPage;
  return { slice: all.slice(start, start + perPage), total: all.length, page: current, pages };
}
