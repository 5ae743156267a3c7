import { Typeset } from "#components/papers/typeset.tsx";
import { UpvoteButton } from "#components/votes/upvote-button.tsx";
import type { PaperView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";

type Props = { paper: PaperView; lead?: boolean; heading?: "h2" | "h3" };

const SHOWN_AUTHORS = 3;

/** One paper in a list of titles: rank, title in two lines at most, who wrote it and what it is about in one. */
export function PaperLine({ paper, heading: Heading = "h2" }: Props) {
  return (
    <article aria-labelledby={paper.id} className="line">
      {paper.rank !== null && <p className="paper-rank">{paper.rank}</p>}
      <div className="line-text">
        <Heading id={paper.id} className="line-title">
          <a href={routes.paper(paper.id)}>
            <Typeset parts={paper.titleParts} />
          </a>
        </Heading>
        <p className="line-facts">{factsOf(paper)}</p>
      </div>
      <UpvoteButton paperId={paper.id} upvotes={paper.upvotes} />
    </article>
  );
}

function factsOf({ authors, categories, withdrawn, discussion, links }: PaperView): string {
  const more = authors.length - SHOWN_AUTHORS;
  const names =
    more > 1
      ? `${authors.slice(0, SHOWN_AUTHORS).join(", ")} and ${more.toLocaleString("en")} more`
      : authors.join(", ");
  const facts = [withdrawn && "Withdrawn", names, categories[0], discussion?.label, ...codeIn(links)];
  return facts.filter(Boolean).join(" · ");
}

/** That there is code, or a page of the project: where it is, the paper's page says. */
function codeIn(links: PaperView["links"]): string[] {
  return links.map(({ label }) => label).filter((label) => label === "Code" || label === "Project");
}
