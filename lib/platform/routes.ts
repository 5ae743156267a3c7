/** How a search is answered, beside its line: in which order (`best` needs no word), and whether misspelt words are left as they are. */
export type SearchQuery = { sort?: string; verbatim?: boolean };

/** Which part of a list, of which class, in which order, how dense. What is left out is as usual. */
export type ListQuery = { page?: number; category?: string | null; sort?: string; view?: string };

/** Every address of the site, by name. An arXiv id may hold a slash (hep-th/9901001): it stays one in the address. */
export const routes = {
  home: () => "/",
  edition: (date: string, list: ListQuery = {}) => listed(`/papers/date/${date}`, list),
  thisWeek: () => "/papers/week",
  thisMonth: () => "/papers/month",
  week: (week: string, list: ListQuery = {}) => listed(`/papers/week/${week}`, list),
  month: (month: string, list: ListQuery = {}) => listed(`/papers/month/${month}`, list),
  trending: (list: ListQuery = {}) => listed("/papers/trending", list),
  /** A search; of its keys only those that change something, in the order of the page cache's rule. */
  search: (query = "", options: SearchQuery & { page?: number } = {}) =>
    withQuery("/papers", searchKeys(query, options)),
  searchFeed: (format: "xml" | "json", query: string, options: SearchQuery = {}) =>
    withQuery(`/papers/feed.${format}`, searchKeys(query, options)),
  /** What somebody who is typing may be after, as OpenSearch's suggestions. */
  suggest: (query: string) => withQuery("/papers/suggest", { q: query }),
  /** With a version: its line in the list of versions on that page. */
  paper: (id: string, version?: number | null) => `/papers/${id}${version ? `#v${version}` : ""}`,
  /** What changed from one version to another. Its form asks at the address without versions. */
  paperChanges: (id: string, { from, to }: { from?: number; to?: number } = {}) =>
    withQuery(`/papers/changes/${id}`, { from: from?.toString(), to: to?.toString() }),
  /** The paper as another file: for reference managers, programs, agents, and as a picture for those who link to it. */
  paperFile: (id: string, format: "bib" | "ris" | "json" | "md" | "png") => `/papers/${id}.${format}`,
  /** The feed beside a page of papers: `page` is that page's address without its query. */
  feed: (page: string, format: "xml" | "json", query: { category?: string | null } = {}) =>
    withQuery(`${page === "/" ? "" : page}/feed.${format}`, { category: query.category ?? undefined }),
  /** An edition for programs and agents, and as a picture. */
  editionMarkdown: (date: string) => `/papers/date/${date}.md`,
  editionCard: (date: string) => `/papers/date/${date}.png`,
  siteCard: () => "/card.png",
  icon: () => "/icon.svg",
  iconPicture: (name: "apple-icon" | "icon-192" | "icon-512" | "icon-maskable-512") => `/${name}.png`,
  favicon: () => "/favicon.ico",
  manifest: () => "/manifest.webmanifest",
  openSearch: () => "/opensearch.xml",
  llms: () => "/llms.txt",
  sitemap: () => "/sitemap.xml",
  /** `name` is `pages`, a month `2026-08`, or a further part of a month `2026-08-2`. */
  sitemapPart: (name: string) => `/sitemap-${name}.xml`,
  /** The small page that knows my vote; `next` is where its button leads back to. */
  vote: (id: string, next?: string) => withQuery(`/vote/${id}`, { next }),
  /** Where a vote's form is posted to. */
  castVote: (id: string) => `/api/vote/${id}`,
  subscribe: () => "/subscribe",
  /** Where the subscription form is posted to. */
  askToSubscribe: () => "/subscribe/request",
  subscriptionAsked: () => "/subscribe/check-your-mail",
  /** `search`: what was asked for, so that it need not be asked for again. */
  subscriptionAddressWrong: (search = "") => withQuery("/subscribe/try-again", { q: search }),
  /** The link of the confirmation mail. What follows are its buttons. */
  confirmSubscription: (token: string) => `/subscribe/${token}`,
  confirmSubscriptionNow: (token: string) => `/subscribe/${token}/confirm`,
  sendLatestEdition: (token: string) => `/subscribe/${token}/send-latest`,
  /** The link of every digest. What follows are its buttons, and the address that a mail program posts to (RFC 8058). */
  unsubscribe: (token: string) => `/unsubscribe/${token}`,
  unsubscribeNow: (token: string) => `/unsubscribe/${token}/confirm`,
  unsubscribeOneClick: (token: string) => `/unsubscribe/${token}/one-click`,
  subscribeAgain: (token: string) => `/unsubscribe/${token}/subscribe-again`,
  /** The link of every digest to what one can ask for; `query` is what its forms and answers say. What follows are its buttons. */
  preferences: (token: string, query: Record<string, string | undefined> = {}) =>
    withQuery(`/preferences/${token}`, query),
  changePreferences: (token: string, deed: "save" | "pause" | "end-all" | "send-latest") =>
    `/preferences/${token}/${deed}`,
  /** `period`: a day, an ISO week or a month. */
  digest: (period: string) => `/digest/${period}`,
  signIn: (next?: string, { problem }: { problem?: "address" } = {}) => withQuery("/sign-in", { next, problem }),
  requestSignIn: () => "/sign-in/request",
  confirmSignIn: () => "/sign-in/confirm",
  signInSent: () => "/sign-in/check-your-mail",
  signInLink: (token: string, { problem }: { problem?: "code" } = {}) =>
    withQuery(`/sign-in/${encodeURIComponent(token)}`, { problem }),
  account: () => "/account",
  exportAccount: () => "/account/export",
  signOut: () => "/account/sign-out",
  signOutElsewhere: () => "/account/sign-out-elsewhere",
  deleteAccount: () => "/account/delete",
  accountDeleted: () => "/account/deleted",
  about: () => "/about",
  keyboard: () => "/keyboard",
  status: () => "/status",
  outbox: () => "/outbox",
  outboxMessage: (id: string) => `/outbox/${id}`,
  /** What is personal on a public page; `papers` are those that it shows. */
  me: (papers: readonly string[] = []) => withQuery("/api/me", { papers: papers.join(",") }),
};

/** Where a paper lies on the sites it came from. */
export const outside = {
  arxivAbstract: (id: string) => `https://arxiv.org/abs/${id}`,
  arxivVersion: (id: string, version: number) => `https://arxiv.org/abs/${id}v${version}`,
  arxivPdf: (id: string) => `https://arxiv.org/pdf/${id}`,
  arxivHtml: (id: string) => `https://arxiv.org/html/${id}`,
  huggingFace: (id: string) => `https://huggingface.co/papers/${id}`,
};

/** Keys in the order of the page cache's rule, so that a link and the page it leads to are one address. */
function listed(path: string, { page = 1, category, sort, view }: ListQuery): string {
  return withQuery(path, { page: page > 1 ? String(page) : undefined, category: category ?? undefined, sort, view });
}

function searchKeys(query: string, { page = 1, sort, verbatim = false }: SearchQuery & { page?: number }) {
  return {
    q: query,
    page: page > 1 ? String(page) : undefined,
    sort: sort === "best" ? undefined : sort,
    verbatim: verbatim ? "1" : undefined,
  };
}

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
