import { type AuthorName, readAuthorName } from "#lib/papers/author-name.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import { firstDoi, publicationYear } from "#lib/papers/publication.ts";
import type { PaperDetail } from "#lib/papers/types.ts";
import { outside } from "#lib/platform/routes.ts";
import { withoutControls } from "#lib/platform/text-encoding.ts";

export type RisPaper = Pick<
  PaperDetail,
  "id" | "title" | "abstract" | "authors" | "categories" | "journalRef" | "doi" | "submittedAt" | "withdrawn"
>;

/**
 * The paper as one RIS record, for EndNote, Zotero, Mendeley: UTF-8, lines ended by CRLF, `TY` first, `ER` last, authors in
 * their order. An article where a journal printed it (`JOUR`), else unpublished work (`UNPB`), as RIS has no preprints.
 */
export function formatRis(paper: RisPaper): string {
  const journal = paper.journalRef?.trim() || null;
  const doi = firstDoi(paper.doi);
  const tags: [tag: string, value: string | null][] = [
    ["TY", journal ? "JOUR" : "UNPB"],
    ...paper.authors.map(readAuthorName).map((name): [string, string | null] => ["AU", authorRis(name)]),
    ["TI", plainText(paper.title)],
    ["PY", String(publicationYear(paper))],
    // Of the preprint: with a journal's year beside it, it would contradict.
    ["DA", journal ? null : (paper.submittedAt?.slice(0, 10).replaceAll("-", "/") ?? null)],
    ["JO", journal && plainText(journal)],
    ["AB", plainText(paper.abstract) || null],
    ["N1", paper.withdrawn ? "Withdrawn" : null],
    ...paper.categories.map((category): [string, string] => ["KW", category]),
    ["PB", journal ? null : "arXiv"],
    ["AN", `arXiv:${paper.id}`],
    ["DO", doi],
    ["UR", outside.arxivAbstract(paper.id)],
    ["L1", outside.arxivPdf(paper.id)],
    ["LA", "en"],
  ];
  const lines = tags.flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}`] : []));
  return [...lines, "ER  - ", ""].join("\r\n");
}

/** `Family, Given, Suffix`. A comma parts them, so a collective's own commas are taken out: it must not be turned round. */
function authorRis(name: AuthorName): string {
  switch (name.kind) {
    case "others":
      return "et al.";
    case "collective":
      return name.name.replaceAll(",", "");
    case "person":
      return [name.family, name.given, name.suffix].filter(Boolean).join(", ");
  }
}

/** A record's line is a line, whatever came in. */
function oneLine(text: string): string {
  return withoutControls(text)
    .replace(/[\s\u2028\u2029]+/g, " ")
    .trim();
}
