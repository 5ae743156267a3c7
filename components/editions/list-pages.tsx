import { PaperList } from "#components/editions/paper-list.tsx";
import { Pager } from "#components/ui/pager.tsx";
import type { ListSheet } from "#lib/editions/types.ts";

/** The papers of a list's page and the way to its other pages; a word where no paper is of the chosen class. */
export function ListPages({ list }: { list: ListSheet }) {
  if (list.total > 0 && list.matching === 0) {
    return (
      <p className="border-ink border-t py-10 text-lg">
        None of these papers is in {list.category}.{" "}
        <a href={list.bar.chips[0]?.href}>Show all {countPapers(list.total)}</a>, or choose another class above.
      </p>
    );
  }
  return (
    <>
      <PaperList papers={list.papers} compact={list.compact} />
      <Pager page={list.page} pages={list.pages} hrefOf={list.hrefOfPage} />
    </>
  );
}

/** "256 papers", of a class "12 of 256 papers, those in cs.RO", and which page this is. */
export function sizeOf({ total, matching, category, page, pages }: ListSheet): string {
  const size = category
    ? `${matching.toLocaleString("en")} of ${countPapers(total)}, those in ${category}`
    : countPapers(total);
  return page > 1 ? `${size} · page ${page} of ${pages}` : size;
}

function countPapers(total: number): string {
  if (total === 0) return "no papers";
  return total === 1 ? "1 paper" : `${total.toLocaleString("en")} papers`;
}
