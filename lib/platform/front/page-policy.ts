import type { Lifetime } from "#lib/platform/front/page-cache.ts";
import type { Target } from "#lib/platform/front/request-target.ts";

/** Whose a page is: everybody's (kept, for so long), a file of the build (kept for ever), or one reader's (never kept). */
export type PagePolicy =
  | { kind: "public"; address: string; lifetime: Lifetime; embeddable?: boolean }
  | { kind: "asset"; address: string; lifetime: Lifetime }
  | { kind: "personal"; address: string };

type Rule = {
  path: RegExp;
  lifetime: Lifetime | ((path: string, today: Temporal.PlainDate) => Lifetime);
  /** Query keys that change the page. All others (utm_source, …) reach neither the key nor the render. */
  keys: readonly string[];
  /** A picture that other sites show beside a link to us. */
  embeddable?: boolean;
};

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const MONTH = 30 * 24 * HOUR;

// An edition that is still open changes when sources are gathered (every ten minutes) and when somebody upvotes: half a
// minute is what a reader who reloads does not notice, and one render per page and half minute is nothing to the machine.
const live: Lifetime = { freshFor: 30, staleFor: 5 * MINUTE };
// A closed edition keeps its papers and ranks; only the number of votes and comments moves.
const closed: Lifetime = { freshFor: 2 * MINUTE, staleFor: HOUR };
// A paper's own page is where a comment or a vote is looked for.
const paper: Lifetime = { freshFor: MINUTE, staleFor: 10 * MINUTE };
// Feed readers come every quarter of an hour at most.
const feed: Lifetime = { freshFor: 2 * MINUTE, staleFor: 10 * MINUTE };
// Asked at each letter, and a minute later hardly another.
const suggestions: Lifetime = { freshFor: MINUTE, staleFor: 10 * MINUTE };
// Our own words change with the build only.
const words: Lifetime = { freshFor: 5 * MINUTE, staleFor: HOUR };
const status: Lifetime = { freshFor: 10, staleFor: 30 };
// A drawing takes as long as ten pages and shows nothing that changes within a day.
const card: Lifetime = { freshFor: 6 * HOUR, staleFor: 24 * HOUR };
// An open day's picture names its first papers.
const dayCard: Lifetime = { freshFor: 15 * MINUTE, staleFor: 24 * HOUR };
const asset: Lifetime = { freshFor: MONTH, staleFor: 0 };

const DATE = "\\d{4}-\\d{2}-\\d{2}";
const listKeys = ["page", "category", "sort", "view"];
const dailyKeys = ["date", "week", "month", "submitter", "sort", "p", "limit"];

/** The first that fits decides. What no rule names is personal: a new page is private until somebody says otherwise. */
const rules: readonly Rule[] = [
  { path: /^\/$/, lifetime: live, keys: listKeys },
  { path: /^\/papers$/, lifetime: live, keys: ["q", ...listKeys, "verbatim"] },
  { path: /^\/papers\/suggest$/, lifetime: suggestions, keys: ["q"] },
  { path: /^\/search$/, lifetime: live, keys: ["q", "page"] },
  {
    path: /^(\/papers(\/.+)?)?\/feed\.(xml|json)$/,
    lifetime: feed,
    keys: ["q", "sort", "verbatim", "category"],
  },
  { path: /^\/papers\/date\/[^/]+\.png$/, lifetime: dayCard, keys: [], embeddable: true },
  { path: /^(\/papers\/.+|\/card)\.png$/, lifetime: card, keys: [], embeddable: true },
  { path: new RegExp(`^/papers/date/${DATE}$`), lifetime: dayLifetime, keys: listKeys },
  { path: /^\/papers\/(trending|week|month|date)(\/[^/]+)?$/, lifetime: live, keys: listKeys },
  { path: /^\/papers\/changes\/.+$/, lifetime: paper, keys: ["from", "to"] },
  { path: /^\/papers\/.+$/, lifetime: paper, keys: [] },
  { path: new RegExp(`^/digest/(${DATE}|\\d{4}-W\\d{2}|\\d{4}-\\d{2})$`), lifetime: closed, keys: [] },
  { path: /^\/(about|subscribe|privacy|keyboard)$/, lifetime: words, keys: [] },
  { path: /^\/status$/, lifetime: status, keys: [] },
  { path: /^\/api\/daily_papers$/, lifetime: live, keys: dailyKeys },
  { path: /^\/api\/papers\/search$/, lifetime: live, keys: ["q", "limit", "sort", "verbatim"] },
  { path: /^\/api\/papers\/.+$/, lifetime: paper, keys: [] },
  {
    path: /^\/(sitemap[\w-]*\.xml|robots\.txt|llms\.txt|opensearch\.xml|manifest\.webmanifest)$/,
    lifetime: words,
    keys: [],
  },
  { path: /^\/(favicon\.ico|(icon|apple-icon)(-[\w-]+)?\.(svg|png))$/, lifetime: card, keys: [], embeddable: true },
];

/** The policy of an address. `today` by the site's zone tells an open edition from a closed one. */
export function policyFor({ path, query }: Target, today: Temporal.PlainDate): PagePolicy {
  if (path.startsWith("/_next/static/")) return { kind: "asset", address: path, lifetime: asset };
  const rule = rules.find((candidate) => candidate.path.test(path));
  if (!rule) return { kind: "personal", address: withQuery(path, personalQuery(query)) };
  const lifetime = typeof rule.lifetime === "function" ? rule.lifetime(path, today) : rule.lifetime;
  const { keys, embeddable } = rule;
  return {
    kind: "public",
    address: withQuery(path, allowed(query, keys)),
    lifetime,
    ...(embeddable && { embeddable }),
  };
}

/** What shared caches are told, ours or a CDN's. A browser asks again each time, and gets a 304. */
export function cacheControlOf({ freshFor, staleFor }: Lifetime): string {
  return `public, max-age=0, s-maxage=${freshFor}, stale-while-revalidate=${staleFor}, stale-if-error=86400`;
}

export const assetCacheControl = "public, max-age=31536000, immutable";

function dayLifetime(path: string, today: Temporal.PlainDate): Lifetime {
  const date = path.slice(path.lastIndexOf("/") + 1);
  // Compared as text: ISO dates sort by it, and a date that does not exist (2026-02-30) is the page's to refuse.
  return date < today.subtract({ days: 1 }).toString() ? closed : live;
}

/** In the order of the rule, each key once: ?page=2&q=x and ?q=x&page=2&utm_source=mail are one page. */
function allowed(query: URLSearchParams, keys: readonly string[]): URLSearchParams {
  const kept = new URLSearchParams();
  for (const key of keys) {
    const value = query.get(key);
    if (value) kept.set(key, value);
  }
  return kept;
}

/** Next reads route parameters from keys of these names. */
function personalQuery(query: URLSearchParams): URLSearchParams {
  const kept = new URLSearchParams(query);
  for (const key of query.keys()) if (/^(nxt[PI]|__next)/.test(key)) kept.delete(key);
  return kept;
}

function withQuery(path: string, query: URLSearchParams): string {
  return query.size > 0 ? `${path}?${query}` : path;
}
