import { readAuthorName } from "#lib/papers/author-name.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import { firstDoi } from "#lib/papers/publication.ts";
import type { PaperDetail } from "#lib/papers/types.ts";
import { outside, routes } from "#lib/platform/routes.ts";

/** All of a collaboration's names stand in the page and in its citation tags. */
const MOST_AUTHORS = 100;

/**
 * The paper as JSON-LD (https://schema.org/ScholarlyArticle), safe inside a script element: no `<` is left in it, so no
 * title can end the element.
 */
export function scholarlyArticle(paper: PaperDetail, { origin }: { origin: string }): string {
  const url = origin + routes.paper(paper.id);
  const doi = firstDoi(paper.doi);
  const article = {
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    "@id": url,
    url,
    headline: plainText(paper.title),
    name: plainText(paper.title),
    abstract: plainText(paper.abstract) || undefined,
    author: paper.authors.slice(0, MOST_AUTHORS).map((typed) => ({
      "@type": readAuthorName(typed).kind === "person" ? "Person" : "Organization",
      name: plainText(typed),
    })),
    datePublished: (paper.submittedAt ?? paper.announcedOn)?.slice(0, 10),
    dateModified: paper.revisedAt?.slice(0, 10),
    version: String(paper.version),
    keywords: paper.categories.length > 0 ? paper.categories.join(", ") : undefined,
    inLanguage: "en",
    isAccessibleForFree: true,
    license: paper.licenseUrl ?? undefined,
    creativeWorkStatus: paper.withdrawn ? "Withdrawn" : undefined,
    identifier: { "@type": "PropertyValue", propertyID: "arXiv", value: paper.id },
    sameAs: [outside.arxivAbstract(paper.id), ...(doi ? [`https://doi.org/${doi}`] : [])],
    encoding: { "@type": "MediaObject", contentUrl: outside.arxivPdf(paper.id), encodingFormat: "application/pdf" },
    image: origin + routes.paperFile(paper.id, "png"),
  };
  return JSON.stringify(article).replaceAll("<", "\\u003c");
}
