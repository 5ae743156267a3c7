import { paragraphs } from "#lib/papers/clean-text.ts";
import { findLink, webAddress } from "#lib/papers/tex/find-link.ts";
import { findMath } from "#lib/papers/tex/find-math.ts";
import { type CommandReading, closingBrace, readCommand } from "#lib/papers/tex/read-command.ts";
import { readDash, readQuote, readTilde } from "#lib/papers/tex/read-punctuation.ts";
import { unescapeEntities } from "#lib/papers/tex/unescape-entities.ts";

/** A stretch of a title or abstract, read. `typed` is the source of a formula, delimiters included. */
export type TexPiece =
  | { kind: "prose"; text: string }
  | { kind: "math"; tex: string; display: boolean; typed: string }
  | { kind: "link"; href: string; text: string };

// arXiv allows 1,920 characters; what is far beyond is no abstract, and its tail is shown as typed.
const LONGEST_TEXT = 8000;
// After so many delimiters that opened nothing and commands that nobody knows, this is no TeX, and the rest is shown as
// typed. Keeps the reading linear in the text.
const MOST_MISSES = 100;
const MOST_FORMULAS = 200;

type Reader = {
  text: string;
  at: number;
  /** What is printed for a closing brace, by its index. */
  closers: Map<number, string>;
  quoteIsOpen: boolean;
  misses: number;
  formulas: number;
};

/** One step of the reading: what it found, and where to go on. */
type Step = { found: TexPiece[]; end: number };

/**
 * Reads the LaTeX that authors type into titles and abstracts: text macros, accents, quotes and dashes become plain
 * characters, formulas and web addresses pieces of their own. What it does not know stays as typed. An empty line parts
 * paragraphs; other white space is one blank. Never throws; linear in the length of the text.
 */
export function readTex(text: string): TexPiece[] {
  const tidy = paragraphs(unescapeEntities(text.slice(0, LONGEST_TEXT)));
  const reader: Reader = { text: tidy, at: 0, closers: new Map(), quoteIsOpen: false, misses: 0, formulas: 0 };
  const pieces: TexPiece[] = [];
  while (reader.at < tidy.length) {
    const { found, end } = readStep(reader);
    for (const piece of found) append(pieces, piece);
    reader.at = end;
  }
  append(pieces, { kind: "prose", text: text.slice(LONGEST_TEXT).replace(/\s+/g, " ") });
  return withTidyBlanks(pieces);
}

function append(pieces: TexPiece[], piece: TexPiece): void {
  const last = pieces.at(-1);
  if (last?.kind === "prose" && piece.kind === "prose") last.text += piece.text;
  else pieces.push({ ...piece });
}

function prose(text: string, end: number): Step {
  return { found: [{ kind: "prose", text }], end };
}

