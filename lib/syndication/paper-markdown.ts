import type { PaperSheetView } from "#lib/editions/types.ts";
import type { PaperCard, PaperDetail } from "#lib/papers/types.ts";
import { withoutControls } from "#lib/platform/text-encoding.ts";
import { routes } from "#lib/platform/routes.ts";

/**
 * A paper as Markdown, for programs that read text: title and abstract with their TeX as typed, every author, what is known
 * of it, where and why it was printed, and the ways on. Text from outside keeps its line ends only between paragraphs.
 */
export function paperMarkdown(
  paper: PaperDetail,
  sheet: PaperSheetView,
  {
    origin,
    similar = { papers: [], words: [] },
  }: { origin: string; similar?: { papers: readonly PaperCard[]; words: readonly string[] } },
): string {
  const url = origin + routes.paper(paper.id);
  const facts = [
    { name: "arXiv", value: `${paper.id} (version ${paper.version})` },
    { name: "Authors", value: paper.authors.join(", ") },
    ...sheet.facts,
    { name: "Upvotes", value: `${paper.upvotes.sources} on the sources, ${paper.upvotes.ours} here` },
    { name: "Comments on the sources", value: String(paper.comments) },
  ];
  const places = sheet.places.map(({ day, words, reasons }) => {
    const why = reasons.length > 0 ? `: ${reasons.join("; ")}` : "";
    return `- [${words}](${origin}${routes.edition(day)})${why}`;
  });
  const files = (["json", "bib", "ris", "md"] as const).map((format) => ({
    label: format,
    href: origin + routes.paperFile(paper.id, format),
  }));
  const links = [{ label: "This page", href: url }, ...sheet.links, ...files];
  return [
    `# ${oneLine(paper.title)}`,
    ...(paper.withdrawn ? ["**This paper has been withdrawn.**"] : []),
    facts.map(({ name, value }) => `- ${name}: ${oneLine(value)}`).join("\n"),
    "## Abstract",
    paragraphs(paper.abstract) || "No abstract.",
    ...(places.length > 0 ? ["## Printed in", places.join("\n")] : []),
    ...similarMarkdown(similar, origin),
    "## Links",
    `${links.map(({ label, href }) => `- ${label}: <${href}>`).join("\n")}\n`,
  ].join("\n\n");
}

function similarMarkdown(
  { papers, words }: { papers: readonly PaperCard[]; words: readonly string[] },
  origin: string,
): string[] {
  if (papers.length === 0) return [];
  return [
    "## Similar papers",
    `By the words that tell most about this one: ${words.join(", ")}.`,
    papers.map(({ id, title }) => `- ${oneLine(title)}: <${origin}${routes.paper(id)}>`).join("\n"),
  ];
}

/** White space of any kind as one blank. */
function oneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, " ").trim();
}

function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map(oneLine)
    .filter(Boolean)
    .join("\n\n");
}
