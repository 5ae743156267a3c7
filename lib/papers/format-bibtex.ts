import { type AuthorName, readAuthorName } from "#lib/papers/author-name.ts";
import { escapeTex } from "#lib/papers/tex/escape-tex.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import { announcementYear, firstDoi, publicationYear } from "#lib/papers/publication.ts";
import { readTex } from "#lib/papers/tex/read-tex.ts";
import type { PaperDetail } from "#lib/papers/types.ts";

export type BibtexPaper = Pick<
  PaperDetail,
  "id" | "title" | "authors" | "categories" | "journalRef" | "doi" | "submittedAt" | "withdrawn"
>;

/**
 * The paper as one BibTeX entry, ending in a line break: `@article` when a journal printed it, else `@misc`. Authors in
 * their order, special characters as TeX, formulas as typed. The key (`lovelace2026notes`) hangs on id, first author and
 * title alone, so it does not change when a journal reference arrives.
 */
export function formatBibtex(paper: BibtexPaper): string {
  const names = paper.authors.map(readAuthorName);
  const journal = paper.journalRef?.trim() || null;
  const fields: [name: string, value: string | null][] = [
    ["title", `{${titleTex(paper.title)}}`],
    ["author", names.map(nameTex).join(" and ")],
    ["journal", journal && titleTex(journal)],
    ["year", String(publicationYear(paper))],
    ["eprint", paper.id],
    ["archivePrefix", "arXiv"],
    ["primaryClass", paper.categories[0] ?? null],
    ["doi", firstDoi(paper.doi)],
    ["note", paper.withdrawn ? "Withdrawn" : null],
    ["url", `https://arxiv.org/abs/${paper.id}`],
  ];
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},`);
  return `@${journal ? "article" : "misc"}{${citationKey(paper, names[0])},\n${lines.join("\n")}\n}\n`;
}

/** Text may be escaped, formulas must not be: `{Attention in $O(n)$ \& Beyond}`. */
function titleTex(text: string): string {
  return readTex(text)
    .map((piece) => {
      if (piece.kind !== "math") return escapeTex(piece.text.replace(/\s+/g, " "));
      return isBalanced(piece.tex) ? `$${piece.tex.replace(/(?<!\\)%/g, "\\%")}$` : escapeTex(piece.typed);
    })
    .join("");
}

/** BibTeX counts every brace, escaped or not: one too many and the rest of the file is lost. */
function isBalanced(tex: string): boolean {
  let depth = 0;
  for (const [brace] of tex.matchAll(/[{}]/g)) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0 && !/\$|\\$/.test(tex);
}

function nameTex(name: AuthorName): string {
  switch (name.kind) {
    case "others":
      return "others";
    case "collective":
      return `{${escapeTex(name.name)}}`;
    case "person":
      return [name.family, name.suffix, name.given].flatMap((part) => (part ? [escapeTex(part)] : [])).join(", ");
  }
}

const fillers = new Set(
  "a an the on in of for to and from with is are do does can how what why when towards toward via using".split(" "),
);

function citationKey(paper: BibtexPaper, first: AuthorName | undefined): string {
  const words = plainText(paper.title)
    .split(/[^\p{L}\p{N}]+/u)
    .map(keyPart)
    .filter(Boolean);
  const word = words.find((candidate) => !fillers.has(candidate)) ?? words[0] ?? "";
  return `${keyPart(keyName(first)) || "arxiv"}${announcementYear(paper.id)}${word}`;
}

function keyName(name: AuthorName | undefined): string {
  if (!name || name.kind === "others") return "";
  return name.kind === "person" ? name.family : name.name;
}

const letterNames: Record<string, string> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  æ: "ae",
  œ: "oe",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** Lower-case ASCII letters and digits: what every BibTeX takes in a key. */
function keyPart(text: string): string {
  return text
    .toLowerCase()
    .replace(/[ßøłæœđðþı]/g, (letter) => letterNames[letter] ?? "")
    .normalize("NFD")
    .replace(/[^a-z0-9]/g, "");
}
