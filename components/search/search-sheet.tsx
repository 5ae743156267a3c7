import { PaperEntry } from "#components/papers/paper-entry.tsx";
import { NothingFound } from "#components/search/nothing-found.tsx";
import { SearchForm } from "#components/search/search-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Pager } from "#components/ui/pager.tsx";
import type { PaperView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";
import type { SearchResults } from "#lib/search/types.ts";

type Results = Omit<SearchResults, "papers" | "words">;
type Props = {
  /** `cut`: more was typed than is read. */
  query: { text: string; cut: boolean };
  results: Results;
  papers: readonly PaperView[];
};

/** The page of a search: how much was found, in which order, the papers with their abstracts. */
export function SearchSheet({ query, results, papers }: Props) {
  return (
    <>
      <div className="grid gap-3 pt-8 pb-4">
        <h1 className="text-3xl leading-tight font-semibold text-balance wrap-anywhere">
          {headingFor(query.text, results)}
        </h1>
        {papers.length > 0 && <p className="text-muted font-sans text-sm leading-relaxed">{orderOf(results)}</p>}
        {query.cut && (
          <p className="text-muted font-sans text-sm leading-relaxed">
            That was long: the first 250 characters were searched, the rest was not read.
          </p>
        )}
        <div className="font-sans text-sm">
          <SearchForm query={query.text} id="search-again" label="This search" />
        </div>
      </div>
      {papers.length > 0 ? (
        <Found papers={papers} results={results} />
      ) : (
        <WhyNone query={query.text} results={results} />
      )}
      {papers.length > 0 && (
        <Pager page={results.page} pages={results.pages} hrefOf={(page) => routes.search(query.text, page)} />
      )}
    </>
  );
}

/** Those with all the words, a line, those with some. */
function Found({ papers, results }: { papers: readonly PaperView[]; results: Results }) {
  const completeHere = Math.max(0, results.complete - (results.page - 1) * results.perPage);
  const complete = papers.slice(0, completeHere);
  const partial = papers.slice(completeHere);
  return (
    <>
      <PaperEntries papers={complete} />
      {complete.length > 0 && partial.length > 0 && (
        <p className="rule-double text-muted mt-4 pt-3 font-sans text-sm">
          From here on: papers with some of the words.
        </p>
      )}
      <PaperEntries papers={partial} />
    </>
  );
}

function PaperEntries({ papers }: { papers: readonly PaperView[] }) {
  if (papers.length === 0) return null;
  return (
    <div className="border-ink border-t">
      {papers.map((paper) => (
        <PaperEntry key={paper.id} paper={paper} />
      ))}
    </div>
  );
}

function WhyNone({ query, results }: { query: string; results: Results }) {
  if (results.state === "building") {
    return (
      <Notice title="The search index is being built.">
        It is made from the papers that are stored here, and takes seconds to a few minutes.{" "}
        <a href={routes.search(query)}>Search again</a> in a moment.
      </Notice>
    );
  }
  if (results.pages > 0) {
    return (
      <Notice title={`There is no page ${results.page.toLocaleString("en")}.`}>
        <a href={routes.search(query, results.pages)}>Go to the last one, page {results.pages}</a>.
      </Notice>
    );
  }
  return <NothingFound query={query} unknownPaper={results.unknownPaper} noWords={results.state === "no-words"} />;
}

function headingFor(query: string, { state, total, complete, unknownPaper }: Results): string {
  if (state === "no-words" && query === "") return "Search the papers";
  if (state !== "answered" || unknownPaper) return `Search for “${query}”`;
  if (total === 0) return `No papers for “${query}”`;
  return `${countPapers(complete || total)} for “${query}”`;
}

function orderOf({ total, complete, foundBy, page, pages }: Results): string {
  const sentences = [
    foundBy === "authors" && "Found with the help of their authors’ names.",
    foundBy === "some-words" && "No paper has all the words; these have some of them.",
    foundBy === "all-words" &&
      complete < total &&
      `All the words are in ${complete.toLocaleString("en")}; ${(total - complete).toLocaleString("en")} more, below, have some of them.`,
    "Best match first.",
    total > 1000 && "The first 1,000 are listed.",
    page > 1 && `Page ${page} of ${pages}.`,
  ];
  return sentences.filter(Boolean).join(" ");
}

function countPapers(total: number): string {
  return total === 1 ? "1 paper" : `${total.toLocaleString("en")} papers`;
}
