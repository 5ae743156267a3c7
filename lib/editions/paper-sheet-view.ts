import { formatDay, formatMoment } from "#lib/editions/format-day.ts";
import { toPaperView } from "#lib/editions/paper-view.ts";
import type { PaperSheetView } from "#lib/editions/types.ts";
import { formatBibtex } from "#lib/papers/format-bibtex.ts";
import type { PaperDetail } from "#lib/papers/types.ts";
import { outside } from "#lib/platform/routes.ts";
import { describeReason } from "#lib/trending/describe-reason.ts";

const sourceNames = { arxiv: "arXiv", huggingface: "Hugging Face Daily Papers", sample: "the bundled sample" } as const;

/** A paper as its own page shows it: dates by name, places in editions, links, and the entry to cite it by. */
export function toPaperSheetView(paper: PaperDetail, { timeZone }: { timeZone: string }): PaperSheetView {
  const moment = (time: string | null) => time && formatMoment(time, timeZone);
  const dates: [string, string | null][] = [
    ["Submitted", moment(paper.submittedAt)],
    [`Revised (version ${paper.version})`, paper.version > 1 ? moment(paper.revisedAt) : null],
    ["Announced by arXiv", paper.announcedOn && formatDay(paper.announcedOn)],
  ];
  const links = toPaperView(paper).links.toSpliced(2, 0, { label: "HTML", href: outside.arxivHtml(paper.id) });
  return {
    ...toPaperView(paper),
    links: paper.sources.includes("huggingface")
      ? [...links, { label: "Hugging Face", href: outside.huggingFace(paper.id) }]
      : links,
    facts: [
      ...dates,
      ["Categories", paper.categories.join(", ") || null] as const,
      ["Comment", paper.comment] as const,
      ["Journal", paper.journalRef] as const,
      ["DOI", paper.doi] as const,
      ["Found on", paper.sources.map((source) => sourceNames[source]).join(" and ") || null] as const,
    ].flatMap(([name, value]) => (value ? [{ name, value }] : [])),
    places: paper.editions.map(({ day, rank, reasons }) => ({
      day,
      words: rank === null ? formatDay(day) : `${ordinal(rank)} paper of ${formatDay(day)}`,
      reasons: reasons.map(describeReason),
    })),
    bibtex: formatBibtex(paper),
  };
}

/** 1st, 2nd, 3rd, 4th, 11th … */
function ordinal(number: number): string {
  const endings: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };
  return `${number}${endings[new Intl.PluralRules("en", { type: "ordinal" }).select(number)] ?? "th"}`;
}
