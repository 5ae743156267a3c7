import type { ReactNode } from "react";
import { ListHeading } from "#components/editions/list-heading.tsx";
import { PaperList } from "#components/editions/paper-list.tsx";
import { Pager } from "#components/ui/pager.tsx";
import type { Edition, PaperView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";

type Props = {
  edition: Edition;
  papers: readonly PaperView[];
  /** The day and its neighbours in words, and whether it is open; null where there is nothing to open or close. */
  words: { day: string; previous: string; next: string; state: string | null };
  children?: ReactNode;
};

/** A day's edition as it is printed. Without papers, `children` says why. */
export function EditionSheet({ edition, papers, words, children }: Props) {
  return (
    <>
      <ListHeading
        title={words.day}
        earlier={edition.previousDay ? { href: routes.edition(edition.previousDay), label: words.previous } : null}
        later={edition.nextDay ? { href: routes.edition(edition.nextDay), label: words.next } : null}
      >
        {countPapers(edition.total)}
        {words.state && ` · ${words.state}`}
        {edition.page > 1 && ` · page ${edition.page} of ${edition.pages}`}
      </ListHeading>
      {children}
      <PaperList papers={papers} />
      <Pager page={edition.page} pages={edition.pages} hrefOf={(page) => routes.edition(edition.day, page)} />
      {edition.total > 0 && edition.page === edition.pages && edition.previousDay && (
        <p className="rule-double mt-2 py-6 text-center text-lg italic">
          That is all of this day.{" "}
          <a data-key="j" href={routes.edition(edition.previousDay)}>
            Go on to {words.previous}
          </a>
          .
        </p>
      )}
    </>
  );
}

function countPapers(total: number): string {
  if (total === 0) return "No papers";
  return total === 1 ? "1 paper" : `${total.toLocaleString("en")} papers`;
}
