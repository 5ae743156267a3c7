import { readTex } from "#lib/papers/tex/read-tex.ts";
import { renderMath } from "#lib/papers/tex/render-math.ts";
import type { TextPart } from "#lib/papers/types.ts";

// What a page can bear of one text. Beyond it formulas are shown as typed.
const MOST_TEX = 2000;

/**
 * A title or an abstract in parts that a page can show: text, formulas as validated MathML, links to http(s) addresses.
 * TeX that is broken, unknown or too large stays readable as it was typed, as a text part. Pure; never throws.
 */
export function typesetText(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let tex = 0;
  for (const piece of readTex(text)) {
    if (piece.kind === "link") {
      parts.push(piece);
      continue;
    }
    if (piece.kind === "math") tex += piece.tex.length;
    const mathml = piece.kind === "math" && tex <= MOST_TEX ? renderMath(piece.tex, piece) : null;
    if (piece.kind === "math" && mathml !== null) {
      parts.push({ kind: "math", mathml, display: piece.display, tex: piece.tex });
    } else {
      appendText(parts, piece.kind === "math" ? piece.typed : piece.text);
    }
  }
  return parts;
}

function appendText(parts: TextPart[], text: string): void {
  const last = parts.at(-1);
  if (last?.kind === "text") last.text += text;
  else parts.push({ kind: "text", text });
}
