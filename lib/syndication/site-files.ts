import { routes } from "#lib/platform/routes.ts";
import { element, xmlDocument } from "#lib/syndication/markup.ts";

type Site = { name: string; tagline: string; origin: string };

/**
 * RFC 9309: the longest rule that fits decides. Everybody is welcome to every page of papers, once: not to the same list in
 * another order or density, and not to what is one reader's own. Of searches only to those for plain words that somebody
 * links to, at their first page; by pages, orders and filters there are endlessly many.
 */
export function robotsText({ origin }: Pick<Site, "origin">): string {
  const own = ["/account", "/sign-in", "/vote/", "/subscribe/", "/unsubscribe/", "/outbox"];
  const variants = ["q", "sort", "view", "category", "verbatim"].flatMap((key) => [`/*?${key}=`, `/*&${key}=`]);
  const rules = [
    ...["/", "/api/daily_papers", "/api/papers/", "/papers?q="].map((path) => `Allow: ${path}`),
    ...["/api/", "/papers/suggest", "/papers?q=*&", "/papers?q=*%3A"].map((path) => `Disallow: ${path}`),
    ...[...own, ...variants].map((path) => `Disallow: ${path}`),
  ];
  return `User-agent: *\n${rules.join("\n")}\n\nSitemap: ${origin}${routes.sitemap()}\n`;
}

/** How a browser searches here from its own search field (https://github.com/dewitt/opensearch, 1.1 draft 6). */
export function openSearchDescription({ name, tagline, origin }: Site): string {
  const template = (path: string) => `${origin}${path}${path.includes("?") ? "&" : "?"}q={searchTerms}`;
  return xmlDocument(
    element(
      "OpenSearchDescription",
      { xmlns: "http://a9.com/-/spec/opensearch/1.1/", "xmlns:moz": "http://www.mozilla.org/2006/browser/search/" },
      // At most 16 characters.
      element("ShortName", {}, cut(name, 16)),
      element("LongName", {}, cut(name, 48)),
      element("Description", {}, cut(`Search ${name}. ${tagline}`, 1024)),
      element("InputEncoding", {}, "UTF-8"),
      element("Language", {}, "en"),
      element("Image", { width: 32, height: 32, type: "image/svg+xml" }, origin + routes.icon()),
      element("Url", { type: "text/html", method: "get", template: template(routes.search()) }),
      element("Url", { type: "application/x-suggestions+json", template: template("/papers/suggest") }),
      element("Url", { type: "application/atom+xml", template: template(routes.feed(routes.search(), "xml")) }),
      element("Url", {
        type: "application/opensearchdescription+xml",
        rel: "self",
        template: origin + routes.openSearch(),
      }),
      element("moz:SearchForm", {}, origin + routes.search()),
    ),
  );
}

/** https://www.w3.org/TR/appmanifest/ */
export function webManifest({ name, tagline }: Omit<Site, "origin">): object {
  const picture = (file: "icon-192" | "icon-512" | "icon-maskable-512", size: number, purpose: string) => ({
    src: routes.iconPicture(file),
    type: "image/png",
    sizes: `${size}x${size}`,
    purpose,
  });
  const shortcut = (label: string, url: string) => ({ name: label, url });
  return {
    id: routes.home(),
    name,
    short_name: cut(name, 12),
    description: tagline,
    lang: "en",
    dir: "ltr",
    start_url: routes.home(),
    scope: "/",
    // A reader wants the way back, and the address to pass on.
    display: "minimal-ui",
    background_color: "#fbf9f3",
    theme_color: "#fbf9f3",
    icons: [
      { src: routes.icon(), type: "image/svg+xml", sizes: "any", purpose: "any" },
      picture("icon-192", 192, "any"),
      picture("icon-512", 512, "any"),
      picture("icon-maskable-512", 512, "maskable"),
    ],
    shortcuts: [
      shortcut("This week", routes.thisWeek()),
      shortcut("Trending", routes.trending()),
      shortcut("Search", routes.search()),
    ],
  };
}

/** What is here for programs that read text (https://llmstxt.org). */
export function llmsText({ name, tagline, origin }: Site): string {
  const item = (label: string, path: string, words: string) => `- [${label}](${origin}${path}): ${words}`;
  return `# ${name}

> ${tagline}.

Titles and abstracts are arXiv's metadata (CC0). Times are UTC. Days, weeks and months are written 2026-08-20, 2026-W34, 2026-08. A
paper is known by its arXiv id without a version: 2608.12313, hep-th/9901001.

## Papers

${item("A paper as Markdown", "/papers/2608.12313.md", "title and abstract with their TeX, authors, dates, where and why it was printed")}
${item("A paper as JSON", "/papers/2608.12313.json", "the same paper in the shape of Hugging Face's API")}
${item("A paper to cite", "/papers/2608.12313.bib", "BibTeX; .ris for reference managers")}
${item("A day as Markdown", "/papers/date/2026-08-20.md", "an edition by rank, with the reasons of each rank")}

## Lists

${item("The newest editions", "/feed.json", "JSON Feed 1.1; /feed.xml is Atom. Every list has both beside it, with ?category=cs.LG for one class")}
${item("Trending", "/papers/trending/feed.json", "what is talked about now")}
${item("A day, a week, a month", "/papers/week/feed.json", "or /papers/date/2026-08-20/feed.json, /papers/month/2026-08/feed.json")}

## API

${item("Daily papers", "/api/daily_papers", "date, week or month; sort=trending; p from 0; limit to 100")}
${item("Search", "/api/papers/search?q=attention", "best match first; limit to 100; cat:, au:, ti:, abs:, from:, to: narrow it")}
${item("One paper", "/api/papers/2608.12313", "404 when it was not printed here")}

Feed items carry \`_broadsheet\`: \`pdf_url\`, \`links\`, \`rank\` (null for a late arrival), \`score\`, and \`reasons\`: why the paper stands where it
stands, with points that sum to the score.

## About

${item("How papers are ranked", routes.about(), "the rule, its weights and their history")}
${item("Status", routes.status(), "how fresh each source is")}
${item("Sitemap", routes.sitemap(), "every page, by month")}
`;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}
