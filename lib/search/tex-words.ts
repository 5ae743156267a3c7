const letters: Record<string, string> = {
  o: "o",
  O: "O",
  l: "l",
  L: "L",
  ss: "ss",
  ae: "ae",
  AE: "AE",
  oe: "oe",
  OE: "OE",
  aa: "a",
  AA: "A",
  i: "i",
  j: "j",
};

// Commands that say how something looks. Their arguments are read, their names are not words of the paper.
const looks = new Set(
  `text textbf textit textsc texttt textrm textsf textnormal textup textsl textmd textsubscript textsuperscript emph
  underline bf it sc tt rm sf em mathrm mathbf mathit mathcal mathbb mathsf mathtt mathfrak mathscr mathnormal
  boldsymbol bm pmb operatorname mbox hbox ensuremath left right big Big bigl bigr Bigl Bigr bigg Bigg quad qquad
  displaystyle textstyle limits nolimits frac dfrac tfrac sqrt hat widehat tilde widetilde bar overline vec dot ddot
  mathop mathbin mathrel cdot cdots ldots dots times sim approx leq geq le ge neq ne in to rightarrow leftarrow
  Rightarrow xspace url href footnote cite citep citet ref label begin end`.split(/\s+/),
);

/** TeX as the words that a reader would say: accents on their letters, commands by their names, no marks of mathematics. */
export function texToWords(text: string): string {
  if (!/[\\$_^~{}`]/.test(text)) return text;
  return (
    text
      .replace(/\s+/g, " ")
      // Accents: \'e, \"{o}, \v{s}. Those whose name is a letter need the brace: \beta is not \b with eta.
      .replace(/\\['"`^~=.]\s*\{?\\?([A-Za-z])\}?/g, "$1")
      .replace(/\\[cvuHtbdkr]\s*\{\\?([A-Za-z]{1,2})\}/g, "$1")
      .replace(/\\(ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])\s?/g, (_, name: string) => letters[name] ?? "")
      .replace(/\\([A-Za-z]+)\*?/g, (_, name: string) => (looks.has(name) ? " " : ` ${name} `))
      // \% and \& are signs, \, and \\ are spaces: all end a word.
      .replace(/\\./gs, " ")
      .replace(/\\$/, " ")
      // CO_2, x^{2}, \ell_1 are one word each; max_len is two.
      .replace(/\s?_\s?(?=[{\d])|\s?\^\s?/g, "")
      .replace(/[${}]/g, "")
      .replace(/[~_`]/g, " ")
  );
}
