import { oneLine, paragraphs, webLink } from "#lib/papers/clean-text.ts";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import type { FoundPaper, PaperId } from "#lib/papers/types.ts";
import { easternDay } from "#lib/sources/arxiv/announcement-date.ts";
import { readClasses } from "#lib/sources/arxiv/read-classes.ts";
import {
  ATOM_NAMESPACE,
  attributeOf,
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
import { parseTime, parseWrittenDay } from "#lib/sources/source-date.ts";
import { type ParsedPapers, UnexpectedAnswer } from "#lib/sources/types.ts";

/** A day's announcements. `day` is the listing's date, `items` counts all that stood in it, `skipped` what is no news. */
export type DayListing = ParsedPapers & { day: Temporal.PlainDate | null; items: number; skipped: number };

/**
 * arXiv's daily feed, as RSS 2.0 (`/rss/CATS`) or as Atom (`/atom/CATS`): its root says which. Printed are new papers, and papers
 * new to the category (cross) whose own month is this one or the last: a cross-listing can be of a paper that is years old.
 * Replacements are no news. On weekends and holidays there is no item. Throws `UnexpectedAnswer` for any other feed, and with
 * arXiv's own words for its error, which is a feed too (and HTTP 400).
 */
export function parseListing(text: string): DayListing {
  const { name, root } = readXml(text, {
    roots: { rss: null, feed: ATOM_NAMESPACE },
    lists: ["item", "entry", "category"],
  });
  return name === "rss" ? readListing(channelOf(root), rss) : readListing(root, atom);
}

/** What the two forms call differently. The announcement, the licence, the authors, DOI and journal have the same names in both. */
type Form = {
  item: string;
  id: string;
  description: string;
  day: string;
  /** What the whole feed says of itself; of an error, what is wrong. */
  about: string;
  link: (value: unknown) => string;
  category: (value: unknown) => string;
  dayOf: (feed: XmlElement) => Temporal.PlainDate | null;
  isListing: (feed: XmlElement) => boolean;
};

const rss: Form = {
  item: "item",
  id: "guid",
  description: "description",
  day: "pubDate",
  about: "description",
  link: textOf,
  category: textOf,
  dayOf: (channel) => parseWrittenDay(textIn(channel, "pubDate")),
  isListing: () => true,
};

const atom: Form = {
  item: "entry",
  id: "id",
  description: "summary",
  day: "published",
  about: "subtitle",
  link: (value) => attributeOf(value, "href"),
  category: (value) => attributeOf(value, "term"),
  dayOf: atomDay,
  isListing: isAtomListing,
};

function channelOf(root: XmlElement): XmlElement {
  const [channel] = elementsIn(root, "channel");
  if (!channel) throw new UnexpectedAnswer("arXiv answered with a feed that has no channel.");
  return channel;
}

/** The feed itself says only when it was made, in UTC: the date of its entries stands before that. */
function atomDay(feed: XmlElement): Temporal.PlainDate | null {
  for (const entry of elementsIn(feed, "entry")) {
    const day = parseWrittenDay(textIn(entry, "published"));
    if (day) return day;
  }
  const madeAt = parseTime(textIn(feed, "updated"));
  return madeAt && easternDay(madeAt);
}

/**
 * arXiv's search answers in Atom too, and so does half the world. A listing says of its papers how they were announced; without
 * papers, its address is that of a listing.
 */
function isAtomListing(feed: XmlElement): boolean {
  const entries = valuesIn(feed, "entry");
  if (entries.length === 0) return /\/atom\/[^/]+$/.test(textIn(feed, "id").trim());
  return entries.some((entry) => isElement(entry) && announceType(entry) !== "");
}

function readListing(feed: XmlElement, form: Form): DayListing {
  const items = valuesIn(feed, form.item);
  refuseError(feed, form);
  if (!form.isListing(feed)) {
    throw new UnexpectedAnswer("arXiv answered with an Atom feed that is no day's listing.");
  }
  const day = form.dayOf(feed);
  const result: DayListing = { papers: [], rejected: [], day, items: items.length, skipped: 0 };
  for (const [index, item] of items.entries()) {
    const paper = isElement(item) ? toFoundPaper(item, form, day) : "it is empty";
    if (typeof paper === "string") result.rejected.push({ where: `${form.item} ${index + 1}`, reason: paper });
    else if (isElement(item) && isNews(item, paper)) result.papers.push(paper);
    else result.skipped++;
  }
  return result;
}

/** A wrong category is answered by a feed without items that says what is wrong where others say what they are. */
function refuseError(feed: XmlElement, { item, about }: Form): void {
  const title = oneLine(textIn(feed, "title"));
  if (!/error/i.test(title) || valuesIn(feed, item).length > 0) return;
  throw new UnexpectedAnswer(`arXiv refused the question: ${oneLine(textIn(feed, about)).slice(0, 200)}`);
}

function toFoundPaper(item: XmlElement, form: Form, listingDay: Temporal.PlainDate | null): FoundPaper | string {
  const { version, abstract } = readDescription(textIn(item, form.description));
  const id = textIn(item, form.id);
  const parsed = parsePaperId(id) ?? parsePaperId(form.link(valuesIn(item, "link")[0]));
  const title = oneLine(textIn(item, "title"));
  if (!parsed) return `${form.id}: ${oneLine(id).slice(0, 80) || "nothing"} is no arXiv id`;
  if (!title) return "it has no title";
  const day = parseWrittenDay(textIn(item, form.day)) ?? listingDay;
  const { categories, otherClasses } = readClasses(valuesIn(item, "category").map(form.category));
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
