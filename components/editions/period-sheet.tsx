import { ListHeading } from "#components/editions/list-heading.tsx";
import { PaperList } from "#components/editions/paper-list.tsx";
import { Pager } from "#components/ui/pager.tsx";
import type { PaperView } from "#lib/editions/types.ts";

type Way = { href: string; label: string } | null;
type Props = {
  title: string;
  /** By what rule the papers stand in this order. */
  order: string;
  /** What to say when there are none. */
  empty: string;
  total: number;
  page: number;
  pages: number;
  papers: readonly PaperView[];
  hrefOf: (page: number) => string;
  earlier?: Way;
  later?: Way;
};

/** A ranked list that is no single day: a week, a month, or what is trending. */
export function PeriodSheet({ title, order, empty, total, page, pages, papers, hrefOf, earlier, later }: Props) {
  const count = total === 1 ? "1 paper" : `${total.toLocaleString("en")} papers`;
  return (
    <>
      <ListHeading title={title} earlier={earlier} later={later}>
        {total > 0 ? `${count}, ${order}` : "No papers"}
      </ListHeading>
      {total === 0 && <p className="border-ink border-t py-10 text-lg leading-relaxed">{empty}</p>}
      <PaperList papers={papers} />
      <Pager page={page} pages={pages} hrefOf={hrefOf} />
    </>
  );
}
