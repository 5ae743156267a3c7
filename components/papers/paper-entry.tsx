import { AuthorLine } from "#components/papers/author-line.tsx";
import { Typeset } from "#components/papers/typeset.tsx";
import { UpvoteButton } from "#components/votes/upvote-button.tsx";
import type { PaperView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";

type Props = { paper: PaperView; lead?: boolean };

/** One paper in a list: rank, title, authors, whole abstract, and why it is here. The lead of a page is set larger. */
export function PaperEntry({ paper, lead = false }: Props) {
  const titleId = `title-${paper.id.replaceAll(/[^\w-]/g, "-")}`;
  return (
    <article
      aria-labelledby={titleId}
      className="grid grid-cols-[2.75rem_minmax(0,1fr)] gap-x-4 border-rule border-t py-6 first:border-t-0 sm:grid-cols-[3.5rem_minmax(0,1fr)] lg:grid-cols-[3.5rem_minmax(0,40rem)_minmax(0,1fr)] lg:gap-x-8"
    >
      <div className="flex flex-col items-center gap-2 pt-0.5">
        {paper.rank !== null && (
          <p className="text-2xl text-muted leading-none">
            <span className="sr-only">Rank </span>
            {paper.rank}
          </p>
        )}
        <UpvoteButton paperId={paper.id} title={paper.plainTitle} upvotes={paper.upvotes} />
      </div>
      <div className="min-w-0">
        <h2
          id={titleId}
          className={`font-semibold leading-snug text-balance ${lead ? "text-2xl sm:text-3xl" : "text-xl sm:text-[1.4rem]"}`}
        >
          <a href={routes.paper(paper.id)} className="no-underline hover:underline">
            <Typeset parts={paper.titleParts} />
          </a>
        </h2>
        <AuthorLine authors={paper.authors} />
        {paper.withdrawn && <p className="mt-2 font-semibold text-accent">Withdrawn by its authors</p>}
        <p
          className={`prose-abstract mt-3 ${lead ? "text-lg leading-[1.6]" : "text-[1.06rem] leading-[1.6]"}`}
          lang="en"
        >
          <Typeset parts={paper.abstractParts} />
        </p>
        {paper.sample && <p className="mt-2 text-muted text-sm italic">Summary written for this sample.</p>}
      </div>
      <div className="col-start-2 mt-3 font-sans text-muted text-sm leading-relaxed lg:col-start-3 lg:mt-1">
        <PaperFacts paper={paper} />
      </div>
    </article>
  );
}

function PaperFacts({ paper }: { paper: PaperView }) {
  return (
    <>
      {paper.categories.length > 0 && <p>{paper.categories.slice(0, 4).join(" · ")}</p>}
      <p className="flex flex-wrap gap-x-3">
        {paper.links.map(({ label, href }) => (
          <a key={label} href={href} rel="noopener">
            {label}
          </a>
        ))}
        {paper.stars !== null && <span>{paper.stars.toLocaleString("en")} stars</span>}
      </p>
      {paper.reasons.length > 0 && (
        <details className="mt-1">
          <summary>Why here: {paper.score} points</summary>
          <ul className="mt-1">
            {paper.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
