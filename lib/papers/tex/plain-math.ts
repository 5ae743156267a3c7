import { authorMacros, bracketArguments } from "#lib/papers/tex/author-macros.ts";
import { accented, combiningMark, raised, symbolFor } from "#lib/papers/tex/tex-symbols.ts";
import { printableCharacter } from "#lib/papers/tex/unescape-entities.ts";

const DEEPEST_NESTING = 12;

type Cursor = { tokens: string[]; at: number };

class UnreadableTex extends Error {}

/** A formula in one line of Unicode: `\mathcal{O}(n^2)` is `O(n²)`. Null when a command in it is unknown or it is broken. */
export function plainMath(tex: string): string | null {
  const cursor: Cursor = { tokens: bracketArguments(tex).match(/\\[A-Za-z]+\*?|\\.|\s+|./gsu) ?? [], at: 0 };
  try {
    const line = readUntil(cursor, { closer: null, depth: 0 });
    return line.replace(/\s+/g, " ").trim();
  } catch (error) {
    if (error instanceof UnreadableTex) return null;
    throw error;
  }
}

type Place = { closer: "}" | "]" | null; depth: number };

function readUntil(cursor: Cursor, { closer, depth }: Place): string {
  if (depth > DEEPEST_NESTING) throw new UnreadableTex();
  let line = "";
  while (cursor.at < cursor.tokens.length) {
    if (cursor.tokens[cursor.at] === closer) {
      cursor.at += 1;
      return line;
    }
    const atom = readAtom(cursor, depth);
    const isName = /^ .* $/.test(atom);
    line = isName && !/[\p{L}\p{N})]$/u.test(line) ? `${line}${atom.trimStart()}` : `${line}${atom}`;
  }
  if (closer !== null) throw new UnreadableTex();
  return line.replace(/ (?=[)\]^_,₀-₉])/gu, "").replace(/(\p{L}{2}) \(/gu, "$1(");
}

/** One token, or a command with its arguments, as characters. */
function readAtom(cursor: Cursor, depth: number): string {
  const token = cursor.tokens[cursor.at] ?? "";
  cursor.at += 1;
  if (token === "{") return readUntil(cursor, { closer: "}", depth: depth + 1 });
  if (token === "}") throw new UnreadableTex();
  if (token === "^" || token === "_") return readScript(cursor, token, depth);
  if (token === "'") return "′";
  if (token === "-") return "−";
  if (token === "~" || token === "&") return " ";
  return token.startsWith("\\") ? readCommand(cursor, token, depth) : token;
}

const functionNames = new Set(
  `arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min
  Pr sec sin sinh sup tan tanh softmax`.split(/\s+/),
);
const dresses = new Set(
  `text textbf textit texttt textsc textsf textrm textmd textup textnormal emph mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak
  mathbfit boldsymbol bm pmb mbox hbox operatorname underline overline underbrace overbrace widehat widetilde vec si ensuremath
  mathop mathbin mathrel mathord phantom boxed uline overrightarrow overleftarrow`.split(/\s+/),
);
const dropped = new Set(
  `left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr middle limits nolimits displaystyle textstyle scriptstyle rm bf it sf tt cal em
  boldmath unboldmath small tiny xspace nonumber notag`.split(/\s+/),
);
const spaces = new Set(["\\ ", "\\,", "\\;", "\\:", "\\>", "\\quad", "\\qquad", "\\\\", "\\\n"]);
const marks: Record<string, string> = {
  hat: "^",
  tilde: "~",
  bar: "=",
  dot: ".",
  ddot: '"',
  acute: "'",
  grave: "`",
  check: "v",
  breve: "u",
};
const negated: Record<string, string> = {
  "=": "≠",
  "\\in": "∉",
  "\\subset": "⊄",
  "\\equiv": "≢",
  "\\exists": "∄",
  "<": "≮",
  ">": "≯",
};

