import type { ReactNode } from "react";

export type Way = { href: string; label: string } | null;
type Props = {
  title: string;
  /** What is in the list, in a line. */
  children: ReactNode;
  earlier?: Way;
  later?: Way;
  /** The choices below the line, and what stands beside it all where there is room. */
  bar?: ReactNode;
  aside?: ReactNode;
};

/** The head of a list of papers: which one it is, what is in it, the way to its neighbours, how to look at it. */
export function ListHeading({ title, children, earlier = null, later = null, bar, aside }: Props) {
  return (
    <div className="list-heading">
      <div className="min-w-0">
        <h1 className="text-3xl font-semibold text-balance sm:text-4xl">{keepDayAndMonth(title)}</h1>
        <p className="text-muted mt-1 font-sans text-sm">{children}</p>
        {(earlier || later) && (
          <nav aria-label="Neighbouring editions" className="mt-2 flex gap-6 font-sans text-sm">
            {earlier && (
              <a rel="prev" data-key="h" href={earlier.href}>
                ← {earlier.label}
              </a>
            )}
            {later && (
              <a rel="next" data-key="l" href={later.href}>
                {later.label} →
              </a>
            )}
          </nav>
        )}
        {bar}
      </div>
      {aside}
    </div>
  );
}

/** "24 November" stays on one line; a narrow heading breaks after the weekday instead. */
function keepDayAndMonth(title: string): string {
  return title.replace(/(?<=\d) (?=[A-Z])/, "\u00a0");
}
