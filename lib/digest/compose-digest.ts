import { shorten, shortenAbstract } from "#lib/digest/shorten-abstract.ts";
import type { DigestContent, DigestPaper } from "#lib/digest/types.ts";
import { formatDay, formatShortDay } from "#lib/editions/format-day.ts";
import type { RankedPaper } from "#lib/editions/types.ts";
import { markedTitle } from "#lib/papers/marked-title.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import { outside, routes } from "#lib/platform/routes.ts";
import { describeEvidence } from "#lib/trending/describe-reason.ts";

const MAX_TITLE = 300;
const MAX_SUBJECT_TITLE = 110;
const MAX_AUTHORS = 8;

/** How much of an edition a mail holds: as many papers, each abstract of as many characters. */
export type DigestLimits = { papers: number; abstract: number };

/** What a mail holds where nothing forces it to be shorter. */
export const usualLimits: DigestLimits = { papers: 20, abstract: 700 };

type Composed = { day: Temporal.PlainDate; papers: readonly RankedPaper[]; total: number; search?: string };

/** The digest of a frozen edition, or of what a search finds in it: papers by rank, of `total`. Pure: the same edition, the same words. */
export function composeDigest(
  { day, papers, total, search = "" }: Composed,
  { siteUrl, limits = usualLimits }: { siteUrl: string; limits?: DigestLimits },
): DigestContent {
  const printed = papers.slice(0, limits.papers).map((paper) => toDigestPaper(paper, { siteUrl, limits }));
  const [lead, ...others] = printed;
  const date = day.toString();
  return {
    day: date,
    dateLine: formatDay(day),
    extent: describeExtent(printed.length, total),
    subject: `${formatShortDay(day)} ${day.year}${search && `, ${cutTitle(search, 60)}`}: ${cutTitle(lead?.title ?? "", MAX_SUBJECT_TITLE)}`,
    preview:
      others.length > 0
        ? `Also: ${others
            .slice(0, 3)
            .map(({ title }) => cutTitle(title, 60))
            .join(" · ")}`
        : "",
    papers: printed,
    more: Math.max(0, total - printed.length),
    editionUrl: `${siteUrl}${routes.edition(date)}`,
    archiveUrl: `${siteUrl}${routes.digest(date)}`,
    search: search ? { line: search, url: `${siteUrl}${routes.search(search, { sort: "newest" })}` } : null,
  };
}

function toDigestPaper(
  paper: RankedPaper,
  { siteUrl, limits }: { siteUrl: string; limits: DigestLimits },
): DigestPaper {
  const abstract = shortenAbstract(paper.abstract, limits.abstract);
  return {
    rank: paper.rank ?? 0,
    title: cutTitle(markedTitle(paper), MAX_TITLE),
    authors: formatAuthors(paper.authors),
    abstract: abstract.text,
    shortened: abstract.shortened,
    reasons: paper.reasons.map(describeEvidence).join(" · ") || "Listed in this edition",
    url: `${siteUrl}${routes.paper(paper.id)}`,
    links: [
      { label: "arXiv", href: outside.arxivAbstract(paper.id) },
      { label: "PDF", href: outside.arxivPdf(paper.id) },
      ...(paper.codeUrl ? [{ label: "Code", href: paper.codeUrl }] : []),
      ...(paper.projectUrl ? [{ label: "Project", href: paper.projectUrl }] : []),
    ],
  };
}

function describeExtent(printed: number, total: number): string {
  const papers = total === 1 ? "1 paper" : `${total} papers`;
  return printed < total ? `${printed} of ${papers}` : papers;
}

function cutTitle(title: string, limit: number): string {
  return title.length <= limit ? title : shorten(title, limit).text;
}

function formatAuthors(authors: readonly string[]): string {
  const named = authors
    .slice(0, MAX_AUTHORS)
    .map((name) => cutTitle(plainText(name), 80))
    .join(", ");
  return authors.length > MAX_AUTHORS
    ? `${named} and ${(authors.length - MAX_AUTHORS).toLocaleString("en")} more`
    : named;
}