function readCommand(cursor: Cursor, command: string, depth: number): string {
  const name = command.slice(1).replace(/\*$/, "");
  if (name === "frac" || name === "dfrac" || name === "tfrac" || name === "nicefrac" || name === "sfrac")
    return readFraction(cursor, depth);
  if (name === "sqrt") return readRoot(cursor, depth);
  if (name === "binom") return `C(${readArgument(cursor, depth)}, ${readArgument(cursor, depth)})`;
  if (name === "begin") return readEnvironment(cursor, depth);
  if (name === "pmod") return ` (mod ${readArgument(cursor, depth)})`;
  if (name === "mathbb") return doubleStruck(readArgument(cursor, depth));
  if (name === "unicode") return readCharacter(readArgument(cursor, depth));
  if (name === "mkern" || name === "hskip") return skipLength(cursor);
  if (name === "not") return readNegation(cursor);
  if (marks[name]) return withMark(readArgument(cursor, depth), marks[name]);
  if (dresses.has(name)) return readWords(cursor, name, depth);
  return readSymbol(cursor, command, name);
}

/** What stands around the rows of an environment; its rows are parted by semicolons. */
const fences: Record<string, [string, string]> = {
  cases: ["{ ", " }"],
  dcases: ["{ ", " }"],
  pmatrix: ["(", ")"],
  bmatrix: ["[", "]"],
  vmatrix: ["|", "|"],
  Vmatrix: ["‖", "‖"],
  Bmatrix: ["{", "}"],
};

function readEnvironment(cursor: Cursor, depth: number): string {
  if (depth > DEEPEST_NESTING) throw new UnreadableTex();
  const name = readName(cursor);
  // Its columns, which a line has not.
  if (name === "array") readArgument(cursor, depth);
  const rows = [""];
  while (cursor.at < cursor.tokens.length) {
    const token = cursor.tokens[cursor.at];
    if (token === "\\end") {
      cursor.at += 1;
      if (readName(cursor) !== name) throw new UnreadableTex();
      const [open, close] = fences[name] ?? ["", ""];
      return `${open}${rows.map((row) => row.replace(/\s+/g, " ").trim().replace(/,$/, "")).join("; ")}${close}`;
    }
    if (token === "\\\\") {
      skipGap(cursor);
      rows.push("");
    } else rows.push(`${rows.pop()}${readAtom(cursor, depth + 1)}`);
  }
  throw new UnreadableTex();
}

/** `{cases}` */
function readName(cursor: Cursor): string {
  const close = cursor.tokens.indexOf("}", cursor.at);
  if (cursor.tokens[cursor.at] !== "{" || close < 0) throw new UnreadableTex();
  const name = cursor.tokens.slice(cursor.at + 1, close).join("");
  cursor.at = close + 1;
  return name.replace(/\*$/, "");
}

/** The end of a row, and how much space may follow it: `\\\\[1.2ex]`. */
function skipGap(cursor: Cursor): void {
  cursor.at += 1;
  const gap = /^\[[\d.]+[a-z]{2}\]/.exec(cursor.tokens.slice(cursor.at, cursor.at + 12).join(""));
  if (gap) cursor.at += [...gap[0]].length;
}

