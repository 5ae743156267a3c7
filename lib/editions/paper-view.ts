import type { PaperView, RankedPaper } from "#lib/editions/types.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import type { PaperCard } from "#lib/papers/types.ts";
import { typesetText } from "#lib/papers/typeset-text.ts";
import { outside } from "#lib/platform/routes.ts";
import { describeReason, formatPoints } from "#lib/trending/describe-reason.ts";

/** A paper as a list shows it: its text typeset, its reasons in words. A card without a place has neither rank nor reasons. */
export function toPaperView(paper: PaperCard & Partial<RankedPaper>): PaperView {
  const { rank = null, reasons = [], score = 0, codeUrl, projectUrl, ...card } = paper;
  return {
    ...card,
    plainTitle: plainText(card.title),
    titleParts: typesetText(card.title),
    abstractParts: typesetText(card.abstract),
    links: [
      { label: "arXiv", href: outside.arxivAbstract(card.id) },
      { label: "PDF", href: outside.arxivPdf(card.id) },
      ...(codeUrl ? [{ label: "Code", href: codeUrl }] : []),
      ...(projectUrl ? [{ label: "Project", href: projectUrl }] : []),
    ],
    rank,
    reasons: reasons.map(describeReason),
    score: formatPoints(score),
  };
}
