import { SearchLine } from "#components/search/search-line.tsx";
import { routes } from "#lib/platform/routes.ts";

type Props = {
  query?: string;
  id?: string;
  /** Names the form where a page has two. */
  label?: string;
  /** What of the search before goes with the next one. */
  keep?: { sort: string };
  wide?: boolean;
};

/** One line to look for papers. A plain GET form: the answer is a page with an address of its own. */
export function SearchForm({ query = "", id = "search", label = "Papers", keep, wide = false }: Props) {
  return (
    <search aria-label={label} className={wide ? "w-full max-w-[42rem]" : "w-full sm:w-auto"}>
      <form action={routes.search()} method="get" className="flex items-center gap-2">
        <label htmlFor={id} className="sr-only">
          Search papers
        </label>
        <SearchLine id={id} query={query} className={`field w-full min-w-0 ${wide ? "" : "sm:w-56"}`} />
        {keep && keep.sort !== "best" && <input type="hidden" name="sort" value={keep.sort} />}
        <button type="submit" className="field">
          Search
        </button>
      </form>
    </search>
  );
}
