export type Settable = {
  text: string;
  /** Whether letters were lost: a script that the font does not have. */
  lossy: boolean;
};

/**
 * A text in the characters that a font has. A character that it lacks is written by its plain form where there is one (₂ as
 * 2, ệ as e); signs and pictures are left out; a run of letters of another script becomes an ellipsis.
 */
export function settableText(text: string, covered: ReadonlySet<number>): Settable {
  const has = (character: string) => covered.has(character.codePointAt(0) ?? 0);
  let lossy = false;
  const written = Array.from(text.normalize("NFC").replace(/\s+/gu, " "), (character) => {
    if (character === " " || has(character)) return character;
    const plain = Array.from(character.normalize("NFKD")).filter(has).join("");
    if (plain !== "") return plain;
    if (!/[\p{L}\p{N}]/u.test(character)) return "";
    lossy = true;
    return "…";
  }).join("");
  return {
    text: written
      .replace(/…(?:\s*…)+/gu, "…")
      .replace(/ {2,}/g, " ")
      .trim(),
    lossy,
  };
}
