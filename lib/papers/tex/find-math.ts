/** A formula found in running text: `tex` is what stands between the delimiters, `end` the index behind them. */
export type MathSpan = { tex: string; display: boolean; end: number };

/** Longer than this nobody writes in an abstract: a delimiter was forgotten. */
export const LONGEST_FORMULA = 1500;

const environments = /\\begin\{((?:equation|align|gather|multline|eqnarray|displaymath|math)\*?)\}/y;

/** The formula that opens at `at` (`$`, `$$`, `\(`, `\[`, `\begin{equation}`), or null: then it is no mathematics. */
export function findMath(text: string, at: number): MathSpan | null {
  if (text.startsWith("$$", at)) return findDelimited(text, at, { open: "$$", close: "$$", display: true });
  if (text[at] === "$") return findDollars(text, at);
  if (text.startsWith("\\(", at)) return findDelimited(text, at, { open: "\\(", close: "\\)", display: false });
  if (text.startsWith("\\[", at)) return findDelimited(text, at, { open: "\\[", close: "\\]", display: true });
  return findEnvironment(text, at);
}

function findDelimited(
  text: string,
  at: number,
  { open, close, display }: { open: string; close: string; display: boolean },
): MathSpan | null {
  const start = at + open.length;
  const tex = text.slice(start, start + LONGEST_FORMULA + close.length);
  const length = tex.indexOf(close);
  if (length < 0 || tex.slice(0, length).trim() === "") return null;
  return { tex: tex.slice(0, length), display, end: start + length + close.length };
}

function findEnvironment(text: string, at: number): MathSpan | null {
  environments.lastIndex = at;
  const name = environments.exec(text)?.[1];
  if (!name) return null;
  const close = `\\end{${name}}`;
  const whole = text.slice(at, at + LONGEST_FORMULA);
  const length = whole.indexOf(close);
  if (length < 0) return null;
  return { tex: whole.slice(0, length + close.length), display: name !== "math", end: at + length + close.length };
}

function findDollars(text: string, at: number): MathSpan | null {
  const close = closingDollar(text, at);
  if (close === null) return null;
  const tex = text.slice(at + 1, close);
  const isMath = !isMoneyOrProse(tex, { before: text[at - 1] ?? " ", after: text[close + 1] ?? " " });
  return isMath ? { tex, display: false, end: close + 1 } : null;
}

/** The next dollar outside braces; when braces are left open, the next dollar at all. */
function closingDollar(text: string, at: number): number | null {
  let depth = 0;
  let first: number | null = null;
  for (let index = at + 1; index < text.length && index <= at + LONGEST_FORMULA; index += 1) {
    const character = text[index];
    if (character === "\\") index += 1;
    else if (character === "{") depth += 1;
    else if (character === "}") depth -= 1;
    else if (character === "$") {
      if (depth <= 0) return index;
      first ??= index;
    }
  }
  return first;
}

const wordsInCommands = /\\[A-Za-z]+\*?\s*\{[^{}\\]*\}/g;

/** Two dollar signs are not always a formula: "$5 and $10 million", "1$ a day, later 2$". */
function isMoneyOrProse(tex: string, { before, after }: { before: string; after: string }): boolean {
  if (tex.trim() === "") return true;
  const bare = tex.replace(wordsInCommands, "x");
  // Four plain words in a row are a sentence, whatever stands around them.
  if (/(?:(?<![A-Za-z\\])[A-Za-z]{2,}[,;:]?\s+){3}[A-Za-z]{2,}/.test(bare)) return true;
  // The space belongs between the words: this dollar opens the next formula, the one before was money.
  if (/^\S.*\s$/s.test(tex) && /[A-Za-z0-9\\]/.test(after)) return /[a-z]{3,}|^\d/i.test(bare);
  if (/[\\^_={}<>+*|]/.test(tex)) return false;
  if (/^\d/.test(tex) && /\d/.test(after)) return true;
  const nearMoney = /^[\d\s/,.)]/.test(tex) || /[\dA-Z~<>]/.test(before) || /\d/.test(after) || /\s$/.test(tex);
  if (/[A-Za-z]{2,}[\s.,]+[A-Za-z]{2,}/.test(tex)) return nearMoney;
  return /\d/.test(before) && /^[\s/]/.test(tex);
}
