import type { DigestContent, DigestPaper } from "#lib/digest/types.ts";
import { encodedSize } from "#lib/platform/compose-mail.ts";

// What the markup of emails/ takes as encoded: of the whole, of a paper, of a link. tests/digest-size.test.ts holds them against the mail.
const FRAME = 5_500;
const PAPER = 800;
const LINK = 75;

/**
 * How many bytes the HTML part of a digest takes at most, as encoded, without making it: the mail, its text and the archive page are
 * all cut by this, so that they are the same.
 */
export function digestSize({ papers, preview, note, search, classes, editionUrl, archiveUrl }: DigestContent): number {
  const around = [
    preview,
    note,
    classes,
    editionUrl,
    archiveUrl,
    ...(search ? [search.line, search.line, search.url, search.url] : []),
  ];
  return FRAME + sizeOf(around) + papers.reduce((sum, paper) => sum + paperSize(paper), 0);
}

function paperSize({ title, authors, abstract, shortened, reasons, url, links }: DigestPaper): number {
  const ways = [...links, ...(shortened ? [{ label: "Read on", href: url }] : [])];
  const words = [title, authors, abstract, reasons, url, ...ways.flatMap(({ label, href }) => [label, href])];
  return PAPER + ways.length * LINK + sizeOf(words);
}

function sizeOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + encodedSize(text.replace(/[&<>"']/g, "&quot;")), 0);
}
