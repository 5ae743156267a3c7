import type { ReactNode } from "react";
import { Calendar } from "#components/editions/calendar.tsx";
import { DayEnd } from "#components/editions/day-end.tsx";
import { ListBar } from "#components/editions/list-bar.tsx";
import { ListHeading, type Way } from "#components/editions/list-heading.tsx";
import { ListPages, sizeOf } from "#components/editions/list-pages.tsx";
import type { CalendarWeek, ListSheet } from "#lib/editions/types.ts";
import type { ListQuery } from "#lib/platform/routes.ts";

type Props = {
  /** The day in words, and whether it is open; null where there is nothing to open or close. */
  words: { day: string; state: string | null; isOpen: boolean };
  list: ListSheet;
  earlier: Way;
  later: Way;
  calendar: { weeks: readonly CalendarWeek[]; query: ListQuery };
  children?: ReactNode;
};

/** A day's edition as it is printed. Without papers, `children` says why. */
export function EditionSheet({ words, list, earlier, later, calendar, children }: Props) {
  return (
    <>
      <ListHeading
        title={words.day}
        earlier={earlier}
        later={later}
        bar={list.total > 0 && <ListBar bar={list.bar} />}
        aside={<Calendar {...calendar} />}
      >
        {[upperFirst(sizeOf(list)), words.state].filter(Boolean).join(" · ")}
      </ListHeading>
      {children}
      <ListPages list={list} />
      {list.matching > 0 && list.page === list.pages && (
        <DayEnd isOpen={words.isOpen} category={list.category} earlier={earlier} />
      )}
    </>
  );
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
