import { PaperEntry } from "#components/papers/paper-entry.tsx";
import { PaperLine } from "#components/papers/paper-line.tsx";
import type { PaperView } from "#lib/editions/types.ts";

type Props = { papers: readonly PaperView[]; compact?: boolean };

/** Papers in their order. What came after the day had closed stands below, under its own heading. */
export function PaperList({ papers, compact = false }: Props) {
  const printed = papers.filter(({ rank }) => rank !== null);
  const late = papers.filter(({ rank }) => rank === null);
  const Entry = compact ? PaperLine : PaperEntry;
  return (
    <>
      {printed.length > 0 && (
        <div className="border-ink border-t">
          {printed.map((paper) => (
            <Entry key={paper.id} paper={paper} lead={paper.rank === 1} />
          ))}
        </div>
      )}
      {late.length > 0 && (
        <section aria-labelledby="late-arrivals" className="rule-double mt-4 pt-6">
          <h2 id="late-arrivals" className="text-2xl font-semibold">
            Late arrivals
          </h2>
          <p className="text-muted mt-1 mb-2 font-sans text-sm">
            They reached us after this day had closed, so they have no rank in it.
          </p>
          {late.map((paper) => (
            <Entry key={paper.id} paper={paper} heading="h3" />
          ))}
        </section>
      )}
    </>
  );
}
