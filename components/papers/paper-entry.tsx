import { AuthorLine } from "#components/papers/author-line.tsx";
import { Stars } from "#components/papers/stars.tsx";
import { Typeset } from "#components/papers/typeset.tsx";
import { UpvoteButton } from "#components/votes/upvote-button.tsx";
import type { PaperView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";

type Props = { paper: PaperView; lead?: boolean; heading?: "h2" | "h3" };

/** One paper in a list: rank, title, authors, whole abstract, and why it is here. The lead of a list is set larger. */
export function PaperEntry({ paper, lead = false, heading: Heading = "h2" }: Props) {
  return (
    <article aria-labelledby={paper.id} className={lead ? "paper paper-lead" : "paper"}>
      {paper.rank !== null && <p className="paper-rank">{paper.rank}</p>}
      <UpvoteButton paperId={paper.id} upvotes={paper.upvotes} />
      <div className="paper-text">
        <Heading id={paper.id} className="paper-title">
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

/** Lines of one paragraph each, rather than lists: this stands fifty times in a page, and goes out twice with it. */
function PaperFacts({ paper }: { paper: PaperView }) {
  return (
    <div className="paper-facts">
      <p>{linesOf(paper.categories.slice(0, 4).join(" · "), paper.date)}</p>
      <p className="paper-links">
        {paper.links.map(({ label, href }) => (
          <a key={label} href={href}>
            {label}
          </a>
        ))}
        <Stars stars={paper.stars} />
        {paper.discussion && <a href={paper.discussion.href}>{paper.discussion.label}</a>}
      </p>
      {paper.reasons.length > 0 && (
        <details>
          <summary>{`Why here: ${paper.score} points`}</summary>
          <p>{linesOf(...paper.reasons)}</p>
        </details>
      )}
    </div>
  );
}

function linesOf(...lines: (string | null)[]): string {
  return lines.filter(Boolean).join("\n");
}
