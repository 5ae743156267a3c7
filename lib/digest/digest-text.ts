import type { DigestContent, DigestPaper } from "#lib/digest/types.ts";

/** The text part: the same papers, the same words and the same links as the HTML part. */
export function digestText(
  { dateLine, extent, papers, more, editionUrl, archiveUrl, search }: DigestContent,
  { siteName, unsubscribeUrl }: { siteName: string; unsubscribeUrl: string },
): string {
  const whole = more > 0 ? `And ${more} more, the whole edition:` : "The whole edition on the web:";
  const asked = search ? `the search “${search.line}” of ${siteName}` : siteName;
  return [
    `${siteName.toUpperCase()}\n${dateLine} · ${extent}${search ? `\nThe papers of “${search.line}”` : ""}`,
    ...papers.map(paperText),
    ...(search && more > 0 ? [`And ${more} more of this search:\n${search.url}`] : []),
    search ? `The whole edition on the web:\n${editionUrl}` : `${whole}\n${editionUrl}`,
    "--",
    `You asked for ${asked} at this address and confirmed it.`,
    search
      ? `End this search by mail: ${unsubscribeUrl}\nThe search on the web: ${search.url}`
      : `Unsubscribe: ${unsubscribeUrl}\nRead this mail on the web: ${archiveUrl}`,
  ].join("\n\n");
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
