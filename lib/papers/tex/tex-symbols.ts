import { replacements, subsuperscripts } from "unicodeit/ts_dist/js/data.js";

const unicodeitSymbols = new Map<string, string>();
for (const [command, character] of replacements) {
  if (command && character) unicodeitSymbols.set(command, character);
}

// Where unicodeit has nothing, an odd choice, or authors use a macro of their journal as if it were LaTeX.
const ownSymbols = new Map<string, string>(
  Object.entries({
    AA: "Å",
    AE: "Æ",
    DH: "Ð",
    L: "Ł",
    LaTeX: "LaTeX",
    O: "Ø",
    OE: "Œ",
    P: "¶",
    S: "§",
    TeX: "TeX",
    TH: "Þ",
    aa: "å",
    ae: "æ",
    ast: "∗",
    bullet: "•",
    cdot: "·",
    checkmark: "✓",
    circ: "∘",
    copyright: "©",
    dag: "†",
    dagger: "†",
    ddag: "‡",
    deg: "°",
    dh: "ð",
    dj: "đ",
    dots: "…",
    dotsc: "…",
    dotsb: "⋯",
    eg: "e.g.",
    epsilon: "ε",
    etal: "et al.",
    euro: "€",
    gt: ">",
    i: "ı",
    ie: "i.e.",
    j: "ȷ",
    l: "ł",
    langle: "⟨",
    lbrace: "{",
    lbrack: "[",
    lt: "<",
    lvert: "|",
    mid: "|",
    micro: "µ",
    ng: "ŋ",
    o: "ø",
    oe: "œ",
    phi: "φ",
    pounds: "£",
    qquad: " ",
    quad: " ",
    rangle: "⟩",
    rbrace: "}",
    rbrack: "]",
    rvert: "|",
    slash: "/",
    ss: "ß",
    star: "⋆",
    textasciicircum: "^",
    textasciitilde: "~",
    textbackslash: "\\",
    textbar: "|",
    textbullet: "•",
    textcopyright: "©",
    textdegree: "°",
    textellipsis: "…",
    textemdash: "—",
    textendash: "–",
    texteuro: "€",
    textgreater: ">",
    textless: "<",
    textmu: "µ",
    textperthousand: "‰",
    textquotedblleft: "“",
    textquotedblright: "”",
    textquoteleft: "‘",
    textquoteright: "’",
    textregistered: "®",
    textrightarrow: "→",
    texttildelow: "~",
    texttimes: "×",
    texttrademark: "™",
    textunderscore: "_",
    th: "þ",
    tilde: "~",
    vert: "|",
  }).map(([name, character]) => [`\\${name}`, character]),
);

/** The character that a TeX command stands for (`\alpha`, `\ss`, `\pm`), or undefined. */
export function symbolFor(command: string): string | undefined {
  return ownSymbols.get(command) ?? unicodeitSymbols.get(command);
}

/** Letters of foreign alphabets: after their names TeX swallows the blank (`S\o rensen`). */
export function isLetterCommand(command: string): boolean {
  return /^\\(?:AA|AE|DH|L|O|OE|TH|aa|ae|dh|dj|i|j|l|ng|o|oe|ss|th)$/.test(command);
}

// https://en.wikibooks.org/wiki/LaTeX/Special_Characters: accent commands as Unicode's combining marks.
const combiningMarks: Record<string, string> = {
  "`": "\u0300",
  "'": "\u0301",
  "^": "\u0302",
  "~": "\u0303",
  "=": "\u0304",
  u: "\u0306",
  ".": "\u0307",
  '"': "\u0308",
  r: "\u030a",
  H: "\u030b",
  v: "\u030c",
  d: "\u0323",
  c: "\u0327",
  k: "\u0328",
  b: "\u0331",
};

/** `\"` on `o` is `ö`. Null where Unicode has no such letter: then it was no accent. */
export function accented(accent: string, letter: string): string | null {
  const mark = combiningMarks[accent];
  if (!mark) return null;
  const composed = `${letter.replace(/^\\/, "")}${mark}`.normalize("NFC");
  return [...composed].length === 1 ? composed : null;
}

/** The mark that stands over a letter: U+0304 for `=`. Empty when there is none. */
export function combiningMark(accent: string): string {
  return combiningMarks[accent] ?? "";
}

/** The TeX command for a combining mark, the way back of `accented`: `"` for U+0308. */
export function accentFor(mark: string): string | undefined {
  return Object.keys(combiningMarks).find((accent) => combiningMarks[accent] === mark);
}

const scripts = new Map<string, string>();
for (const [typed, character] of subsuperscripts) {
  if (typed && character) scripts.set(typed, character);
}
scripts
  .set("^∘", "°")
  .set("^′", "′")
  .set("^″", "″")
  .set("^*", "*")
  .set("^∗", "*")
  .set("^−", "⁻")
  .set("_−", "₋")
  .set("^†", "†");

/** `raised("^", "10")` is `¹⁰`, `raised("_", "i")` is `ᵢ`. Null when one of the characters has no such form. */
export function raised(direction: "^" | "_", text: string): string | null {
  let raisedText = "";
  for (const character of text) {
    const form = scripts.get(direction + character);
    if (!form) return null;
    raisedText += form;
  }
  return raisedText;
}
