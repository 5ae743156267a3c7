import { toListQuery } from "#lib/editions/list-view.ts";
import type { CategoryCount, ListBar, ListSort, ListView } from "#lib/editions/types.ts";
import type { ListQuery } from "#lib/platform/routes.ts";

/** More would be a wall of buttons: the rest is asked for by name. */
const MOST_CHIPS = 12;

const sortLabels: Record<ListSort, string> = { ranked: "Ranked", newest: "Newest", discussed: "Discussed" };

type List = {
  view: ListView;
  /** The classes of the whole list, most papers first. */
  categories: readonly CategoryCount[];
  /** Papers of the whole list. */
  total: number;
  hrefOf: (query: ListQuery) => string;
};

/**
 * The choices above a list, each with its address. Another class begins at page 1, as another order does; another density
 * keeps the page, since it shows the same papers.
 */
export function toListBar({ view, categories, total, hrefOf }: List): ListBar {
  const to = (change: Partial<ListView>) => hrefOf(toListQuery({ ...view, ...change }));
  const chips = chipsOf(categories, view.category);
  return {
    sorts: sortNames.map((sort) => ({
      label: sortLabels[sort],
      href: to({ sort, page: 1 }),
      current: sort === view.sort,
    })),
    densities: [
      { label: "Abstracts", href: to({ compact: false }), current: !view.compact },
      { label: "Titles", href: to({ compact: true }), current: view.compact },
    ],
    chips:
      categories.length === 0
        ? []
        : [{ name: null, count: total }, ...chips].map(({ name, count }) => ({
            label: name ?? "All",
            count,
            href: to({ category: name, page: 1 }),
            current: name === view.category,
          })),
    others: Math.max(0, categories.length - chips.length),
    plainAddress: hrefOf({}),
    hidden: toListQuery({ ...view, page: 1, category: null }),
  };
}

const sortNames = ["ranked", "newest", "discussed"] as const;

/** The largest classes, and the chosen one wherever it stands. */
function chipsOf(categories: readonly CategoryCount[], chosen: string | null): { name: string; count: number }[] {
  const first = categories.slice(0, MOST_CHIPS);
  if (chosen === null || first.some(({ name }) => name === chosen)) return first;
  return [...first, categories.find(({ name }) => name === chosen) ?? { name: chosen, count: 0 }];
}
