import { formatDate, formatDay, formatMoment } from "#lib/editions/format-day.ts";
import { toPaperView } from "#lib/editions/paper-view.ts";
import type { PaperSheetView, VersionView } from "#lib/editions/types.ts";
import { formatBibtex } from "#lib/papers/format-bibtex.ts";
import type { PaperDetail, PaperPlace } from "#lib/papers/types.ts";
import { outside, routes } from "#lib/platform/routes.ts";
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
    withdrawnWords: withdrawnWords(paper),
    places: paper.editions.map(toPlace),
    versions: paper.versions.length > 1 ? toVersions(paper, timeZone) : [],
    bibtex: formatBibtex(paper),
  };
}

function withdrawnWords({ withdrawn, deleted }: PaperDetail): string | null {
  if (deleted) return "Withdrawn: arXiv has deleted its record of this paper.";
  return withdrawn ? "Withdrawn: its last version says so, in its abstract or its comment." : null;
}

function toPlace(place: PaperPlace): PaperSheetView["places"][number] {
  const date = formatDate(place.day);
  switch (place.state) {
    case "printed": {
      const { day, rank, of } = place;
      const words = `${ordinal(rank)} paper of ${date}${of > 1 ? `, of ${of}` : ""}`;
      return { day, rank, words, reasons: place.reasons.map(describeReason) };
    }
    case "late":
      return { day: place.day, rank: null, words: `Late arrival of ${date}`, reasons: [] };
    case "open":
      return { day: place.day, rank: null, words: `In the edition of ${date}, still open`, reasons: [] };
  }
}

function toVersions({ id, version: present, versions }: PaperDetail, timeZone: string): VersionView[] {
  const known = versions.filter(({ text }) => text !== null).map(({ version }) => version);
  return versions.toReversed().map(({ version, submittedAt, text }) => {
    const since = text && known.findLast((older) => older < version);
    return {
      version,
      submitted: submittedAt ? formatMoment(submittedAt, timeZone) : "date not known here",
      present: version === present,
      arxivUrl: outside.arxivVersion(id, version),
      changes: since ? { href: routes.paperChanges(id, { from: since, to: version }), since } : null,
    };
  });
}

/** 1st, 2nd, 3rd, 4th, 11th … */
function ordinal(number: number): string {
  const endings: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };
  return `${number}${endings[new Intl.PluralRules("en", { type: "ordinal" }).select(number)] ?? "th"}`;
}
