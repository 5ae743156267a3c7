import { oneLine, paragraphs } from "#lib/papers/clean-text.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { announcementDate } from "#lib/sources/arxiv/announcement-date.ts";
import { readClasses } from "#lib/sources/arxiv/read-classes.ts";
import {
  ATOM_NAMESPACE,
  attributeOf,
  elementsIn,
  readXml,
  textIn,
  valuesIn,
  type XmlElement,
} from "#lib/sources/arxiv/read-xml.ts";
import { isName } from "#lib/sources/arxiv/split-authors.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";
import { parseTime } from "#lib/sources/source-date.ts";
import { type ParsedPapers, UnexpectedAnswer } from "#lib/sources/types.ts";

/** A page of the API's answer. `entries` counts what stood in it, `total` what the query has in all (null: not said). */
export type AtomPage = ParsedPapers & { entries: number; total: number | null; start: number };

/**
 * One page of arXiv's API, of either generation of its server. Throws `UnexpectedAnswer` with arXiv's own words when the
 * answer is one of its errors, which are feeds too.
 */
export function parseAtom(text: string): AtomPage {
  const { root: feed } = readXml(text, {
    roots: { feed: ATOM_NAMESPACE },
    lists: ["entry", "author", "category", "link"],
  });
  const entries = valuesIn(feed, "entry").map((entry) => (typeof entry === "object" ? (entry as XmlElement) : {}));
  const page: AtomPage = {
    papers: [],
    rejected: [],
    entries: entries.length,
    total: numberIn(feed, "opensearch:totalResults"),
    start: numberIn(feed, "opensearch:startIndex") ?? 0,
  };
  for (const [index, entry] of entries.entries()) {
    refuseError(entry);
    const paper = toFoundPaper(entry);
    if (typeof paper !== "string") page.papers.push(paper);
    else page.rejected.push({ where: `entry ${index + 1}`, reason: paper });
  }
  return page;
}

/** Errors are entries: titled `Error`, with an id under /api/errors. */
function refuseError(entry: XmlElement): void {
  if (!/^https?:\/\/([a-z.]+\.)?arxiv\.org\/api\/errors/i.test(textIn(entry, "id").trim())) return;
  throw new UnexpectedAnswer(`arXiv refused the question: ${oneLine(textIn(entry, "summary")).slice(0, 200)}`);
}

/** The paper, or why there is none. */
function toFoundPaper(entry: XmlElement): FoundPaper | string {
  const parsed = parsePaperId(textIn(entry, "id"));
  const title = oneLine(textIn(entry, "title"));
  if (!parsed) return `id: ${oneLine(textIn(entry, "id")).slice(0, 80) || "nothing"} is no arXiv id`;
  if (!title) return "it has no title";
  const submittedAt = parseTime(textIn(entry, "published"));
  const announcedOn = submittedAt && announcementDate(submittedAt);
  const terms = valuesIn(entry, "category").map((category) => attributeOf(category, "term"));
  const { categories, otherClasses } = readClasses(terms, attributeOf(entry["arxiv:primary_category"], "term"));
  return foundPaper({
    id: parsed.id,
    source: "arxiv",
    version: parsed.version,
    title,
    abstract: paragraphs(textIn(entry, "summary")),
    authors: elementsIn(entry, "author")
      .map((author) => oneLine(textIn(author, "name")))
      .filter(isName),
    categories,
    comment: oneLine(textIn(entry, "arxiv:comment")) || null,
    journalRef: oneLine(textIn(entry, "arxiv:journal_ref")) || null,
    doi: oneLine(textIn(entry, "arxiv:doi")) || null,
    submittedAt,
    revisedAt: parseTime(textIn(entry, "updated")),
    announcedOn,
    day: announcedOn,
    fields: otherClasses.length > 0 ? { otherClasses } : {},
  });
}

function numberIn(feed: XmlElement, name: string): number | null {
  const text = textIn(feed, name).trim();
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
