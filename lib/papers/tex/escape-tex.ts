import { accentFor } from "#lib/papers/tex/tex-symbols.ts";

const special: Record<string, string> = {
  "\\": "{\\textbackslash}",
  "{": "{\\textbraceleft}",
  "}": "{\\textbraceright}",
  "~": "{\\textasciitilde}",
  "^": "{\\textasciicircum}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "<": "{\\textless}",
  ">": "{\\textgreater}",
  "–": "--",
  "—": "---",
  "“": "``",
  "”": "''",
  "‘": "`",
  "’": "'",
  "…": "{\\ldots}",
  "\u00a0": "~",
  ß: "{\\ss}",
  ø: "{\\o}",
  Ø: "{\\O}",
  ł: "{\\l}",
  Ł: "{\\L}",
  æ: "{\\ae}",
  Æ: "{\\AE}",
  œ: "{\\oe}",
  Œ: "{\\OE}",
  å: "{\\aa}",
  Å: "{\\AA}",
  ı: "{\\i}",
  đ: "{\\dj}",
  "°": "{\\textdegree}",
  "©": "{\\textcopyright}",
  "®": "{\\textregistered}",
  "™": "{\\texttrademark}",
  "€": "{\\texteuro}",
};

/**
 * Plain Unicode as TeX for a `.bib` file: special characters as commands, accented Latin letters as `{\"o}`, so that
 * every BibTeX sorts and prints them. Other alphabets stay as they are (UTF-8). Braces are balanced in what it returns.
 */
export function escapeTex(text: string): string {
  return [...text.normalize("NFC")]
    .map((character) => special[character] ?? accentedTex(character) ?? character)
    .join("");
}

function accentedTex(character: string): string | null {
  const [letter = "", mark = "", ...rest] = character.normalize("NFD");
  const accent = mark && accentFor(mark);
  if (!accent || rest.length > 0 || !/[A-Za-z]/.test(letter)) return null;
  const isDotted = (letter === "i" || letter === "j") && !/[cdkb]/.test(accent);
  const base = isDotted ? `\\${letter}` : letter;
  return /[A-Za-z]/.test(accent) ? `{\\${accent}{${base}}}` : `{\\${accent}${isDotted ? `{${base}}` : base}}`;
}
