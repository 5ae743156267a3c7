import { oneLine, paragraphs, webLink } from "#lib/papers/clean-text.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import type { FoundPaper, PaperId } from "#lib/papers/types.ts";
import { readClasses } from "#lib/sources/arxiv/read-classes.ts";
import {
  elementsIn,
  isElement,
  readXml,
  textIn,
  textOf,
  valuesIn,
  type XmlElement,
} from "#lib/sources/arxiv/read-xml.ts";
import { splitAuthors } from "#lib/sources/arxiv/split-authors.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";
import { parseWrittenDay } from "#lib/sources/source-date.ts";
import { type ParsedPapers, UnexpectedAnswer } from "#lib/sources/types.ts";

/** A day's announcements. `day` is the listing's date, `items` counts all that stood in it, `skipped` what is no news. */
export type RssDay = ParsedPapers & { day: Temporal.PlainDate | null; items: number; skipped: number };

/**
 * arXiv's daily feed. Printed are new papers, and papers new to the category (cross) whose own month is this one or the
 * last: a cross-listing can be of a paper that is years old. Replacements are no news. On weekends and holidays there is no item.
 */
export function parseRss(text: string): RssDay {
  const rss = readXml(text, { roots: ["rss"], lists: ["item", "category"] });
  const [channel] = elementsIn(rss, "channel");
  if (!channel) throw new UnexpectedAnswer("arXiv answered with a feed that has no channel.");
  refuseError(channel);
  const channelDay = parseWrittenDay(textIn(channel, "pubDate"));
  const items = valuesIn(channel, "item");
  const result: RssDay = { papers: [], rejected: [], day: channelDay, items: items.length, skipped: 0 };
  for (const [index, item] of items.entries()) {
    const paper = isElement(item) ? toFoundPaper(item, channelDay) : "it is empty";
    if (typeof paper === "string") result.rejected.push({ where: `item ${index + 1}`, reason: paper });
    else if (isElement(item) && isNews(item, paper)) result.papers.push(paper);
    else result.skipped++;
  }
  return result;
}

/** A wrong category is answered by a feed without items whose description is the error (and with HTTP 400). */
function refuseError(channel: XmlElement): void {
  const title = oneLine(textIn(channel, "title"));
  if (!/error/i.test(title) || valuesIn(channel, "item").length > 0) return;
  throw new UnexpectedAnswer(`arXiv refused the question: ${oneLine(textIn(channel, "description")).slice(0, 200)}`);
}

function toFoundPaper(item: XmlElement, channelDay: Temporal.PlainDate | null): FoundPaper | string {
  const { version, abstract } = readDescription(textIn(item, "description"));
  const parsed = parsePaperId(textIn(item, "guid")) ?? parsePaperId(textIn(item, "link"));
  const title = oneLine(textIn(item, "title"));
  if (!parsed) return `guid: ${oneLine(textIn(item, "guid")).slice(0, 80) || "nothing"} is no arXiv id`;
  if (!title) return "it has no title";
  const day = parseWrittenDay(textIn(item, "pubDate")) ?? channelDay;
  const { categories, otherClasses } = readClasses(valuesIn(item, "category").map(textOf));
  return foundPaper({
    id: parsed.id,
    source: "arxiv",
    version: parsed.version ?? version,
    title,
    abstract: paragraphs(abstract),
    authors: splitAuthors(textIn(item, "dc:creator")),
    categories,
    journalRef: oneLine(textIn(item, "arxiv:journal_reference")) || null,
    doi: oneLine(textIn(item, "arxiv:DOI")) || null,
    licenseUrl: webLink(textIn(item, "dc:rights")),
    // A cross-listing announces a paper once more: its first announcement is another day.
    announcedOn: announceType(item) === "new" ? day : null,
    day,
    fields: otherClasses.length > 0 ? { otherClasses } : {},
  });
}

/** `arXiv:2609.26811v1 Announce Type: new \nAbstract: …` */
function readDescription(text: string): { version: number | null; abstract: string } {
  const [head, id] = /^\s*arXiv:(\S+)\s+Announce Type:[^\n]*\n\s*(?:Abstract:\s*)?/i.exec(text) ?? [];
  const version = id ? (parsePaperId(id)?.version ?? null) : null;
  return { version, abstract: head ? text.slice(head.length) : text.replace(/^\s*Abstract:\s*/i, "") };
}

function announceType(item: XmlElement): string {
  return textIn(item, "arxiv:announce_type").trim().toLowerCase();
}

function isNews(item: XmlElement, { id, day }: FoundPaper): boolean {
  const type = announceType(item);
  return type === "new" || (type === "cross" && day !== null && isRecent(id, day));
}

function isRecent(id: PaperId, day: Temporal.PlainDate): boolean {
  const oldest = day.subtract({ months: 1 });
  return (
    !id.includes("/") && id.slice(0, 4) >= `${String(oldest.year).slice(2)}${String(oldest.month).padStart(2, "0")}`
  );
}
