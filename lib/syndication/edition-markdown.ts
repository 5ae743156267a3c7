import { formatDay, formatMoment } from "#lib/editions/format-day.ts";
import type { Edition } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";
import { describeReason, formatPoints } from "#lib/trending/describe-reason.ts";

/** An edition as Markdown, for programs that read text: its papers by rank, TeX as typed, each with why it is here. */
export function editionMarkdown(
  edition: Edition,
  { origin, siteName, timeZone }: { origin: string; siteName: string; timeZone: string },
): string {
  const closing = formatMoment(edition.closesAt, timeZone);
  const more = edition.total - edition.papers.length;
  return [
    `# ${siteName}: ${formatDay(edition.day)}`,
    `${edition.total} papers; ${edition.frozen ? `closed ${closing}` : `open until ${closing}`}. <${origin}${routes.edition(edition.day)}>`,
    ...edition.papers.map((paper) => entryMarkdown(paper, origin)),
    ...(more > 0 ? [`${more} more: <${origin}/api/daily_papers?date=${edition.day}&p=1>`] : []),
    "",
  ].join("\n\n");
}

function entryMarkdown(
  { id, title, authors, abstract, rank, score, reasons, withdrawn }: Edition["papers"][number],
  origin: string,
): string {
  const why = reasons.map(describeReason).join("; ");
  return [
    `## ${rank ?? "Late arrival"}${rank ? "." : ":"} ${title.replace(/\s+/g, " ")}`,
    `<${origin}${routes.paper(id)}> · arXiv:${id}${withdrawn ? " · **withdrawn**" : ""}`,
    authors.join(", "),
    abstract.trim(),
    `Why it is here: ${formatPoints(score)} points${why && `: ${why}`}.`,
  ]
    .filter(Boolean)
    .join("\n\n");
}
