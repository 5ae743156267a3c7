import type { Metadata } from "next";
import { markedTitle } from "#lib/papers/marked-title.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import type { PaperDetail } from "#lib/papers/types.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { citationTags } from "#lib/syndication/citation-tags.ts";

type Query = Record<string, string | string[] | undefined>;

/**
 * What the head of a page of papers says: where it stands itself, without tracking words, order and density, and where its
 * feeds are. `list` is the page's own path; `card` a picture of it.
 */
export function listHead({
  list,
  query,
  title,
  card,
}: {
  list: string;
  query: Query;
  /** Left out on the front page, which has the site's name for its title. */
  title?: string;
  card?: string;
}): Metadata {
  const { category, page } = parseListView(query);
  const kept = new URLSearchParams({ ...(page > 1 && { page: String(page) }), ...(category && { category }) });
  const canonical = kept.size > 0 ? `${list}?${kept}` : list;
  const name = category ? `${title ?? site.name} in ${category}` : (title ?? site.name);
  return {
    ...((title || category) && { title: name }),
    alternates: {
      canonical,
      types: {
        "application/atom+xml": [{ url: routes.feed(list, "xml", { category }), title: `${name} (Atom)` }],
        "application/feed+json": [{ url: routes.feed(list, "json", { category }), title: `${name} (JSON Feed)` }],
      },
    },
    openGraph: linkCard({ url: canonical, title: name, card: card ?? routes.siteCard() }),
  };
}

const LONGEST_DESCRIPTION = 300;
const MOST_NAMED = 20;

/** What the head of a paper's page says: for readers, for who links to it, and for who cites it. */
export function paperHead(paper: PaperDetail): Metadata {
  const title = markedTitle(paper);
  const url = routes.paper(paper.id);
  const file = (format: "json" | "md" | "bib" | "ris") => [
    { url: routes.paperFile(paper.id, format), title: `${title} (${format})` },
  ];
  return {
    title,
    description: cut(plainText(paper.abstract), LONGEST_DESCRIPTION),
    alternates: {
      canonical: url,
      types: {
        "application/json": file("json"),
        "text/markdown": file("md"),
        "application/x-bibtex": file("bib"),
        "application/x-research-info-systems": file("ris"),
      },
    },
    openGraph: linkCard({
      url,
      title,
      card: routes.paperFile(paper.id, "png"),
      article: {
        publishedTime: paper.submittedAt ?? undefined,
        modifiedTime: paper.revisedAt ?? undefined,
        authors: paper.authors.slice(0, MOST_NAMED).map(plainText),
        tags: paper.categories,
      },
    }),
    other: citationTags(paper),
  };
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = text.slice(0, most - 1).toWellFormed();
  return `${start.slice(0, start.lastIndexOf(" "))}…`;
}

/** What is shown where an address of ours is pasted (https://ogp.me). */
function linkCard({
  url,
  title,
  card,
  article,
}: {
  url: string;
  title: string;
  card: string;
  article?: { publishedTime?: string; modifiedTime?: string; authors?: string[]; tags?: string[] };
}): Metadata["openGraph"] {
  const images = [{ url: card, width: 1200, height: 630, type: "image/png", alt: title }];
  const always = { url, title, images, siteName: site.name, locale: "en" };
  return article ? { ...always, type: "article", ...article } : { ...always, type: "website" };
}
