import temml from "temml";
import { authorMacros, bracketArguments } from "#lib/papers/tex/author-macros.ts";
import { LONGEST_FORMULA } from "#lib/papers/tex/find-math.ts";
import { isSafeMathml } from "#lib/papers/tex/safe-mathml.ts";
import { printableCharacter } from "#lib/papers/tex/unescape-entities.ts";

const DEEPEST_NESTING = 24;
const MOST_COMMANDS = 250;
const MOST_EXPANSIONS = 300;
// Names of the authors' own in one formula.
const MOST_NAMES = 4;

// Commands that define, load, link or style: an abstract needs none of them, and some could loop or reach out.
const refused =
  /\\(?:def|gdef|edef|xdef|let|futurelet|global|long|newcommand|renewcommand|providecommand|newenvironment|expandafter|csname|href|url|includegraphics|class|id|style|data|html[A-Za-z]*|ref|eqref|definecolor|rule|raisebox|toggle)(?![A-Za-z])/;

// What LaTeX and its packages have and Temml lacks.
const packageMacros: Record<string, string> = {
  "\\mbox": "\\text{#1}",
  "\\hbox": "\\text{#1}",
  "\\emph": "\\textit{#1}",
  "\\textsc": "\\text{#1}",
  "\\textsl": "\\textit{#1}",
  "\\textsubscript": "_{\\text{#1}}",
  "\\textsuperscript": "^{\\text{#1}}",
  "\\SI": "#1\\,\\mathrm{#2}",
};

/** The formula as a MathML element, validated; null when it is not to be rendered and must be shown as typed. Never throws. */
export function renderMath(tex: string, { display }: { display: boolean }): string | null {
  const prepared = prepare(tex);
  if (!isWithinLimits(prepared)) return null;
  const names: Record<string, string> = {};
  for (let attempt = 0; attempt <= MOST_NAMES; attempt++) {
    const set = renderWith(prepared, { display, names });
    if ("mathml" in set) return set.mathml;
    const name = set.unknown && nameIn(set.unknown, prepared);
    if (!name) return null;
    names[`\\${name}`] = `\\operatorname{${name}}`;
  }
  return null;
}

/** The formula, or the command that Temml does not know. */
function renderWith(
  tex: string,
  { display, names }: { display: boolean; names: Record<string, string> },
): { mathml: string | null } | { unknown: string | null } {
  try {
    const mathml = temml.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
      trust: false,
      xml: true,
      strict: false,
      // Cut after relations and operators, so that a long formula can break in a narrow column.
      wrap: display ? "none" : "tex",
      maxExpand: MOST_EXPANSIONS,
      maxSize: [20, 20],
      macros: { ...packageMacros, ...authorMacros, ...names },
    });
    return { mathml: isSafeMathml(mathml) ? mathml : null };
  } catch (error) {
    // Broken or unknown TeX, or nesting beyond the stack: the reader gets what the author typed.
    const words = error instanceof Error ? error.message : "";
    return { unknown: /Unsupported function name: \\([A-Za-z]+)/.exec(words)?.[1] ?? null };
  }
}

/**
 * A command of the authors' own, written with a capital and without an argument (`\Hull`, `\KLinf`), is all but always a name
 * set upright, and is set as one. What a small letter or braces stand for nobody can know: null.
 */
function nameIn(command: string, tex: string): string | null {
  const isName = /^[A-Z][A-Za-z]+$/.test(command) && !new RegExp(`\\\\${command}\\s*[{[]`).test(tex);
  return isName ? command : null;
}

/** What authors type that TeX would read otherwise, or that only matters on paper. */
function prepare(tex: string): string {
  const unspaced = unnumbered(bracketArguments(tex))
    .replace(/(?<!\\)((?:\\\\)*)%/g, "$1\\%")
    .replace(/(?<!\\)((?:\\\\)*)#/g, "$1\\#")
    .replace(/\\text[a-z]*\{[^{}$\\]*_[^{}$\\]*\}/g, (words) => words.replaceAll("_", "\\_"))
    .replace(/\\si(?![A-Za-z{])/g, "\\sigma ")
    .replace(/\\si\{/g, "\\mathrm{")
    .replace(/\\w([th])\{/g, (_, kind) => (kind === "t" ? "\\widetilde{" : "\\widehat{"))
    .replace(/\\wt(?![A-Za-z])/g, "\\operatorname{wt}")
    .replace(
      /\\unicode\{x([0-9A-Fa-f]{2,5})\}/g,
      (typed, hex: string) => printableCharacter(Number.parseInt(hex, 16)) ?? typed,
    )
    .replace(
      /\\(?:boldmath|unboldmath|xspace|protect|nonumber|notag|allowbreak|displaylimits|small|footnotesize|tiny)(?![A-Za-z])/g,
      " ",
    )
    .trim();
  return unspaced.includes("\\begin") ? unspaced : unspaced.replace(/(?<!\\)((?:\\\\)*)&/g, "$1\\&");
}

/** The environments without their equation numbers, which Temml sets as HTML, and by the names that it knows. */
function unnumbered(tex: string): string {
  return tex
    .replace(/\\label\s*\{[^{}]*\}/g, " ")
    .replace(/\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}/g, " ")
    .replace(/\\(begin|end)\{(?:align|eqnarray)\*?\}/g, "\\$1{align*}")
    .replace(/\\(begin|end)\{(?:gather|multline)\*?\}/g, "\\$1{gather*}");
}

function isWithinLimits(tex: string): boolean {
  if (tex.length > LONGEST_FORMULA * 1.1 || refused.test(tex)) return false;
  const commands = tex.match(/\\[A-Za-z]+/g) ?? [];
  return commands.length <= MOST_COMMANDS && deepestNesting(tex) <= DEEPEST_NESTING;
}

function deepestNesting(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of tex.matchAll(/\\(?:left|begin|right|end)(?![A-Za-z])|\\?[{}]/g)) {
    if (token === "{" || token === "\\left" || token === "\\begin") depth += 1;
    else if (token === "}" || token === "\\right" || token === "\\end") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
