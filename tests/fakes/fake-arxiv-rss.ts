import { type Answer, type ArxivPaper, digest, isWeekend, type World } from "#tests/fakes/world.ts";
import { element, escapeXml } from "#tests/fakes/xml.ts";

// Archives that arXiv has; a class is one of these with `.XX`.
const archives =
  "astro-ph cond-mat cs econ eess gr-qc hep-ex hep-lat hep-ph hep-th math math-ph nlin nucl-ex nucl-th physics q-bio q-fin quant-ph stat".split(
    " ",
  );

/** `/rss/CATS` as rss.arxiv.org answers it: the listing of the world's newest day; null for other paths. */
export function answerArxivRss({ pathname }: URL, world: World): Answer | null {
  const asked = /^\/rss\/(.+)$/.exec(pathname)?.[1];
  if (!asked) return null;
  const categories = decodeURIComponent(asked).split("+");
  const bad = categories.find((category) => !archives.includes(category.replace(/\..*$/, "")));
  if (bad)
    return answer(400, channel(categories, world.today, { error: `Invalid archive or category: ${bad}`, items: "" }));
  // On weekends the channel is there and has no item.
  const papers = isWeekend(world.today) ? [] : world.listArxivPapers();
  const items = papers.flatMap((paper) => itemOf(paper, categories, world.today) ?? []).join("");
  return answer(200, channel(categories, world.today, { items }));
}

function answer(status: number, body: string): Answer {
  const headers = { "content-type": "application/rss+xml; charset=utf-8" };
  if (status !== 200) return { status, headers, body };
  return { status, headers: { ...headers, etag: `"${digest(body, 32)}"`, "cache-control": "max-age=3600" }, body };
}

function itemOf(paper: ArxivPaper, categories: string[], day: Temporal.PlainDate): string | null {
  const listing = paper.listings.find((candidate) => candidate.day.equals(day));
  const matching = paper.categories.filter((category) =>
    categories.some((asked) => category === asked || category.startsWith(`${asked}.`)),
  );
  if (!listing || matching.length === 0) return null;
  const isPrimary = matching.includes(paper.categories[0] ?? "") && listing.type !== "cross";
  const type = listing.type === "replace" ? (isPrimary ? "replace" : "replace-cross") : isPrimary ? "new" : "cross";
  const version = listing.type === "replace" ? paper.version : listing.type === "cross" ? paper.version : 1;
  const indent = "      ";
  return `    <item>
${element("title", paper.title, indent)}      <link>https://arxiv.org/abs/${paper.id}</link>
${element("description", `arXiv:${paper.id}v${version} Announce Type: ${type} \nAbstract: ${paper.abstract}`, indent)}      <guid isPermaLink="false">oai:arXiv.org:${paper.id}v${version}</guid>
${paper.categories.map((category) => element("category", category, indent)).join("")}      <pubDate>${easternMidnight(day)}</pubDate>
      <arxiv:announce_type>${type}</arxiv:announce_type>
${element("dc:rights", paper.licenseUrl, indent)}${element("arxiv:DOI", paper.doi, indent)}${element("arxiv:journal_reference", paper.journalRef, indent)}${element("dc:creator", paper.authors.join(", "), indent)}    </item>
`;
}

type Contents = { items: string; error?: string };

function channel(categories: string[], day: Temporal.PlainDate, { items, error }: Contents): string {
  const names = categories.join(", ");
  const address = escapeXml(`http://rss.arxiv.org/rss/${categories.join("+")}`);
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel>
    <title>${escapeXml(error ? "Feed error" : `${names} updates on arXiv.org`)}</title>
    <link>${address}</link>
    <description>${escapeXml(error ?? `${names} updates on the arXiv.org e-print archive.`)}</description>
    <atom:link href="${address}" rel="self" type="application/rss+xml"/>
    <docs>http://www.rssboard.org/rss-specification</docs>
    <language>en-us</language>
    <lastBuildDate>${rfc822(day.toZonedDateTime({ timeZone: "UTC", plainTime: "04:00:14" }))}</lastBuildDate>
    <managingEditor>rss-help@arxiv.org</managingEditor>
    <pubDate>${easternMidnight(day)}</pubDate>
    <skipDays>
      <day>Sunday</day>
      <day>Saturday</day>
    </skipDays>
${items}  </channel>
</rss>
`;
}

function easternMidnight(day: Temporal.PlainDate): string {
  return rfc822(day.toZonedDateTime("America/New_York"));
}

function rfc822(time: Temporal.ZonedDateTime): string {
  const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][time.dayOfWeek - 1];
  const month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[time.month - 1];
  const clock = time.toPlainTime().toString({ smallestUnit: "second" });
  return `${weekday}, ${String(time.day).padStart(2, "0")} ${month} ${time.year} ${clock} ${time.offset.replace(":", "")}`;
}
