import { formatDay, formatMoment } from "#lib/editions/format-day.ts";
import type { Edition } from "#lib/editions/types.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import type { PaperDetail } from "#lib/papers/types.ts";
import { settableText } from "#lib/syndication/settable-text.ts";
import type { LinkCardView } from "#lib/syndication/types.ts";

type Setting = { siteName: string; covered: ReadonlySet<number> };

const LONGEST_TITLE = 220;
const LONGEST_LINE = 110;
const SHOWN_AUTHORS = 4;

/** What the picture of a paper says: nothing that changes with a vote, so that it can be kept for hours. */
export function paperCardView(paper: PaperDetail, { siteName, covered }: Setting): LinkCardView {
  const title = settableText(plainText(paper.title), covered);
  const date = paper.submittedAt ?? paper.announcedOn;
  const foot = [`arXiv:${paper.id}`, ...paper.categories.slice(0, 3), date && dayOf(date)];
  return {
    siteName: settableText(siteName, covered).text,
    kicker: paper.withdrawn ? "Withdrawn" : "",
    title: readable(title.text) ? cut(title.text, LONGEST_TITLE) : `arXiv:${paper.id}`,
    lines: [authorLine(paper.authors, covered)].filter(Boolean),
    foot: foot.filter(Boolean).join("  ·  "),
  };
}

/** What the picture of an edition says: its day, how many papers, and the titles of the first. */
export function editionCardView(
  edition: Edition,
  { siteName, covered, timeZone }: Setting & { timeZone: string },
): LinkCardView {
  const titles = edition.papers.map((paper) => settableText(plainText(paper.title), covered).text).filter(readable);
  const count = edition.total === 1 ? "1 paper" : `${edition.total.toLocaleString("en")} papers`;
  return {
    siteName: settableText(siteName, covered).text,
    kicker: edition.total === 0 ? "No papers" : count,
    title: formatDay(edition.day),
    lines: titles.slice(0, 3).map((title) => cut(title, LONGEST_LINE)),
    foot: edition.frozen ? `Closed ${formatMoment(edition.closesAt, timeZone)}` : "",
  };
}

/** What the picture of the site says. */
export function siteCardView({
  siteName,
  tagline,
  host,
  covered,
}: Setting & { tagline: string; host: string }): LinkCardView {
  const lines = [settableText(tagline, covered).text].filter(Boolean);
  return { siteName: host, kicker: "", title: settableText(siteName, covered).text, lines, foot: "" };
}

/** The first authors whose names the font can write, and how many more there are. */
function authorLine(authors: readonly string[], covered: ReadonlySet<number>): string {
  const names: string[] = [];
  for (const author of authors) {
    const name = settableText(plainText(author), covered);
    if (names.length === SHOWN_AUTHORS || names.join(", ").length + name.text.length > LONGEST_LINE) break;
    if (!name.lossy && name.text !== "") names.push(name.text);
  }
  const more = authors.length - names.length;
  if (names.length === 0) return authors.length > 0 ? countAuthors(authors.length) : "";
  return more > 0 ? `${names.join(", ")} and ${more.toLocaleString("en")} more` : names.join(", ");
}

function countAuthors(count: number): string {
  return count === 1 ? "1 author" : `${count.toLocaleString("en")} authors`;
}

/** Whether words are left. */
function readable(text: string): boolean {
  return (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= 3;
}

function dayOf(time: string): string {
  return Temporal.PlainDate.from(time.slice(0, 10)).toLocaleString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

/** At the end of a word where there is one. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = text
    .slice(0, most)
    .toWellFormed()
    .replace(/\uFFFD$/, "");
  const blank = start.lastIndexOf(" ");
  return `${(blank > most / 2 ? start.slice(0, blank) : start).replace(/[\s,;:.…-]+$/u, "")}…`;
}
