import type { DigestContent, DigestPaper } from "#lib/digest/types.ts";

/** Addresses that are one reader's own. */
export type ReaderUrls = { unsubscribeUrl: string; preferencesUrl: string };

/** The text part: the same papers, the same words and the same links as the HTML part. */
export function digestText(content: DigestContent, { siteName, ...urls }: { siteName: string } & ReaderUrls): string {
  const { dateLine, extent, papers, more, editionUrl, search, classes, whole, note } = content;
  const of = search ? `\nThe papers of “${search.line}”` : classes && `\nThe papers in ${classes}`;
  return [
    `${siteName.toUpperCase()}\n${dateLine} · ${extent}${of}`,
    ...(note ? [note] : papers.map(paperText)),
    ...(search && more > 0 ? [`And ${more} more of this search:\n${search.url}`] : []),
    more > 0 && !search
      ? `And ${more} more, the whole ${whole}:\n${editionUrl}`
      : `The whole ${whole} on the web:\n${editionUrl}`,
    "--",
    footText(content, { siteName, ...urls }),
  ].join("\n\n");
}

function footText(
  { search, archiveUrl }: DigestContent,
  { siteName, unsubscribeUrl, preferencesUrl }: { siteName: string } & ReaderUrls,
): string {
  const asked = search ? `the search “${search.line}” of ${siteName}` : siteName;
  const leave = search ? "End this search by mail" : "Unsubscribe";
  return [
    `You asked for ${asked} at this address and confirmed it.\n`,
    `Change what you get: ${preferencesUrl}`,
    `${leave}: ${unsubscribeUrl}`,
    search ? `The search on the web: ${search.url}` : `Read this mail on the web: ${archiveUrl}`,
  ].join("\n");
}

function paperText({ rank, title, authors, abstract, shortened, reasons, url, links }: DigestPaper): string {
  const lines = [
    `${rank}. ${title}`,
    authors,
    abstract && `\n${abstract}${shortened ? " (More at the link below.)" : ""}\n`,
    reasons,
    url,
    ...links.map(({ label, href }) => `${label}: ${href}`),
  ];
  return lines.filter(Boolean).join("\n");
}
