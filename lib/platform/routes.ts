/** Every address of the site, by name. An arXiv id may hold a slash (hep-th/9901001): it stays one in the address. */
export const routes = {
  home: () => "/",
  edition: (date: string, page = 1) => paged(`/papers/date/${date}`, page),
  thisWeek: (page = 1) => paged("/papers/week", page),
  thisMonth: (page = 1) => paged("/papers/month", page),
  week: (week: string, page = 1) => paged(`/papers/week/${week}`, page),
  month: (month: string, page = 1) => paged(`/papers/month/${month}`, page),
  trending: (page = 1) => paged("/papers/trending", page),
  search: (query = "", page = 1) => {
    const params = new URLSearchParams({ ...(query && { q: query }), ...(page > 1 && { page: String(page) }) });
    return params.size > 0 ? `/papers?${params}` : "/papers";
  },
  paper: (id: string) => `/papers/${id}`,
  paperBibtex: (id: string) => `/papers/${id}.bib`,
  vote: (id: string) => `/vote/${id}`,
  subscribe: () => "/subscribe",
  confirmSubscription: (token: string) => `/subscribe/${token}`,
  unsubscribe: (token: string) => `/unsubscribe/${token}`,
  digest: (date: string) => `/digest/${date}`,
  signIn: (next?: string) => (next ? `/sign-in?${new URLSearchParams({ next })}` : "/sign-in"),
  signInLink: (token: string) => `/sign-in/${token}`,
  signOut: () => "/account/sign-out",
  account: () => "/account",
  about: () => "/about",
  status: () => "/status",
  outbox: () => "/outbox",
  outboxMessage: (id: string) => `/outbox/${id}`,
  me: () => "/api/me",
};

/** Where a paper lies on the sites it came from. */
export const outside = {
  arxivAbstract: (id: string) => `https://arxiv.org/abs/${id}`,
  arxivPdf: (id: string) => `https://arxiv.org/pdf/${id}`,
  arxivHtml: (id: string) => `https://arxiv.org/html/${id}`,
  huggingFace: (id: string) => `https://huggingface.co/papers/${id}`,
};

function paged(path: string, page: number): string {
  return page > 1 ? `${path}?page=${page}` : path;
}
