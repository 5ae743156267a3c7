import { analyseText } from "#lib/search/analyse-text.ts";
import { readCategory } from "#lib/search/read-category.ts";
import { readSpan } from "#lib/search/read-span.ts";

/** What one piece of a reader's line asks for. */
export type TermKind =
  | "word"
  | "phrase"
  | "without"
  | "author"
  | "title"
  | "abstract"
  | "category"
  | "from"
  | "to"
  | "date"
  | "source"
  | "code";

/** `text` is what was typed, without signs of the language; of a category, date or source its one way of writing. */
export type Term = { kind: TermKind; text: string };

export type ReadLine = {
  terms: Term[];
  /** Pieces that look like a filter and are none (`date:yesterdayish`): they were read as words. */
  misread: string[];
  /** More was typed than is read. */
  cut: boolean;
};

/** Characters of a query that are read; what follows is not. */
export const longestQuery = 2000;

type Operator = { kind: TermKind; read: (value: string) => string | null };

const name = (value: string) => (/\p{L}/u.test(value) ? value : null);
const text = (value: string) => (analyseText(value).stems.length > 0 ? value : null);
const span = (value: string) => readSpan(bare(value))?.text ?? null;

/** The first name of each kind is the one that is written. */
const operators: Record<string, Operator> = {
  au: { kind: "author", read: name },
  author: { kind: "author", read: name },
  ti: { kind: "title", read: text },
  abs: { kind: "abstract", read: text },
  cat: { kind: "category", read: (value) => readCategory(bare(value)) },
  date: { kind: "date", read: span },
  from: { kind: "from", read: span },
  to: { kind: "to", read: span },
  source: { kind: "source", read: (value) => sources[bare(value)] ?? null },
  has: { kind: "code", read: (value) => (bare(value) === "code" ? "code" : null) },
};

const sources: Record<string, string> = {
  arxiv: "arxiv",
  huggingface: "huggingface",
  hf: "huggingface",
  sample: "sample",
};

const nameOf: Partial<Record<TermKind, string>> = Object.fromEntries(
  Object.entries(operators)
    .toReversed()
    .map(([name, { kind }]) => [kind, name]),
);

// At the beginning of a piece: an operator with its value; something in quotes, or to leave out; a word. Otherwise a quote
// is as good as a blank. Nothing here reads a character more than a few times: the time grows with the line, not faster.
const piece =
  /(?<name>[a-z]+):(?:"(?<quotedValue>[^"]+)"|(?<value>[^\s"]+))|(?<![^\s"])(?<minus>-?)"(?<quoted>[^"]+)"|-(?<excluded>\p{L}[^\s"]*)|(?<word>[^\s"]+)|[\s"]/giuy;

/**
 * A reader's line in its pieces. Never throws: only the operators above, `"a phrase"`, `-word` and `-"a phrase"` are syntax,
 * at the beginning of a piece, and an operator whose value makes no sense is words.
 */
export function readLine(typed: string): ReadLine {
  const { line, cut } = cutLine(typed);
  const pieces = [...line.matchAll(piece)].map(readPiece);
  const terms = distinct(pieces.flatMap((read) => read.terms));
  const misread = pieces.flatMap((read) => read.misread ?? []);
  // Written in the one way, a line can be a few blanks longer: what is read must fit when it is written again.
  const fitting = longestStart(terms);
  return { terms: fitting, misread, cut: cut || fitting.length < terms.length };
}

/** What was typed, in one line, as far as it is read: for a page that repeats it. */
export function readableLine(typed: string): string {
  return cutLine(typed).line;
}

type Piece = { terms: Term[]; misread?: string };

function readPiece({ 0: whole, groups = {} }: RegExpExecArray): Piece {
  const { name, quotedValue, value, minus, quoted, excluded, word } = groups;
  if (name !== undefined) return readOperator({ whole, name, quotedValue, value });
  if (quoted !== undefined) return { terms: termsOf(minus ? "without" : "phrase", quoted) };
  if (excluded !== undefined) {
    const [operator] = /^[a-z]+(?=:.)/i.exec(excluded) ?? [];
    // Words and phrases can be left out; that -cat:cs.LG leaves out nothing must be said.
    return { terms: termsOf("without", excluded), misread: operator && findOperator(operator) ? whole : undefined };
  }
  return { terms: termsOf("word", word ?? "") };
}

function readOperator({
  whole,
  name,
  quotedValue,
  value,
}: Record<"whole" | "name", string> & Record<string, string | undefined>): Piece {
  const operator = findOperator(name);
  const read = operator?.read(oneSpace(quotedValue ?? value ?? ""));
  if (operator && read) return { terms: [{ kind: operator.kind, text: read }] };
  const terms =
    quotedValue === undefined
      ? termsOf("word", whole)
      : [...termsOf("word", `${name}:`), ...termsOf("phrase", quotedValue)];
  return { terms, misread: operator ? whole : undefined };
}

function termsOf(kind: TermKind, typed: string): Term[] {
  const text = oneSpace(typed);
  return text ? [{ kind, text }] : [];
}

/** The line that says the same in one way of writing: `readLine(formatTerms(terms))` gives the terms again. */
export function formatTerms(terms: readonly Term[]): string {
  return terms.map(formatTerm).join(" ");
}

export function formatTerm({ kind, text }: Term): string {
  if (kind === "word") return text;
  if (kind === "phrase") return `"${text}"`;
  if (kind === "without") return /^\p{L}\S*$/u.test(text) ? `-${text}` : `-"${text}"`;
  return `${nameOf[kind]}:${text.includes(" ") ? `"${text}"` : text}`;
}

/** Whether the term narrows the search, other than by the free words of the line. */
export function isFilter({ kind }: Term): boolean {
  return kind !== "word" && kind !== "phrase";
}

/** The terms with one more at their end. */
export function withTerm(terms: readonly Term[], term: Term): Term[] {
  return distinct([...terms, term]);
}

export function withoutTerm(terms: readonly Term[], term: Term): Term[] {
  return terms.filter((other) => keyOf(other) !== keyOf(term));
}

/** Whether `terms`, written as a line, are read to their end. */
export function fitsLine(terms: readonly Term[]): boolean {
  return [...formatTerms(terms)].length <= longestQuery;
}

function cutLine(typed: string): { line: string; cut: boolean } {
  const letters = [
    // Ten times as much as is read bounds what normalising costs.
    ...typed
      .slice(0, 10 * longestQuery)
      .toWellFormed()
      .normalize("NFC")
      .replace(/[“”„‟«»＂]/g, '"')
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim(),
  ];
  return { line: letters.slice(0, longestQuery).join("").trim(), cut: letters.length > longestQuery };
}

function longestStart(terms: readonly Term[]): Term[] {
  let fitting = [...terms];
  while (!fitsLine(fitting)) fitting = fitting.slice(0, -1);
  return fitting;
}

function findOperator(name: string): Operator | null {
  const lower = name.toLowerCase();
  return Object.hasOwn(operators, lower) ? (operators[lower] ?? null) : null;
}

function distinct(terms: readonly Term[]): Term[] {
  const filters = new Set<string>();
  return terms.filter((term) => {
    if (!isFilter(term)) return true;
    const isNew = !filters.has(keyOf(term));
    filters.add(keyOf(term));
    return isNew;
  });
}

function keyOf({ kind, text }: Term): string {
  return `${kind} ${text}`;
}

/** Without the sign that ends a sentence or a list, in small letters. */
function bare(value: string): string {
  return value.replace(/[,;.!?)]+$/, "").toLowerCase();
}

function oneSpace(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
