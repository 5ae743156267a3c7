import { AuthorLine } from "#components/papers/author-line.tsx";
import { Stars } from "#components/papers/stars.tsx";
import { Typeset } from "#components/papers/typeset.tsx";
import { UpvoteButton } from "#components/votes/upvote-button.tsx";
import type { PaperView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";

type Props = { paper: PaperView; lead?: boolean; heading?: "h2" | "h3" };

/** One paper in a list: rank, title, authors, whole abstract, and why it is here. The lead of a list is set larger. */
export function PaperEntry({ paper, lead = false, heading: Heading = "h2" }: Props) {
  const titleId = `title-${paper.id.replaceAll(/[^\w-]/g, "-")}`;
  return (
    <article aria-labelledby={titleId} className={lead ? "paper paper-lead" : "paper"}>
      {paper.rank !== null && (
        <p className="paper-rank">
          <span className="sr-only">Rank </span>
          {paper.rank}
        </p>
      )}
      <div className="paper-vote">
        <UpvoteButton paperId={paper.id} upvotes={paper.upvotes} />
      </div>
      <div className="paper-text">
        <Heading id={titleId} className="paper-title">
          <a href={routes.paper(paper.id)}>
            <Typeset parts={paper.titleParts} />
          </a>
        </Heading>
        <AuthorLine authors={paper.authors} />
        {paper.withdrawn && <p className="withdrawn mt-2">Withdrawn</p>}
        <p className="paper-abstract">
          <Typeset parts={paper.abstractParts} />
        </p>
        {paper.sample && <p className="text-muted mt-2 text-sm italic">Summary written for this sample.</p>}
      </div>
      <PaperFacts paper={paper} />
    </article>
  );
}

function PaperFacts({ paper }: { paper: PaperView }) {
  return (
    <div className="paper-facts">
      {paper.categories.length > 0 && <p>{paper.categories.slice(0, 4).join(" · ")}</p>}
      <p className="paper-links">
        {paper.links.map(({ label, href }) => (
          <a key={label} href={href}>
            {label}
          </a>
        ))}
        <Stars stars={paper.stars} />
      </p>
      {paper.reasons.length > 0 && (
        <details>
          <summary>{`Why here: ${paper.score} points`}</summary>
          <ul>
            {paper.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
