import type { ReactNode } from "react";
import { AllAuthors } from "#components/papers/all-authors.tsx";
import { CopyButton } from "#components/papers/copy-button.tsx";
import { Stars } from "#components/papers/stars.tsx";
import { Typeset } from "#components/papers/typeset.tsx";
import { VersionHistory } from "#components/papers/version-history.tsx";
import { UpvoteButton } from "#components/votes/upvote-button.tsx";
import type { PaperSheetView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";

/** A paper on its own page: all of it that is public record, where and why it was printed; `children` below that. */
export function PaperSheet({ paper, children }: { paper: PaperSheetView; children?: ReactNode }) {
  return (
    <article
      aria-labelledby="paper-title"
      className="grid gap-x-12 gap-y-8 py-10 lg:grid-cols-[minmax(0,42rem)_minmax(0,1fr)]"
    >
      <div className="min-w-0">
        <RankBadge places={paper.places} />
        <h1
          id="paper-title"
          data-address={routes.paper(paper.id)}
          className="text-3xl leading-tight font-semibold text-balance sm:text-4xl"
        >
          <Typeset parts={paper.titleParts} />
        </h1>
        <AllAuthors authors={paper.authors} />
        <Withdrawn paper={paper} />
        <h2 className="sr-only">Abstract</h2>
        <p className="paper-abstract mt-6 text-lg leading-[1.65]">
          <Typeset parts={paper.abstractParts} />
        </p>
        {paper.sample && <p className="text-muted mt-2 text-sm italic">Summary written for this sample.</p>}
        <Citation bibtex={paper.bibtex} id={paper.id} />
        <Files id={paper.id} />
        {children}
      </div>
      <aside className="grid content-start gap-6 font-sans text-sm leading-relaxed" aria-label="About this paper">
        <div className="flex items-center gap-4">
          <UpvoteButton paperId={paper.id} upvotes={paper.upvotes} />
          <UpvoteParts sources={paper.upvotes.sources} ours={paper.upvotes.ours} comments={paper.comments} />
        </div>
        <ul className="border-rule flex flex-wrap gap-x-4 gap-y-1 border-y py-3">
          {paper.links.map(({ label, href }) => (
            <li key={label}>
              <a href={href} rel="noopener">
                {label}
              </a>
            </li>
          ))}
          {paper.stars !== null && (
            <li>
              <Stars stars={paper.stars} />
            </li>
          )}
        </ul>
        <Places places={paper.places} />
        <VersionHistory versions={paper.versions} />
        <dl className="grid gap-2">
          {paper.facts.map(({ name, value }) => (
            <div key={name}>
              <dt className="text-muted">{name}</dt>
              <dd className="[overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
      </aside>
    </article>
  );
}

/** That it was taken back, and the way to what it said before, which arXiv does not show. */
function Withdrawn({ paper: { withdrawnWords, versions } }: { paper: PaperSheetView }) {
  if (!withdrawnWords) return null;
  const before = versions[0]?.changes;
  return (
    <p className="withdrawn mt-3">
      {withdrawnWords}
      {before && (
        <>
          {" "}
          <a href={before.href}>See what it said in version {before.since}</a>
        </>
      )}
    </p>
  );
}

/** The best place it ever had, above its title. */
function RankBadge({ places }: { places: PaperSheetView["places"] }) {
  const best = places
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .at(0);
  if (!best) return null;
  return (
    <p className="mb-3 font-sans text-sm">
      <a href={routes.edition(best.day)} className="rank-badge">
        {best.words}
      </a>
    </p>
  );
}

function UpvoteParts({ sources, ours, comments }: { sources: number; ours: number; comments: number }) {
  return (
    <p className="text-muted">
      {sources > 0 && `${sources.toLocaleString("en")} on the sources, `}
      {ours.toLocaleString("en")} here
      {comments > 0 && ` · ${comments.toLocaleString("en")} comment${comments === 1 ? "" : "s"} on the sources`}
    </p>
  );
}

function Places({ places }: { places: PaperSheetView["places"] }) {
  if (places.length === 0) return null;
  return (
    <section aria-labelledby="printed-in">
      <h2 id="printed-in" className="text-muted">
        Printed in
      </h2>
      <ul className="grid gap-2">
        {places.map(({ day, words, reasons }) => (
          <li key={day}>
            <a href={routes.edition(day)}>{words}</a>
            {reasons.length > 0 && (
              <ul className="text-muted">
                {reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Citation({ bibtex, id }: { bibtex: string; id: string }) {
  return (
    <details className="border-rule mt-8 border-t pt-4 font-sans text-sm">
      <summary>Cite this paper (BibTeX)</summary>
      <pre className="bg-raised mt-3 p-4 text-sm leading-relaxed break-words whitespace-pre-wrap">
        <code>{bibtex}</code>
      </pre>
      <p className="mt-2 flex items-center gap-4">
        <CopyButton text={bibtex} />
        <a href={routes.paperFile(id, "bib")}>Download {id}.bib</a>
      </p>
    </details>
  );
}

/** The same paper for programs: reference managers, scripts, whatever reads text. */
function Files({ id }: { id: string }) {
  const files = [
    { label: "BibTeX", href: routes.paperFile(id, "bib") },
    { label: "RIS", href: routes.paperFile(id, "ris") },
    { label: "Markdown", href: routes.paperFile(id, "md") },
    { label: "JSON", href: routes.paperFile(id, "json") },
  ];
  return (
    <p className="text-muted mt-4 flex flex-wrap gap-x-4 gap-y-1 font-sans text-sm">
      As a file:
      {files.map(({ label, href }) => (
        <a key={label} href={href}>
          {label}
        </a>
      ))}
    </p>
  );
}
