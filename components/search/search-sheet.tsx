import { PaperEntry } from "#components/papers/paper-entry.tsx";
import { Facets, Filters, Sorts } from "#components/search/narrow-search.tsx";
import { NothingFound } from "#components/search/nothing-found.tsx";
import { SearchForm } from "#components/search/search-form.tsx";
import { SearchHelp } from "#components/search/search-help.tsx";
import { SubscribeForm } from "#components/subscribers/subscribe-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Pager } from "#components/ui/pager.tsx";
import type { PaperView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";
import type { SearchResults, SearchView } from "#lib/search/types.ts";

type Results = Omit<SearchResults, "papers" | "words">;
type Props = { view: SearchView; results: Results; papers: readonly PaperView[] };

/** The page of a search: how much was found and in which order, what narrows it, the papers with their abstracts. */
export function SearchSheet({ view, results, papers }: Props) {
  return (
    <>
      <div className="grid gap-4 pt-8 pb-4 font-sans text-sm leading-relaxed">
        <h1 className="font-serif text-3xl leading-tight font-semibold text-balance wrap-anywhere">
          {headingFor(view, results)}
        </h1>
        <Corrected corrected={view.corrected} />
        <SearchForm query={view.typed} id="search-again" label="This search" keep={view} wide />
        <Misread results={results} />
        <Filters filters={view.filters} />
        {papers.length > 0 && (
          <>
            <Facets facets={view.facets} />
            <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1">
              <Sorts sorts={view.sorts} />
              <Follow view={view} />
            </div>
            <p className="text-muted max-w-[42rem]">{orderOf(results, view)}</p>
          </>
        )}
      </div>
      {papers.length > 0 ? (
        <div className="border-ink border-t">
          {papers.map((paper) => (
            <PaperEntry key={paper.id} paper={paper} />
          ))}
        </div>
      ) : (
        <WhyNone view={view} results={results} />
      )}
      {papers.length > 0 && <Pager page={results.page} pages={results.pages} hrefOf={view.hrefOf} />}
      {(papers.length > 0 || mayComeLater(results)) && (
        <div id="by-mail" className="border-ink border-t py-8">
          <SubscribeForm form="search-page-1" search={results.line} />
        </div>
      )}
      <SearchHelp open={view.typed === ""} />
    </>
  );
}

/** Nothing has all of it yet: who looks for something rare wants to be told when there is some. */
function mayComeLater({ state, total, unknownPaper }: Results): boolean {
  return state === "answered" && total === 0 && unknownPaper === null;
}

function Corrected({ corrected }: Pick<SearchView, "corrected">) {
  if (!corrected) return null;
  return (
    <p className="text-base">
      Showing results for <strong className="font-semibold">{corrected.line}</strong>. Search instead for{" "}
      <a href={corrected.href}>{corrected.typed}</a>.
    </p>
  );
}

/** What was typed and did not count, so that nobody believes that it did. */
function Misread({ results: { misread, cut } }: { results: Results }) {
  if (misread.length === 0 && !cut) return null;
  return (
    <p className="text-muted max-w-[42rem]">
      {misread.length > 0 &&
        `Not a filter of this search, so not used as one: ${misread.join(", ")}. How filters are written stands below. `}
      {cut && "That was long: the first 2,000 characters were searched, the rest was not read."}
    </p>
  );
}

function Follow({ view: { feeds } }: { view: SearchView }) {
  return (
    <p className="text-muted">
      Follow this search: <a href={feeds.xml}>Atom</a> · <a href={feeds.json}>JSON Feed</a> ·{" "}
      <a href="#by-mail">By mail</a>
    </p>
  );
}

function WhyNone({ view, results }: { view: SearchView; results: Results }) {
  if (results.state === "building") {
    return (
      <Notice title="The search index is being built.">
        It is made from the papers that are stored here, and takes seconds to a few minutes.{" "}
        <a href={view.hrefOf(1)}>Search again</a> in a moment.
      </Notice>
    );
  }
  if (results.pages > 0) {
    return (
      <Notice title={`There is no page ${results.page.toLocaleString("en")}.`}>
        <a href={view.hrefOf(results.pages)}>Go to the last one, page {results.pages}</a>.
      </Notice>
    );
  }
  if (results.unknownPaper === null && view.typed === "") {
    return (
      <Notice title="Type a few words of a title or an abstract.">
        Or see what is <a href={routes.trending()}>trending</a>.
      </Notice>
    );
  }
  return <NothingFound view={view} unknownPaper={results.unknownPaper} noWords={results.state === "no-words"} />;
}

function headingFor({ typed, words }: SearchView, results: Results): string {
  const { state, total, complete, foundBy, unknownPaper } = results;
  if (state === "no-words" && typed === "") return "Search the papers";
  if (state !== "answered" || unknownPaper) return `Search for ${quoted(typed)}`;
  const papers = total === 0 ? "No papers" : countPapers(complete || total);
  if (!words) return papers;
  return `${papers} ${total > 0 && foundBy === "some-words" ? "with some words of" : "for"} ${quoted(words)}`;
}

/** The beginning of a question of many lines says which it is; all of it stands in the field below. */
const longestHeading = 90;

/** In quotes, unless it has its own. */
function quoted(words: string): string {
  const letters = [...words];
  const cut = letters
    .slice(0, longestHeading)
    .join("")
    .replace(/\s\S*$/, "");
  const short = letters.length > longestHeading ? `${cut} …` : words;
  const [, phrase = short] = /^"([^"]+)"$/.exec(short) ?? [];
  return phrase.includes('"') ? phrase : `“${phrase}”`;
}

const inOrder = {
  best: "Best match first: only how title and abstract fit the words counts, neither date nor votes.",
  newest: "Newest first.",
  upvotes: "Most upvoted first, by the votes on the sources and here.",
};

function orderOf({ total, complete, foundBy, listed, ranked, page, pages }: Results, { sort }: SearchView): string {
  const some = (total - complete).toLocaleString("en");
  const isRanked = sort === "best" && ranked;
  const sentences = [
    foundBy === "authors" && "Found with the help of their authors’ names.",
    foundBy === "some-words" && "No paper has all the words; these have some of them.",
    foundBy === "all-words" &&
      isRanked &&
      complete < total &&
      `All the words are in ${complete.toLocaleString("en")}; ${some} more have some of them.`,
    inOrder[sort === "best" && !ranked ? "newest" : sort],
    listed < (isRanked ? total : complete || total) && whichOf(sort, listed),
    page > 1 && `Page ${page} of ${pages}.`,
  ];
  return sentences.filter(Boolean).join(" ");
}

function whichOf(sort: SearchView["sort"], listed: number): string {
  const count = listed.toLocaleString("en");
  return sort === "upvotes" ? `The ${count} best matches were compared.` : `The first ${count} are listed.`;
}

function countPapers(total: number): string {
  return total === 1 ? "1 paper" : `${total.toLocaleString("en")} papers`;
}
