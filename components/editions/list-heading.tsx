import type { ReactNode } from "react";

type Way = { href: string; label: string } | null;
type Props = { title: string; children: ReactNode; earlier?: Way; later?: Way };

/** The head of a list of papers: which one it is, what is in it, and the way to its neighbours. */
export function ListHeading({ title, children, earlier = null, later = null }: Props) {
  return (
    <div className="grid gap-x-8 gap-y-3 pt-8 pb-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-end">
      <div>
        <h1 className="text-3xl leading-tight font-semibold text-balance">{keepDayAndMonth(title)}</h1>
        <p className="text-muted mt-1 font-sans text-sm leading-relaxed">{children}</p>
      </div>
      {(earlier || later) && (
        <nav aria-label="Neighbouring editions" className="flex gap-6 font-sans text-sm">
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
    </div>
  );
}

/** "24 November" stays on one line; a narrow heading breaks after the weekday instead. */
function keepDayAndMonth(title: string): string {
  return title.replace(/(?<=\d) (?=[A-Z])/, "\u00a0");
}
