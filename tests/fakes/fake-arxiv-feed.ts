import { type Answer, type ArxivPaper, digest, isWeekend, type World } from "#tests/fakes/world.ts";
import { element, escapeXml } from "#tests/fakes/xml.ts";

// Archives that arXiv has; a class is one of these with `.XX`.
const archives =
  "astro-ph cond-mat cs econ eess gr-qc hep-ex hep-lat hep-ph hep-th math math-ph nlin nucl-ex nucl-th physics q-bio q-fin quant-ph stat".split(
    " ",
  );

/** `/rss/CATS` and `/atom/CATS` as rss.arxiv.org answers: the listing of the world's newest day; null for other paths. */
export function answerArxivFeed({ pathname }: URL, world: World): Answer | null {
  const [, path, asked] = /^\/(rss|atom)\/(.+)$/.exec(pathname) ?? [];
  if (!asked) return null;
  const form = path === "atom" ? atom : rss;
  const categories = decodeURIComponent(asked).split("+");
  const about = { categories, day: world.today };
  const bad = categories.find((category) => !archives.includes(category.replace(/\..*$/, "")));
  if (bad) return answer(400, form.type, form.feed(about, { error: `Invalid archive or category: ${bad}`, items: "" }));
  // On weekends the feed is there and has no item.
  const papers = isWeekend(world.today) ? [] : world.listArxivPapers();
  const items = papers.flatMap((paper) => announcementOf(paper, about) ?? []).map((one) => form.item(one));
  return answer(200, form.type, form.feed(about, { items: items.join("") }));
}

/** What a feed is of. */
type About = { categories: string[]; day: Temporal.PlainDate };
type Announcement = { paper: ArxivPaper; type: string; version: number; day: Temporal.PlainDate };
type Contents = { items: string; error?: string };

const rss = { type: "application/rss+xml", item: rssItem, feed: rssFeed };
const atom = { type: "application/atom+xml", item: atomEntry, feed: atomFeed };

function answer(status: number, type: string, body: string): Answer {
  const headers = { "content-type": `${type}; charset=utf-8` };
  if (status !== 200) return { status, headers, body };
  return { status, headers: { ...headers, etag: `"${digest(body, 32)}"`, "cache-control": "max-age=3600" }, body };
}

function announcementOf(paper: ArxivPaper, { categories, day }: About): Announcement | null {
  const listing = paper.listings.find((candidate) => candidate.day.equals(day));
  const matching = paper.categories.filter((category) =>
    categories.some((asked) => category === asked || category.startsWith(`${asked}.`)),
  );
  if (!listing || matching.length === 0) return null;
  const isPrimary = matching.includes(paper.categories[0] ?? "") && listing.type !== "cross";
  const type = listing.type === "replace" ? (isPrimary ? "replace" : "replace-cross") : isPrimary ? "new" : "cross";
  const version = listing.type === "replace" ? paper.version : listing.type === "cross" ? paper.version : 1;
  return { paper, type, version, day };
}

function description({ paper, type, version }: Announcement): string {
  return `arXiv:${paper.id}v${version} Announce Type: ${type} \nAbstract: ${paper.abstract}`;
}

function rssItem(announcement: Announcement): string {
  const { paper, type, version, day } = announcement;
  const indent = "      ";
  return `    <item>
${element("title", paper.title, indent)}      <link>https://arxiv.org/abs/${paper.id}</link>
${element("description", description(announcement), indent)}      <guid isPermaLink="false">oai:arXiv.org:${paper.id}v${version}</guid>
${paper.categories.map((category) => element("category", category, indent)).join("")}      <pubDate>${rfc822(easternMidnight(day))}</pubDate>
      <arxiv:announce_type>${type}</arxiv:announce_type>
${element("dc:rights", paper.licenseUrl, indent)}${element("arxiv:DOI", paper.doi, indent)}${element("arxiv:journal_reference", paper.journalRef, indent)}${element("dc:creator", paper.authors.join(", "), indent)}    </item>
`;
}

function rssFeed({ categories, day }: About, { items, error }: Contents): string {
  const names = categories.join(", ");
  const address = escapeXml(`http://rss.arxiv.org/rss/${categories.join("+")}`);
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel>
    <title>${error ? `Feed error for query: ${address}` : `${escapeXml(names)} updates on arXiv.org`}</title>
    <link>${address}</link>
    <description>${escapeXml(error ?? `${names} updates on the arXiv.org e-print archive.`)}</description>
    <atom:link href="${address}" rel="self" type="application/rss+xml"/>
    <docs>http://www.rssboard.org/rss-specification</docs>
    <language>en-us</language>
    <lastBuildDate>${rfc822(madeAt(day))}</lastBuildDate>
    <managingEditor>rss-help@arxiv.org</managingEditor>
    <pubDate>${rfc822(easternMidnight(day))}</pubDate>
    <skipDays>
      <day>Sunday</day>
      <day>Saturday</day>
    </skipDays>
${items}  </channel>
</rss>
`;
}

/** An entry was `updated` when the answer was made, and `published` at the listing's midnight. */
function atomEntry(announcement: Announcement): string {
  const { paper, type, version, day } = announcement;
  return `  <entry>
    <id>oai:arXiv.org:${paper.id}v${version}</id>
${element("title", paper.title)}    <updated>${isoTime(madeAt(day))}</updated>
    <link href="https://arxiv.org/abs/${paper.id}" rel="alternate" type="text/html"/>
${element("summary", description(announcement))}${paper.categories.map((category) => `    <category term="${escapeXml(category)}"/>\n`).join("")}    <published>${isoTime(easternMidnight(day))}</published>
    <arxiv:announce_type>${type}</arxiv:announce_type>
${element("dc:rights", paper.licenseUrl)}${element("arxiv:journal_reference", paper.journalRef)}${element("arxiv:DOI", paper.doi)}${element("dc:creator", paper.authors.join(", "))}  </entry>
`;
}

function atomFeed({ categories, day }: About, { items, error }: Contents): string {
  const names = categories.join(", ");
  const address = escapeXml(`http://rss.arxiv.org/atom/${categories.join("+")}`);
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>${address}</id>
  <title>${error ? `Feed error for query: ${address}` : `${escapeXml(names)} updates on arXiv.org`}</title>
  <updated>${isoTime(madeAt(day))}</updated>
  <link href="${address}" rel="self" type="application/atom+xml"/>
  <subtitle>${escapeXml(error ?? `${names} updates on the arXiv.org e-print archive.`)}</subtitle>
${items}</feed>
`;
}

function madeAt(day: Temporal.PlainDate): Temporal.ZonedDateTime {
  return day.toZonedDateTime({ timeZone: "UTC", plainTime: "05:00:14" });
}

function easternMidnight(day: Temporal.PlainDate): Temporal.ZonedDateTime {
  return day.toZonedDateTime("America/New_York");
}

function isoTime(time: Temporal.ZonedDateTime): string {
  return time.toString({ timeZoneName: "never", smallestUnit: "second" });
}

function rfc822(time: Temporal.ZonedDateTime): string {
  const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][time.dayOfWeek - 1];
  const month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[time.month - 1];
  const clock = time.toPlainTime().toString({ smallestUnit: "second" });
  return `${weekday}, ${String(time.day).padStart(2, "0")} ${month} ${time.year} ${clock} ${time.offset.replace(":", "")}`;
}
