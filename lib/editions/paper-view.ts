import { formatDate } from "#lib/editions/format-day.ts";
import type { PaperView, RankedPaper } from "#lib/editions/types.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import type { PaperCard } from "#lib/papers/types.ts";
import { typesetText } from "#lib/papers/typeset-text.ts";
import { outside } from "#lib/platform/routes.ts";
import { describeReason, formatPoints } from "#lib/trending/describe-reason.ts";

/** The paper without its abstract, for a list of titles: what is not shown need not be typeset. */
export function toTitleView(paper: PaperCard & Partial<RankedPaper>): PaperView {
  return toPaperView({ ...paper, abstract: "" });
}

/** A paper as a list shows it: its text typeset, its reasons in words. A card without a place has neither rank nor reasons. */
export function toPaperView(paper: PaperCard & Partial<RankedPaper>): PaperView {
  const { rank = null, reasons = [], score = 0, codeUrl, projectUrl, formulas, ...card } = paper;
  return {
    ...card,
    plainTitle: plainText(card.title),
    titleParts: typesetText(card.title, formulas?.title),
    abstractParts: typesetText(card.abstract, formulas?.abstract),
    links: [
      { label: "arXiv", href: outside.arxivAbstract(card.id) },
      { label: "PDF", href: outside.arxivPdf(card.id) },
      ...(codeUrl ? [{ label: "Code", href: codeUrl }] : []),
      ...(projectUrl ? [{ label: "Project", href: projectUrl }] : []),
    ],
    date:
      card.submittedAt && formatDate(Temporal.Instant.from(card.submittedAt).toZonedDateTimeISO("UTC").toPlainDate()),
    // Hugging Face is the only source that has comments.
    discussion: card.comments > 0 ? { label: commentsOf(card.comments), href: outside.huggingFace(card.id) } : null,
    rank,
    reasons: reasons.map(describeReason),
    score: formatPoints(score),
  };
}

function commentsOf(count: number): string {
  return `${count.toLocaleString("en")} comment${count === 1 ? "" : "s"}`;
}
