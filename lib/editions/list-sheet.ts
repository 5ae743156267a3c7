import { toListBar } from "#lib/editions/list-bar.ts";
import { toListQuery } from "#lib/editions/list-view.ts";
import { toPaperView, toTitleView } from "#lib/editions/paper-view.ts";
import type { ListSheet, ListView, PaperPage } from "#lib/editions/types.ts";
import type { ListQuery } from "#lib/platform/routes.ts";

/** One page of a list as it is shown, with the choices above it and the pages after it. `hrefOf` is the list's address. */
export function toListSheet(
  { papers, page, pages, total, matching, categories }: PaperPage,
  { view, hrefOf }: { view: ListView; hrefOf: (query: ListQuery) => string },
): ListSheet {
  return {
    papers: papers.map(view.compact ? toTitleView : toPaperView),
    compact: view.compact,
    category: view.category,
    total,
    matching,
    page,
    pages,
    hrefOfPage: (number) => hrefOf(toListQuery({ ...view, page: number })),
    bar: toListBar({ view, categories, total, hrefOf }),
  };
}
