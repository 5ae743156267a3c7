import { routes } from "#lib/platform/routes.ts";
import { version } from "#lib/platform/version.ts";
import { element, type Markup, xmlDocument } from "#lib/syndication/markup.ts";
import type { Feed, FeedEntry, FeedFormat } from "#lib/syndication/types.ts";

/** arXiv's own scheme for its classes, as its Atom API has it. */
const ARXIV_CLASSES = "http://arxiv.org/schemas/atom";

/** A feed as it is answered. Pages of other sites may read it. */
export function feedAnswer(feed: Feed, format: FeedFormat): Response {
  const [body, type] =
    format === "xml"
      ? [formatAtom(feed), "application/atom+xml"]
      : [`${JSON.stringify(toJsonFeed(feed))}\n`, "application/feed+json"];
  return new Response(body, {
    headers: { "Content-Type": `${type}; charset=utf-8`, "Access-Control-Allow-Origin": "*" },
  });
}

/** RFC 4287. */
export function formatAtom(feed: Feed): string {
  return xmlDocument(
    element(
      "feed",
      { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": "en" },
      element("id", {}, feed.id),
      element("title", {}, feed.title),
      element("subtitle", {}, feed.subtitle),
      element("updated", {}, feed.updated),
      // Stands for the author of entries that name none (4.2.1).
      element("author", {}, element("name", {}, feed.siteName), element("uri", {}, feed.siteUrl)),
      element("link", { rel: "self", type: "application/atom+xml", href: feed.feedUrl }),
      element("link", { rel: "alternate", type: "text/html", href: feed.pageUrl }),
      element("icon", {}, new URL(routes.icon(), feed.siteUrl).href),
      element("generator", { version }, "Broadsheet"),
      ...feed.entries.map(atomEntry),
    ),
  );
}

function atomEntry(entry: FeedEntry): Markup {
  return element(
    "entry",
    {},
    element("id", {}, entry.id),
    element("title", {}, entry.title),
    element("published", {}, entry.published),
    element("updated", {}, entry.updated),
    ...entry.authors.map((name) => element("author", {}, element("name", {}, name))),
    ...entry.categories.map((term) => element("category", { term, scheme: ARXIV_CLASSES })),
    element("link", { rel: "alternate", type: "text/html", href: entry.url }),
    element("link", { rel: "via", type: "text/html", href: entry.arxivUrl, title: "arXiv" }),
    element("link", { rel: "related", type: "application/pdf", href: entry.pdfUrl, title: "PDF" }),
    ...entry.related.map(({ label, href }) => element("link", { rel: "related", href, title: label })),
    ...entry.similar.map(({ title, href }) =>
      element("link", { rel: "related", type: "text/html", href, title: `Similar: ${title}` }),
    ),
    element("summary", {}, entry.text),
    element("content", { type: "html" }, entry.html),
  );
}

/** https://www.jsonfeed.org/version/1.1/ */
export function toJsonFeed(feed: Feed): object {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    home_page_url: feed.pageUrl,
    feed_url: feed.feedUrl,
    description: feed.subtitle,
    favicon: new URL(routes.icon(), feed.siteUrl).href,
    authors: [{ name: feed.siteName, url: feed.siteUrl }],
    language: "en",
    items: feed.entries.map((entry) => toJsonItem(entry, feed.siteUrl)),
  };
}

function toJsonItem(entry: FeedEntry, siteUrl: string): object {
  return {
    id: entry.id,
    url: entry.url,
    external_url: entry.arxivUrl,
    title: entry.title,
    content_html: entry.html,
    content_text: entry.text,
    date_published: entry.published,
    date_modified: entry.updated,
    ...(entry.authors.length > 0 && { authors: entry.authors.map((name) => ({ name })) }),
    tags: entry.categories,
    // An extension begins with an underscore and says where it is explained.
    _broadsheet: {
      about: new URL(routes.llms(), siteUrl).href,
      pdf_url: entry.pdfUrl,
      links: entry.related,
      similar: entry.similar.map(({ title, href }) => ({ title, url: href })),
      rank: entry.rank,
      score: entry.score,
      reasons: entry.reasons,
    },
  };
}
