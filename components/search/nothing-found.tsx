import { Notice } from "#components/ui/notice.tsx";
import { outside, routes } from "#lib/platform/routes.ts";

type Props = { query: string; unknownPaper: string | null; noWords: boolean };

/** Why a search has no papers, and what to try. */
export function NothingFound({ query, unknownPaper, noWords }: Props) {
  if (unknownPaper) {
    return (
      <Notice title={`${unknownPaper} has not been printed here.`}>
        If it exists, it is <a href={outside.arxivAbstract(unknownPaper)}>at arXiv</a>.
      </Notice>
    );
  }
  return (
    <Notice title={noWords ? wordless(query) : "No title or abstract has these words."}>
      <ul className="list-disc pl-5">
        {!noWords && <li>Check the spelling, or try fewer or more general words.</li>}
        <li>
          Words in quotes must stand side by side:{" "}
          <a href={routes.search('"in context learning"')}>"in context learning"</a>. A minus leaves papers out:{" "}
          <a href={routes.search("attention -vision")}>attention -vision</a>.
        </li>
        <li>An arXiv id, a DOI or a paper’s address leads to the paper.</li>
        <li>
          Or see what is <a href={routes.trending()}>trending</a>.
        </li>
      </ul>
    </Notice>
  );
}

function wordless(query: string): string {
  return query === ""
    ? "Type a few words of a title or an abstract."
    : "There is no word in this to look for: only signs, words to leave out, or words that every paper has.";
}
