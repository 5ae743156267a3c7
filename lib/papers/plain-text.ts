import { plainMath } from "#lib/papers/tex/plain-math.ts";
import { readTex } from "#lib/papers/tex/read-tex.ts";

/**
 * A title or an abstract as one line of plain Unicode, for subjects, feeds, `<title>` and mails: macros are gone,
 * formulas are written with characters (`O(n²)`), blanks are single. TeX that it cannot read stays as typed. Pure; never throws.
 */
export function plainText(text: string): string {
  return untied(tiedText(text));
}

/** The same, with no-break spaces within formulas: whoever cuts it can tell where not to. `untied` is the way back. */
export function tiedText(text: string): string {
  return readTex(text)
    .map((piece) => {
      if (piece.kind === "prose") return piece.text.replace(/\s+/g, " ");
      if (piece.kind === "math") return (plainMath(piece.tex) ?? piece.typed).replace(/\s+/g, TIE);
      return /^https?:/i.test(piece.text) ? piece.text : `${piece.text} (${piece.href})`;
    })
    .join("")
    .replace(/ +/g, " ")
    .trim();
}

const TIE = "\u00a0";

export function untied(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
