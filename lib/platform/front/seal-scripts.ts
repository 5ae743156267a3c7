import { createHash } from "node:crypto";

/** A page that everybody may have, and the names of the scripts in it that may run. */
export type SealedPage = { html: string; scripts: string[] };

type Piece = { script: false; text: string } | { script: true; attributes: string; source: string };

/**
 * Turns a page rendered with a secret nonce into one that can be kept: the inline scripts that carry the nonce (those
 * that Next wrote; nobody outside could know it) are hashed, then the nonce is taken out. A script that came in with
 * outside text has no nonce, so it is not hashed and does not run.
 */
export function sealScripts(page: string, nonce: string): SealedPage {
  const scripts = new Set<string>();
  let html = "";
  for (const piece of joinNeighbours(cutScripts(page, nonce))) {
    if (!piece.script) {
      html += withoutNonce(piece.text, nonce);
      continue;
    }
    const source = withoutNonce(piece.source, nonce);
    scripts.add(`'sha256-${createHash("sha256").update(source).digest("base64")}'`);
    html += `<script${piece.attributes}>${source}</script>`;
  }
  return { html, scripts: [...scripts] };
}

/** The page as text and, between it, the inline scripts that carry the nonce. */
function cutScripts(page: string, nonce: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of page.matchAll(/<script(\s[^>]*)>([\s\S]*?)<\/script>/g)) {
    const [whole, attributes = "", source = ""] = match;
    if (!attributes.includes(` nonce="${nonce}"`) || attributes.includes(" src=")) continue;
    if (match.index > end) pieces.push({ script: false, text: page.slice(end, match.index) });
    pieces.push({ script: true, attributes: attributes.replace(` nonce="${nonce}"`, ""), source });
    end = match.index + whole.length;
  }
  return [...pieces, { script: false, text: page.slice(end) }];
}

/**
 * Next writes its data in dozens of small scripts, one behind the other. They become one, so that the policy stays a
 * header of a few hundred bytes: proxies allow 4 to 8 KB.
 */
function joinNeighbours(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.script && last?.script && piece.attributes === "") {
      joined[joined.length - 1] = { ...last, source: `${last.source}\n;${piece.source}` };
    } else {
      joined.push(piece);
    }
  }
  return joined;
}

/** Next's data names the nonce as well, and has lengths in it: there a word of the same length stands in its place. */
function withoutNonce(text: string, nonce: string): string {
  return text.replaceAll(` nonce="${nonce}"`, "").replaceAll(nonce, "0".repeat(nonce.length));
}
