import { Notice } from "#components/ui/notice.tsx";
import { outside, routes } from "#lib/platform/routes.ts";
import type { SearchView } from "#lib/search/types.ts";

type Props = { view: SearchView; unknownPaper: string | null; noWords: boolean };

/** Why a search has no papers, and what to try. */
export function NothingFound({ view: { typed, filters, waysOut }, unknownPaper, noWords }: Props) {
  if (unknownPaper) {
    return (
      <Notice title={`${unknownPaper} has not been printed here.`}>
        If it exists, it is <a href={outside.arxivAbstract(unknownPaper)}>at arXiv</a>.
      </Notice>
    );
  }
  if (noWords) {
    return (
      <Notice title="There is nothing in this to look for: only signs, words to leave out, or words that every paper has.">
        Type a few words of a title or an abstract, or see what is <a href={routes.trending()}>trending</a>.
      </Notice>
    );
  }
  return (
    <Notice title={filters.length > 0 ? "No paper passes all the filters." : "No title or abstract has these words."}>
      <ul className="list-disc pl-5">
        {waysOut.map(({ dropped, total, href }) => (
          <li key={dropped}>
            <a href={href}>
              {dropped.startsWith('"') ? `With the words of ${dropped} anywhere` : `Without ${dropped}`}
            </a>
            : {total === 1 ? "1 paper" : `${total.toLocaleString("en")} papers`}
          </li>
        ))}
        <li>Check the spelling, or try fewer or more general words.</li>
        <li>
          {looksLikeName(typed) ? (
            <>
              If it is a person’s name: <a href={routes.search(`au:"${typed}"`)}>papers by {typed}</a>.
            </>
          ) : (
            "An arXiv id, a DOI or a paper’s address leads to the paper."
          )}
        </li>
        <li>
          Or see what is <a href={routes.trending()}>trending</a>.
        </li>
      </ul>
    </Notice>
  );
}

/** One to three words of letters: "Yann LeCun". */
function looksLikeName(typed: string): boolean {
  return /^[\p{L}\p{M}.'’-]+( [\p{L}\p{M}.'’-]+){0,2}$/u.test(typed);
}
