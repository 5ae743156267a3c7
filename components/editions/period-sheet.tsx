import { ListBar } from "#components/editions/list-bar.tsx";
import { ListHeading, type Way } from "#components/editions/list-heading.tsx";
import { ListPages, sizeOf } from "#components/editions/list-pages.tsx";
import type { ListSheet } from "#lib/editions/types.ts";

type Props = {
  title: string;
  /** By what rule the papers have their ranks. */
  order: string;
  /** What to say when there are none. */
  empty: string;
  list: ListSheet;
  earlier?: Way;
  later?: Way;
};

/** A ranked list that is no single day: a week, a month, or what is trending. */
export function PeriodSheet({ title, order, empty, list, earlier, later }: Props) {
  return (
    <>
      <ListHeading title={title} earlier={earlier} later={later} bar={list.total > 0 && <ListBar bar={list.bar} />}>
        {list.total > 0 ? `${sizeOf(list)} · ranked ${order}` : "No papers"}
      </ListHeading>
      {list.total === 0 && <p className="border-ink border-t py-10 text-lg">{empty}</p>}
      <ListPages list={list} />
    </>
  );
}
