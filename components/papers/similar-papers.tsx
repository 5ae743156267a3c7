import { AuthorLine } from "#components/papers/author-line.tsx";
import { Typeset } from "#components/papers/typeset.tsx";
import type { PaperView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";

type Props = { papers: readonly PaperView[]; words: readonly string[] };

/** The papers most like this one, and the words that they share with it. Nothing where nothing is alike. */
export function SimilarPapers({ papers, words }: Props) {
  if (papers.length === 0) return null;
  return (
    <section aria-labelledby="similar-papers" className="border-rule mt-8 border-t pt-5">
      <h2 id="similar-papers" className="text-xl font-semibold">
        Similar papers
      </h2>
      <p className="text-muted mt-1 font-sans text-sm leading-relaxed">
        By the words that tell most about this one: <a href={routes.search(words.join(" "))}>{words.join(", ")}</a>.
      </p>
      <ul className="mt-3 grid gap-4">
        {papers.map((paper) => (
          <li key={paper.id}>
            <p className="text-lg leading-snug font-semibold">
              <a href={routes.paper(paper.id)} className="no-underline hover:underline">
                <Typeset parts={paper.titleParts} />
              </a>
            </p>
            <AuthorLine authors={paper.authors} />
            {paper.withdrawn && <p className="withdrawn">Withdrawn</p>}
            {paper.date && <p className="text-muted font-sans text-sm">{paper.date}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
