import { accented, isLetterCommand, raised, symbolFor } from "#lib/papers/tex/tex-symbols.ts";
import { printableCharacter } from "#lib/papers/tex/unescape-entities.ts";

/**
 * What a TeX command in running text comes to. `text`: print it, go on at `end`. `wrap`: print `open`, read the group
 * whose brace stands at `brace` as usual, print `close`. `link`: `label` is TeX. `unknown`: print as typed up to `end`.
 */
export type CommandReading =
  | { kind: "text"; text: string; end: number }
  | { kind: "wrap"; open: string; close: string; brace: number }
  | { kind: "link"; address: string; label: string | null; end: number }
  | { kind: "unknown"; end: number };

const escapes: Record<string, string> = {
  "%": "%",
  "&": "&",
  $: "$",
  _: "_",
  "#": "#",
  "{": "{",
  "}": "}",
  ",": " ",
  ";": " ",
  ":": " ",
  " ": " ",
  "\n": " ",
  "\\": " ",
  "!": "",
  "-": "",
  "/": "",
  "@": "",
};

// Commands that only dress their argument.
const dresses = new Set(
  `emph text textbf textit texttt textsc textsf textrm textmd textup textsl textnormal underline uline mbox hbox fbox boxed
  bm boldsymbol mathrm mathbf mathit mathsf mathtt mathcal mathbb mathscr mathfrak ac acs acl acf acp gls sout ul hl
  uppercase lowercase MakeUppercase ensuremath centerline footnotesize small large`.split(/\s+/),
);
// Switches: they dress what follows and take the blank behind them.
const switches = new Set(
  `em it bf sf sc tt rm sl cal itshape bfseries scshape ttfamily sffamily rmfamily normalfont tiny scriptsize footnotesize small
  normalsize large Large LARGE huge Huge selectfont noindent indent centering boldmath unboldmath protect allowbreak xspace
  nobreak relax sloppy leavevmode upshape mdseries`.split(/\s+/),
);
const blanks = new Set(
  "newline linebreak bigskip medskip smallskip par quad qquad hfill space enspace thinspace enskip".split(" "),
);
const citations = /^(?:cite|citep|citet|citealp|citealt|citeauthor|citeyear|parencite|textcite|autocite)$/;
const lists = /\\(?:begin|end)\{(?:itemize|enumerate|description|quote|quotation|center|abstract)\}\s*/y;
const accents = [
  /\\(?<accent>['"`^~=.])\s*(?<letter>\\[ij](?![A-Za-z])|[A-Za-z])/y,
  /\\(?<accent>['"`^~=.cvuHkrbd])\s*\{\s*(?<letter>\\[ij]|[A-Za-z])\s*\}/y,
  /\\(?<accent>[cvuHkr]) +(?<letter>[A-Za-z])/y,
];
// arXiv once took \rho for the accent \r on "ho", and \copyright for \c on "opyright".
const tornSymbol = /\\([bcdHkrtuv])\{([a-z]{2,12})\}/y;
const charCode = /\\char(?:"([0-9A-F]{2,5})|(\d{2,6})) ?/y;
const verbatim = /\\verb\*?([^A-Za-z\s*])(.{0,200}?)\1/y;
const controlWord = /\\([A-Za-z]+)\*?/y;

/** The command whose backslash stands at `at`. Pure: the reader of the text decides what to do with it. */
export function readCommand(text: string, at: number): CommandReading {
  return (
    readEscapedApostrophe(text, at) ??
    readAccent(text, at) ??
    readTornSymbol(text, at) ??
    readEscape(text, at) ??
    readSpecial(text, at) ??
    readControlWord(text, at)
  );
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** `object\'s`: somebody's program escaped an apostrophe. */
function readEscapedApostrophe(text: string, at: number): CommandReading | null {
  const isPossessive =
    /^\\'(?:s|t|re|ve|ll|d)(?![A-Za-z])/.test(text.slice(at, at + 6)) && /[A-Za-z]/.test(text[at - 1] ?? "");
  return isPossessive ? { kind: "text", text: "'", end: at + 2 } : null;
}

function readAccent(text: string, at: number): CommandReading | null {
  const found = accents.map((pattern) => match(pattern, text, at)).find((result) => result !== null);
  if (!found) return null;
  const composed = accented(found.groups?.accent ?? "", found.groups?.letter ?? "");
  return composed === null ? null : { kind: "text", text: composed, end: at + found[0].length };
}

function readTornSymbol(text: string, at: number): CommandReading | null {
  const found = match(tornSymbol, text, at);
  const symbol = found && symbolFor(`\\${found[1]}${found[2]}`);
  return symbol ? { kind: "text", text: symbol, end: at + found[0].length } : null;
}

function readEscape(text: string, at: number): CommandReading | null {
  const next = text[at + 1] ?? "";
  const escaped = escapes[next];
  if (escaped !== undefined) return { kind: "text", text: escaped, end: at + 2 };
  // \~8B: on no letter, the tilde is what was meant.
  if (next === "~") return { kind: "text", text: "~", end: at + 2 };
  return /[A-Za-z]/.test(next) ? null : { kind: "unknown", end: at + 1 };
}

function readSpecial(text: string, at: number): CommandReading | null {
  const list = match(lists, text, at);
  if (list) return { kind: "text", text: " ", end: at + list[0].length };
  const code = match(charCode, text, at);
  if (code) return readCharacter(code, at);
  const verb = match(verbatim, text, at);
  return verb ? { kind: "text", text: verb[2] ?? "", end: at + verb[0].length } : null;
}

function readCharacter(code: RegExpExecArray, at: number): CommandReading {
  const character = printableCharacter(code[1] ? Number.parseInt(code[1], 16) : Number(code[2]));
  const end = at + code[0].length;
  return character === null ? { kind: "unknown", end } : { kind: "text", text: character, end };
}

function readControlWord(text: string, at: number): CommandReading {
  const found = match(controlWord, text, at);
  const name = found?.[1] ?? "";
  const end = at + (found?.[0].length ?? 1);
  return readWithArguments(text, { name, end }) ?? readBare(text, { name, end }) ?? { kind: "unknown", end };
}

type Word = { name: string; end: number };

function readWithArguments(text: string, { name, end }: Word): CommandReading | null {
  const first = readArgument(text, end);
  if (!first) return null;
  const { brace, content } = first;
  if (name === "url" || name === "path") return { kind: "link", address: content, label: null, end: first.end };
  if (name === "footnote" || name === "thanks") return { kind: "wrap", open: " (", close: ")", brace };
  if (name === "textsuperscript" || name === "textsubscript") return readScript(name, first);
  if (name === "ding") return readDingbat(first);
  if (name === "color") return /^[a-z]+(?:!\d+)?$/.test(content) ? { kind: "text", text: "", end: first.end } : null;
  if (citations.test(name)) return { kind: "text", text: ` [${content.replaceAll(/,\s*/g, ", ")}]`, end: first.end };
  if (dresses.has(name)) return { kind: "wrap", open: "", close: "", brace };
  if (name === "href" || name === "textcolor" || name === "foreignlanguage")
    return readSecondArgument(text, name, first);
  return null;
}

function readSecondArgument(text: string, name: string, first: Argument): CommandReading | null {
  const second = readArgument(text, first.end);
  if (!second) return null;
  if (name !== "href") return { kind: "wrap", open: "", close: "", brace: second.brace };
  return { kind: "link", address: first.content, label: second.content, end: second.end };
}

function readScript(name: string, { brace, content, end }: Argument): CommandReading {
  const direction = name === "textsuperscript" ? "^" : "_";
  const text = raised(direction, content);
  return text === null ? { kind: "wrap", open: direction, close: "", brace } : { kind: "text", text, end };
}

/** The numbers of pifont that people use: circled digits, tick, cross. */
function readDingbat({ content, end }: Argument): CommandReading | null {
  const number = Number(content);
  if (number === 51 || number === 52) return { kind: "text", text: "✓", end };
  if (number === 55 || number === 56) return { kind: "text", text: "✗", end };
  // https://ctan.org/pkg/pifont: 172–211 are the circled digits of U+2460, U+2776, U+2780 and U+278A.
  if (number >= 172 && number <= 181) return { kind: "text", text: String.fromCodePoint(0x2460 + number - 172), end };
  if (number >= 182 && number <= 211) return { kind: "text", text: String.fromCodePoint(0x2776 + number - 182), end };
  return null;
}

function readBare(text: string, { name, end }: Word): CommandReading | null {
  if (switches.has(name)) return { kind: "text", text: "", end: afterBlank(text, end) };
  if (blanks.has(name)) return { kind: "text", text: " ", end };
  if (name === "item") return { kind: "text", text: "• ", end: afterBlank(text, end) };
  if (name === "etc") return { kind: "text", text: text[end] === "." ? "etc" : "etc.", end };
  if (name === "nobreakdash") return { kind: "text", text: "", end };
  const symbol = symbolFor(`\\${name}`);
  if (symbol === undefined) return null;
  const isLetter = isLetterCommand(`\\${name}`);
  return { kind: "text", text: symbol, end: isLetter ? afterBlank(text, end) : afterEmptyGroup(text, end) };
}

function afterBlank(text: string, end: number): number {
  return text[end] === " " ? end + 1 : afterEmptyGroup(text, end);
}

function afterEmptyGroup(text: string, end: number): number {
  return text.startsWith("{}", end) ? end + 2 : end;
}

type Argument = { brace: number; content: string; end: number };

const LONGEST_ARGUMENT = 2000;

/** The `{…}` at `at` (blanks and an option in brackets may come first). Null when there is none or it never closes. */
function readArgument(text: string, at: number): Argument | null {
  const start = /^(?:\s*\[[^\]{}]{0,80}\])?\s*\{/.exec(text.slice(at, at + 100));
  if (!start) return null;
  const brace = at + start[0].length - 1;
  const close = closingBrace(text, brace);
  return close === null ? null : { brace, content: text.slice(brace + 1, close), end: close + 1 };
}

/** Index of the brace that closes the one at `brace`; escaped braces do not count. */
export function closingBrace(text: string, brace: number): number | null {
  let depth = 0;
  for (let index = brace; index < text.length && index <= brace + LONGEST_ARGUMENT; index += 1) {
    const character = text[index];
    if (character === "\\") index += 1;
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return null;
}
