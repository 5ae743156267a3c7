import { digestSize } from "#lib/digest/digest-size.ts";
import { nameOf, pageOfPeriod, shortTitleOf, titleOf, wholeOf } from "#lib/digest/period.ts";
import { shorten, shortenAbstract } from "#lib/digest/shorten-abstract.ts";
import type { DigestContent, DigestEdition, DigestPaper } from "#lib/digest/types.ts";
import type { RankedPaper } from "#lib/editions/types.ts";
import { markedTitle } from "#lib/papers/marked-title.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import { outside, routes } from "#lib/platform/routes.ts";
import { describeEvidence } from "#lib/trending/describe-reason.ts";

const MAX_TITLE = 300;
const MAX_SUBJECT_TITLE = 110;
const MAX_AUTHORS = 8;

/** How much of an edition a mail holds: as many papers, each abstract of as many characters. */
type DigestLimits = { papers: number; abstract: number };

// Gmail clips at about 102 KB as encoded, and with the rest the unsubscribe link.
const MAX_HTML = 90_000;
// First the abstracts are shortened, then papers are left to the web.
const usualLimits: DigestLimits = { papers: 50, abstract: 700 };
const tighter: DigestLimits[] = [
  { papers: 50, abstract: 350 },
  { papers: 50, abstract: 160 },
  { papers: 20, abstract: 160 },
  { papers: 10, abstract: 160 },
  { papers: 5, abstract: 160 },
];

/**
 * The digest of what is frozen: papers by rank, of `total`, as short as it must be to arrive whole. Pure: the same edition, the
 * same words, in the mail, its text and on the web.
 */
export function composeDigest(edition: DigestEdition, { siteUrl }: { siteUrl: string }): DigestContent {
  let content = composeWithin(usualLimits, edition, siteUrl);
  for (const limits of tighter) {
    if (digestSize(content) <= MAX_HTML) break;
    content = composeWithin(limits, edition, siteUrl);
  }
  return content;
}

function composeWithin(limits: DigestLimits, edition: DigestEdition, siteUrl: string): DigestContent {
  const { period, papers, total, search = "", classes = [], note = "" } = edition;
  const printed = papers.slice(0, limits.papers).map((paper) => toDigestPaper(paper, { siteUrl, limits }));
  const name = nameOf(period);
  return {
    name,
    dateLine: titleOf(period),
    extent: describeExtent(printed.length, total),
    whole: wholeOf[period.kind],
    note,
    subject: subjectOf(edition, printed[0]?.title),
    preview: note || previewOf(printed),
    papers: printed,
    more: Math.max(0, total - printed.length),
    editionUrl: `${siteUrl}${pageOfPeriod(period)}`,
    archiveUrl: `${siteUrl}${routes.digest(name)}`,
    search: search ? { line: search, url: `${siteUrl}${routes.search(search, { sort: "newest" })}` } : null,
    classes: classes.join(", "),
  };
}

/** "20 August 2026: the lead paper", with what was asked for where it was not all. */
function subjectOf({ period, search = "", classes = [] }: DigestEdition, lead = "no papers"): string {
  const asked = search || classes.join(" ");
  return `${shortTitleOf(period)}${asked && `, ${cutTitle(asked, 60)}`}: ${cutTitle(lead, MAX_SUBJECT_TITLE)}`;
}

function previewOf([, ...others]: readonly DigestPaper[]): string {
  const titles = others.slice(0, 3).map(({ title }) => cutTitle(title, 60));
  return titles.length > 0 ? `Also: ${titles.join(" · ")}` : "";
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
  if (total === 0) return "no papers";
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
