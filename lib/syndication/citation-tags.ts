import { type AuthorName, readAuthorName } from "#lib/papers/author-name.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import { firstDoi } from "#lib/papers/publication.ts";
import type { PaperDetail } from "#lib/papers/types.ts";
import { outside } from "#lib/platform/routes.ts";

type CitedPaper = Pick<
  PaperDetail,
  "id" | "title" | "authors" | "categories" | "doi" | "submittedAt" | "revisedAt" | "announcedOn"
>;

/**
 * The Highwire tags by which Zotero and Google Scholar read a paper's page
 * (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing). Every author has a tag of their own, in order.
 * They name the record on arXiv, which is what one cites, not this page.
 */
export function citationTags(paper: CitedPaper): Record<string, string | string[]> {
  const published = dateOf(paper.submittedAt) ?? dateOf(paper.announcedOn);
  const online = dateOf(paper.revisedAt) ?? published;
  const doi = firstDoi(paper.doi);
  return {
    citation_title: plainText(paper.title),
    ...(paper.authors.length > 0 && { citation_author: paper.authors.map(readAuthorName).map(nameOf) }),
    ...(published && { citation_publication_date: published }),
    ...(online && { citation_online_date: online }),
    citation_arxiv_id: paper.id,
    ...(doi && { citation_doi: doi }),
    citation_pdf_url: outside.arxivPdf(paper.id),
    citation_abstract_html_url: outside.arxivAbstract(paper.id),
    ...(paper.categories.length > 0 && { citation_keywords: paper.categories }),
    citation_language: "en",
  };
}

/** `Family, Given`, as arXiv writes it. What a comma would turn round is written without one. */
function nameOf(name: AuthorName): string {
  switch (name.kind) {
    case "others":
      return "et al.";
    case "collective":
      return name.name.replaceAll(",", "");
    case "person": {
      const given = [name.given, name.suffix].filter(Boolean).join(" ");
      return given ? `${name.family}, ${given}` : name.family;
    }
  }
}

/** `2026/08/12`, of an ISO time or date. */
function dateOf(time: string | null): string | undefined {
  return time?.slice(0, 10).replaceAll("-", "/");
}
