import { hash } from "node:crypto";
import { readTex, type TexPiece } from "#lib/papers/tex/read-tex.ts";
import { renderMath } from "#lib/papers/tex/render-math.ts";
import { isSafeMathml } from "#lib/papers/tex/safe-mathml.ts";
import type { StoredFormulas, TextPart } from "#lib/papers/types.ts";

/** Raised when the same text would be set otherwise than before: then everything that is stored is set again. */
export const TYPESETTER = 2;

// What a page can bear of one text. Beyond it formulas are shown as typed.
const MOST_TEX = 2000;

/**
 * A title or an abstract in parts that a page can show: text, formulas as validated MathML, links to http(s) addresses.
 * TeX that is broken, unknown or too large stays readable as it was typed, as a text part. Pure; never throws. With `stored`, the
 * formulas of this very text as `setFormulas` made them, the result is the same and comes quicker.
 */
export function typesetText(text: string, stored?: StoredFormulas): TextPart[] {
  const pieces = readTex(text);
  const formulas = (stored && usable(stored, text, pieces)) ?? renderAll(pieces);
  const parts: TextPart[] = [];
  let index = 0;
  for (const piece of pieces) {
    if (piece.kind === "link") parts.push(piece);
    else if (piece.kind === "prose") appendText(parts, piece.text);
    else {
      const mathml = formulas[index++];
      if (mathml) parts.push({ kind: "math", mathml, display: piece.display, tex: piece.tex });
      else appendText(parts, piece.typed);
    }
  }
  return parts;
}

/** The formulas of a text, set, to be stored beside it. Null: it has none. */
export function setFormulas(text: string): StoredFormulas | null {
  if (!mayHoldTex(text)) return null;
  const mathml = renderAll(readTex(text));
  return mathml.length > 0 ? { typesetter: TYPESETTER, textHash: hashOf(text), mathml } : null;
}

/** False for most texts, at no cost: nothing in them can be a formula. */
export function mayHoldTex(text: string): boolean {
  return /[$\\]/.test(text);
}

/** In the order of the text; the empty string stands for a formula that is shown as typed. */
function renderAll(pieces: readonly TexPiece[]): string[] {
  let tex = 0;
  return pieces.flatMap((piece) => {
    if (piece.kind !== "math") return [];
    tex += piece.tex.length;
    return [(tex <= MOST_TEX && renderMath(piece.tex, piece)) || ""];
  });
}

/** Null when it was made by another typesetter or of another text, or is not what we would let into a page. */
function usable({ typesetter, textHash, mathml }: StoredFormulas, text: string, pieces: readonly TexPiece[]) {
  const formulas = pieces.filter(({ kind }) => kind === "math").length;
  if (typesetter !== TYPESETTER || mathml.length !== formulas || textHash !== hashOf(text)) return null;
  return mathml.every((formula) => formula === "" || isSafeMathml(formula)) ? mathml : null;
}

function hashOf(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 22);
}

function appendText(parts: TextPart[], text: string): void {
  const last = parts.at(-1);
  if (last?.kind === "text") last.text += text;
  else parts.push({ kind: "text", text });
}
