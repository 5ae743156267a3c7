/** So many papers a page: arXiv gives 2,000 at most and asks for slices that it can answer quickly. */
const ARXIV_PAGE = 1000;

/** The API's address for the papers of some classes that were submitted in a window, oldest first. */
export function arxivQueryUrl(
  endpoint: string,
  {
    categories,
    from,
    until,
    start,
  }: {
    categories: readonly string[];
    from: Temporal.Instant;
    until: Temporal.Instant;
    start: number;
  },
): string {
  const classes = categories.map((category) => `cat:${category}`).join(" OR ");
  // Both ends are included and to the minute.
  const window = `submittedDate:[${minute(from)} TO ${minute(until.subtract({ minutes: 1 }))}]`;
  const url = new URL(endpoint);
  url.search = new URLSearchParams({
    search_query: `(${classes}) AND ${window}`,
    start: String(start),
    max_results: String(ARXIV_PAGE),
    sortBy: "submittedDate",
    sortOrder: "ascending",
  }).toString();
  return url.href;
}

/** The daily feed of some classes: under a base that ends in `/atom` in that form, else as RSS. */
export function arxivFeedUrl(base: string, categories: readonly string[]): string {
  return `${base}${base.endsWith("/atom") ? "" : "/rss"}/${categories.join("+")}`;
}

/** `YYYYMMDDHHMM` in UTC. */
function minute(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "minute" }).replace(/\D/g, "");
}