const ordinary = /[^$\\{}~`'"\-hH]+/y;

function readStep(reader: Reader): Step {
  const { text, at } = reader;
  if (reader.misses > MOST_MISSES) return prose(text.slice(at), text.length);
  ordinary.lastIndex = at;
  const run = ordinary.exec(text)?.[0];
  if (run) return prose(run, at + run.length);
  const character = text[at] ?? "";
  switch (character) {
    case "$":
      return readFormula(reader) ?? prose("$", at + 1);
    case "\\":
      return readBackslash(reader);
    case "{":
      return readOpeningBrace(reader);
    case "}":
      return prose(reader.closers.get(at) ?? "}", at + 1);
    case "h":
    case "H":
      return readAddress(text, at) ?? prose(character, at + 1);
    default:
      return readPunctuation(reader, character);
  }
}

function readPunctuation(reader: Reader, character: string): Step {
  const { text, at } = reader;
  if (character === "~" || character === "-") {
    const printed = character === "~" ? readTilde(text, at) : readDash(text, at);
    return prose(printed.text, printed.end);
  }
  const quote = readQuote(text, at, { isOpen: reader.quoteIsOpen });
  reader.quoteIsOpen = quote.isOpen;
  return prose(quote.text, quote.end);
}

function readFormula(reader: Reader): Step | null {
  if (reader.formulas > MOST_FORMULAS) return null;
  const { text, at } = reader;
  const span = findMath(text, at);
  if (!span) {
    reader.misses += 1;
    return null;
  }
  reader.formulas += 1;
  const { tex, display, end } = span;
  const words = wordsInDollars(tex);
  return { found: words ?? [{ kind: "math", tex, display, typed: text.slice(at, end) }], end };
}

const number = /^[-+]?\d+(?:[.,]\d+)*\s*(?:\\?%)?$/;
const dressedWords = /^(?:\\(?:text(?:bf|it|tt|sc|sf|rm)|emph|underline)\s*\{)+(?:[\p{L}\p{N} .,%-]|\\[_%])+\}+$/u;

/** `$100$`, `$\textbf{97.5\%}$`, `$\href{…}{…}$`: dollars around what is no mathematics. Null when it is. */
function wordsInDollars(tex: string): TexPiece[] | null {
  const bare = tex.trim();
  if (number.test(bare)) return [{ kind: "prose", text: bare.replace("-", "−").replace("\\", "") }];
  return dressedWords.test(bare) || /^\\(?:href|url)\s*\{[^$]*$/.test(bare) ? readTex(bare) : null;
}

function readBackslash(reader: Reader): Step {
  const { text, at } = reader;
  const opensFormula = /^\\(?:[([]|begin\{)/.test(text.slice(at, at + 7));
  return (opensFormula ? readFormula(reader) : null) ?? obey(reader, readCommand(text, at));
}

function obey(reader: Reader, reading: CommandReading): Step {
  switch (reading.kind) {
    case "text":
      return prose(reading.text, reading.end);
    case "unknown":
      reader.misses += 1;
      return prose(reader.text.slice(reader.at, reading.end), reading.end);
    case "wrap":
      return openGroup(reader, reading);
    case "link":
      return readLinkCommand(reading);
  }
}

function openGroup(reader: Reader, { open, close, brace }: { open: string; close: string; brace: number }): Step {
  const end = closingBrace(reader.text, brace);
  if (end === null) reader.misses += 1;
  if (end === null) return prose(reader.text.slice(reader.at, brace + 1), brace + 1);
  reader.closers.set(end, close);
  return prose(open, brace + 1);
}

function readLinkCommand({ address, label, end }: Extract<CommandReading, { kind: "link" }>): Step {
  // \url{https://example.org/page/.}: the full stop of the sentence slipped in.
  const [, typed = "", stop = ""] = /^(.*?)([.,;]*)$/s.exec(address.trim().replace(/\\([_~%#&])/g, "$1")) ?? [];
  const words = (label === null ? "" : labelWords(label)) || typed;
  const href = webAddress(typed);
  const found: TexPiece = href ? { kind: "link", href, text: words } : { kind: "prose", text: words };
  return { found: [found, { kind: "prose", text: stop }], end };
}

/** A label as plain words: whatever a link holds inside a link, it must not be a link. Empty when it is only an address. */
function labelWords(label: string): string {
  const words = readTex(label)
    .map((piece) => (piece.kind === "math" ? piece.typed : piece.text))
    .join("");
  return /https?:\/\//i.test(words) ? "" : words;
}

const lostBackslash =
  /\{(sim|times|approx|pm|deg|alpha|beta|gamma|delta|epsilon|varepsilon|lambda|mu|sigma|theta|tau|rho|pi|leq|geq|infty)\}/y;

function readOpeningBrace(reader: Reader): Step {
  const { text, at } = reader;
  // Hugging Face drops the backslash of {\times}.
  lostBackslash.lastIndex = at;
  const name = lostBackslash.exec(text)?.[1];
  const symbol = name && readCommand(`\\${name}`, 0);
  if (symbol && symbol.kind === "text") return prose(symbol.text, at + name.length + 2);
  const isGroupOfCommand = text[at + 1] === "\\" && readCommand(text, at + 1).kind !== "unknown";
  return isGroupOfCommand ? openGroup(reader, { open: "", close: "", brace: at }) : prose("{", at + 1);
}

function readAddress(text: string, at: number): Step | null {
  const link = findLink(text, at);
  if (!link) return null;
  const { label, end } = readLabel(text, link.end);
  return { found: [{ kind: "link", href: link.href, text: label ?? link.typed }], end };
}

/** Hugging Face drops the `\href` of `\href{address}{label}`: what is left is `address{label}`. */
function readLabel(text: string, at: number): { label: string | null; end: number } {
  const close = text[at] === "{" ? closingBrace(text, at) : null;
  if (close === null || close - at > 120) return { label: null, end: at };
  return { label: labelWords(text.slice(at + 1, close)) || null, end: close + 1 };
}

/** One blank between words, none at the ends; empty pieces go. */
function withTidyBlanks(pieces: TexPiece[]): TexPiece[] {
  const tidied = pieces.map((piece, index) => {
    if (piece.kind !== "prose") return piece;
    const text = piece.text.replace(/[^\S\n]+/g, " ").replace(/\s*\n\s*/g, "\n\n");
    const fromStart = index === 0 ? text.trimStart() : text;
    return { ...piece, text: index === pieces.length - 1 ? fromStart.trimEnd() : fromStart };
  });
  return tidied.filter((piece) => piece.kind !== "prose" || piece.text !== "");
}
