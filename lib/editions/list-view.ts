import type { ListSort, ListView } from "#lib/editions/types.ts";
import { parsePage } from "#lib/platform/page-number.ts";
import type { ListQuery } from "#lib/platform/routes.ts";

type SearchParams = Record<string, string | string[] | undefined>;

/** The shape of an arXiv class or archive: `cs.LG`, `math`, `cond-mat.str-el`. */
const CATEGORY = /^[a-z-]{2,12}(\.[A-Za-z-]{2,12})?$/;

/**
 * What an address asks of a list. A value that is none of ours is as if it were not there: a link with a misspelt order
 * still leads to the list. A well-formed class that no paper has is kept, so that the list can say that it has none.
 */
export function parseListView({ page, category, sort, view }: SearchParams): ListView {
  const wanted = firstOf(category) ?? "";
  return {
    page: parsePage(page),
    category: CATEGORY.test(wanted) ? wanted : null,
    sort: sorts.find((name) => name === firstOf(sort)) ?? "ranked",
    compact: firstOf(view) === "compact",
  };
}

/** The other way round: the query that a link to this view carries. The usual is left out, so each view has one address. */
export function toListQuery({ page, category, sort, compact }: ListView): ListQuery {
  return {
    page,
    category,
    ...(sort !== "ranked" && { sort }),
    ...(compact && { view: "compact" }),
  };
}

const sorts: readonly ListSort[] = ["ranked", "newest", "discussed"];

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