function readSymbol(cursor: Cursor, command: string, name: string): string {
  if (functionNames.has(name)) return ` ${name} `;
  if (dropped.has(name)) return skipNullDelimiter(cursor);
  if (spaces.has(command)) return " ";
  if (command === "\\!" || command === "\\/" || command === "\\-") return "";
  if (/^\\[%$&#_{}|]$/.test(command)) return command === "\\|" ? "‖" : name;
  const symbol = symbolFor(command);
  if (symbol === undefined) return readAuthorMacro(cursor, command);
  // TeX ends a name with a blank that is not printed: "\sim 30" is "∼30", "\alpha x" is "αx".
  if (cursor.tokens[cursor.at]?.trim() === "" && /^[\p{L}∼≈~<>]$/u.test(symbol) && cursor.at === 1) cursor.at += 1;
  return symbol;
}

function readAuthorMacro(cursor: Cursor, command: string): string {
  const expansion = authorMacros[command];
  // As it is set: see `nameIn` of render-math.ts.
  if (expansion === undefined && /^\\[A-Z][A-Za-z]+$/.test(command) && !opensArgument(cursor)) {
    return ` ${command.slice(1)} `;
  }
  const line = expansion === undefined ? null : plainMath(expansion);
  if (line === null) throw new UnreadableTex();
  return line;
}

function opensArgument({ tokens, at }: Cursor): boolean {
  return /^[{[]$/.test((tokens[at]?.trim() === "" ? tokens[at + 1] : tokens[at]) ?? "");
}

function skipNullDelimiter(cursor: Cursor): string {
  while (cursor.tokens[cursor.at]?.trim() === "") cursor.at += 1;
  if (cursor.tokens[cursor.at] === ".") cursor.at += 1;
  return "";
}

function readArgument(cursor: Cursor, depth: number): string {
  while (cursor.tokens[cursor.at]?.trim() === "") cursor.at += 1;
  if (cursor.at >= cursor.tokens.length || depth > DEEPEST_NESTING) throw new UnreadableTex();
  return readAtom(cursor, depth + 1).trim();
}

/** In words a hyphen is a hyphen: `\text{multi-modal}`. */
function readWords(cursor: Cursor, name: string, depth: number): string {
  const words = readArgument(cursor, depth);
  return /^(?:text|mathrm|mathsf|mathtt|mbox|hbox|operatorname|emph)/.test(name) ? words.replaceAll("−", "-") : words;
}

function readFraction(cursor: Cursor, depth: number): string {
  return `${bracketed(readArgument(cursor, depth))}/${bracketed(readArgument(cursor, depth))}`;
}

function readRoot(cursor: Cursor, depth: number): string {
  if (cursor.tokens[cursor.at] !== "[") return `√${bracketed(readArgument(cursor, depth))}`;
  cursor.at += 1;
  const degree = readUntil(cursor, { closer: "]", depth: depth + 1 });
  return `${raised("^", degree) ?? degree}√${bracketed(readArgument(cursor, depth))}`;
}

function bracketed(text: string): string {
  return /^[\p{L}\p{N}.]+$/u.test(text) ? text : `(${text})`;
}

/** `^2` is `²`, `^{10}` is `¹⁰`; words and what Unicode cannot raise are written as typed: `x_max`, `n^(k/2)`. */
function readScript(cursor: Cursor, direction: "^" | "_", depth: number): string {
  // Blanks are kept between words: n log n.
  const script = readArgument(cursor, depth)
    .replace(/\s+/g, " ")
    .replace(/ (?![\p{L}\p{N}])|(?<![\p{L}\p{N}]) /gu, "");
  const isWord = /\p{L}{3}|\./u.test(script);
  const raisedScript = isWord ? null : raised(direction, script);
  if (raisedScript !== null) return raisedScript;
  const standsAlone = [...script].length === 1 || /^(?:[A-Za-z0-9.\u0370-\u03ff]+|\([^()]*\))$/.test(script);
  return standsAlone ? `${direction}${script}` : `${direction}(${script})`;
}

function withMark(text: string, mark: string): string {
  const letter = [...text];
  return letter.length === 1 ? (accented(mark, text) ?? `${text}${combiningMark(mark)}`) : text;
}

function readCharacter(code: string): string {
  const character = printableCharacter(Number.parseInt(code.replace(/^x/, ""), 16));
  if (character === null) throw new UnreadableTex();
  return character;
}

/** `-2mu`: a number and a unit of two letters. */
function skipLength(cursor: Cursor): string {
  while (/^[-.\d\s]+$/.test(cursor.tokens[cursor.at] ?? "")) cursor.at += 1;
  cursor.at += 2;
  return "";
}

function doubleStruck(text: string): string {
  return [...text].map((letter) => symbolFor(`\\mathbb{${letter}}`) ?? letter).join("");
}

/** The stroke that Unicode puts through a sign: U+0338. Some have a letter with it already. */
function readNegation(cursor: Cursor): string {
  const token = cursor.tokens[cursor.at] ?? "";
  const symbol = negated[token] ?? `${symbolFor(token) ?? ""}\u0338`.normalize("NFC");
  if ([...symbol].length > 2 || symbol === "\u0338") throw new UnreadableTex();
  cursor.at += 1;
  return symbol;
}
