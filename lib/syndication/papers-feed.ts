import { describeReason, formatPoints } from "#lib/trending/describe-reason.ts";
import { markedTitle } from "#lib/papers/marked-title.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import { plainMath } from "#lib/papers/tex/plain-math.ts";
import { readTex } from "#lib/papers/tex/read-tex.ts";
import { outside, routes } from "#lib/platform/routes.ts";
import { element, type Markup } from "#lib/syndication/markup.ts";
import type { Feed, FeedEntry, FeedPaper, FeedSite, FeedTimes, FollowedList } from "#lib/syndication/types.ts";

/** A feed is read whole each time: what a day's reader can take in. */
export const MOST_IN_FEED = 50;

/** The names of a collaboration of thousands are on the paper's page. */
const MOST_AUTHORS = 100;

/**
 * A list of papers as a feed, at most fifty of them. The same rows make the same bytes, whenever it is asked for: there is
 * no time of making in it, so a reader who asks again gets a 304. Pure.
 */
export function papersFeed(list: FollowedList, times: ReadonlyMap<string, FeedTimes>, site: FeedSite): Feed {
  const papers = list.papers.slice(0, MOST_IN_FEED);
  const entries = papers.map((paper) => toEntry(paper, timesOf(paper, times, list), { site, similar: list.similar }));
  // RFC 3339 in UTC to the second: text order is time order.
  const updated =
    entries
      .map((entry) => entry.updated)
      .toSorted()
      .at(-1) ?? writeTime(list.emptyAt);
  return {
    // The address of a feed in both formats is one feed to be followed, so it has one id.
    id: `${site.ids}:${list.address.replace(/feed\.(xml|json)/, "feed")}`,
    title: list.title,
    subtitle: list.subtitle,
    pageUrl: site.origin + list.page,
    feedUrl: site.origin + list.address,
    siteName: site.name,
    siteUrl: site.origin + routes.home(),
    updated,
    entries,
  };
}

function timesOf(paper: FeedPaper, times: ReadonlyMap<string, FeedTimes>, { emptyAt }: FollowedList): FeedTimes {
  const submitted = paper.submittedAt ? Temporal.Instant.from(paper.submittedAt) : emptyAt;
  return times.get(paper.id) ?? { printedAt: submitted, changedAt: submitted };
}

function toEntry(
  paper: FeedPaper,
  { printedAt, changedAt }: FeedTimes,
  { site, similar }: { site: FeedSite } & Pick<FollowedList, "similar">,
): FeedEntry {
  const url = site.origin + routes.paper(paper.id);
  const related = [
    { label: "Code", href: paper.codeUrl },
    { label: "Project", href: paper.projectUrl },
  ].flatMap(({ label, href }) => (href ? [{ label, href }] : []));
  return {
    id: `${site.ids}:${routes.paper(paper.id)}`,
    url,
    title: markedTitle(paper),
    authors: paper.authors.slice(0, MOST_AUTHORS).map(plainText),
    categories: paper.categories,
    published: writeTime(printedAt),
    updated: writeTime(changedAt),
    text: plainText(paper.abstract),
    html: entryHtml(paper, { url, related }),
    arxivUrl: outside.arxivAbstract(paper.id),
    pdfUrl: outside.arxivPdf(paper.id),
    related,
    // Links only, not a part of the content: neighbours come and go, and a text that changes is shown as new by some readers.
    similar: (similar?.get(paper.id) ?? []).map(({ id, title }) => ({
      title: plainText(title),
      href: site.origin + routes.paper(id),
    })),
    rank: paper.rank ?? null,
    score: paper.score ?? null,
    reasons: (paper.reasons ?? []).map(describeReason),
  };
}

function writeTime(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "second" });
}

/** What a reader's program shows: authors, the whole abstract, why it is here, and the ways on. */
function entryHtml(
  paper: FeedPaper,
  { url, related }: { url: string; related: { label: string; href: string }[] },
): string {
  const links = [
    { label: "On this site", href: url },
    { label: "arXiv", href: outside.arxivAbstract(paper.id) },
    { label: "PDF", href: outside.arxivPdf(paper.id) },
    ...related,
  ];
  const parts: (Markup | null)[] = [
    paper.withdrawn ? element("p", {}, element("strong", {}, "This paper has been withdrawn.")) : null,
    paper.authors.length > 0 ? element("p", {}, element("em", {}, authorLine(paper.authors))) : null,
    ...abstractHtml(paper.abstract),
    paper.sample ? element("p", {}, "Summary written for this sample.") : null,
    reasonHtml(paper),
    element("p", {}, ...links.flatMap(({ label, href }, index) => [index > 0 ? " · " : "", link(href, label)])),
  ];
  return parts.flatMap((part) => (part ? [part.markup] : [])).join("\n");
}

function authorLine(authors: readonly string[]): string {
  const more = authors.length - MOST_AUTHORS;
  const names = authors.slice(0, MOST_AUTHORS).map(plainText).join(", ");
  return more > 0 ? `${names} and ${more.toLocaleString("en")} more` : names;
}

/** Formulas are written with characters: most programs that read feeds take MathML out, and its content runs together. */
function abstractHtml(abstract: string): Markup[] {
  const paragraphs: (string | Markup)[][] = [[]];
  for (const piece of readTex(abstract)) {
    if (piece.kind === "link") paragraphs.at(-1)?.push(link(piece.href, piece.text));
    else if (piece.kind === "math") paragraphs.at(-1)?.push(plainMath(piece.tex) ?? piece.typed);
    else {
      const [first = "", ...others] = piece.text.split(/\n\s*\n/);
      paragraphs.at(-1)?.push(first);
      for (const text of others) paragraphs.push([text]);
    }
  }
  return paragraphs.filter((parts) => parts.some((part) => part !== "")).map((parts) => element("p", {}, ...parts));
}

function reasonHtml({ rank, score, reasons }: FeedPaper): Markup | null {
  if (!reasons || reasons.length === 0) return rank ? element("p", {}, `Rank ${rank}.`) : null;
  const place = rank ? `Rank ${rank}, ` : "";
  const points = score === undefined ? "" : `${formatPoints(score)} points: `;
  return element(
    "p",
    {},
    element("strong", {}, "Why it is here: "),
    `${place}${points}${reasons.map(describeReason).join("; ")}.`,
  );
}

function link(href: string, label: string): Markup {
  return element("a", { href }, label);
}
