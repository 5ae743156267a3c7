import { hash } from "node:crypto";
import fc from "fast-check";
import { XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { setFormulas, TYPESETTER, typesetText } from "#lib/papers/typeset-text.ts";
import type { TextPart } from "#lib/papers/types.ts";

/** Parts as one line: text as it is, formulas as ⟦tex⟧ (⟦⟦tex⟧⟧ on a line of their own), links as <href|text>. */
function outline(parts: TextPart[]): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      if (part.kind === "link") return `<${part.href}|${part.text}>`;
      return part.display ? `⟦⟦${part.tex}⟧⟧` : `⟦${part.tex}⟧`;
    })
    .join("");
}

function typeset(text: string): string {
  return outline(typesetText(text));
}

test("a formula becomes MathML, the words around it stay text", () => {
  expect(typesetText("Sorting in $O(n^2)$ steps")).toEqual([
    { kind: "text", text: "Sorting in " },
    { kind: "math", tex: "O(n^2)", display: false, mathml: expect.stringMatching(/^<math [^>]*>.*<msup><mi>n<\/mi>/) },
    { kind: "text", text: " steps" },
  ]);
});

test.each([
  ["$$E = mc^2$$", "⟦⟦E = mc^2⟧⟧"],
  ["so \\[a \\le b\\] holds", "so ⟦⟦a \\le b⟧⟧ holds"],
  ["so \\(a \\le b\\) holds", "so ⟦a \\le b⟧ holds"],
  ["\\begin{equation}a=b\\end{equation}", "⟦⟦\\begin{equation}a=b\\end{equation}⟧⟧"],
  ["\\begin{align}a&=b\\\\c&=d\\end{align}", "⟦⟦\\begin{align}a&=b\\\\c&=d\\end{align}⟧⟧"],
  ["\\[a=b\\label{one}\\]", "⟦⟦a=b\\label{one}⟧⟧"],
  ["from $x$$y$ to $z$", "from ⟦x⟧⟦y⟧ to ⟦z⟧"],
  ["a gain of $2.5\\%$ and $97%$", "a gain of 2.5% and 97%"],
  ["$\\textbf{Quill}$ beats $\\texttt{ink\\_pot}$", "Quill beats ink_pot"],
  ["$\\alpha$ over $100$ runs", "⟦\\alpha⟧ over 100 runs"],
  ["over $\\R^d$ and $\\GF{5}$", "over ⟦\\R^d⟧ and ⟦\\GF{5}⟧"],
])("mathematics: %s", (typed, shown) => {
  expect(typeset(typed)).toBe(shown);
});

test("an author's own command with a capital and no argument is a name, set upright", () => {
  const [part] = typesetText("$\\dim \\Hull(q) \\le \\KLinf$");
  expect(part).toMatchObject({ kind: "math", mathml: expect.stringMatching(/<mi>Hull<\/mi>.*<mi>KLinf<\/mi>/) });
});

test.each(["$\\Omg{n}$", "$\\Vec [x]$", "$\\hull$", "$\\X$", "$\\Aa\\Bb\\Cc\\Dd\\Ee\\Ff$"])(
  "what else it does not know may be anything, and so may too many names: %s",
  (typed) => {
    expect(typeset(typed)).toBe(typed);
  },
);

test.each([
  "Mending 900 bugs for 1$: a thrifty repair shop",
  "It costs $5 and $10 million, no more",
  "between $5-$10 a piece",
  "from 5$/hour to 10$/hour",
  "at 1$ and 2$ a page",
  "spent $40K on labels, then $70K on paper",
  "US$44 against US$12 in charges",
  "$3 per run is what we paid, while others paid $9",
  "for under $3",
])("money is not mathematics: %s", (typed) => {
  expect(typeset(typed)).toBe(typed);
});

test.each([
  ["\\emph{slow} and \\textbf{\\textit{steady}}", "slow and steady"],
  ["{\\em a priori\\/} bounds, {\\bf now}", "a priori bounds, now"],
  [
    'Schr\\"odinger, Erd\\H{o}s, \\\'{E}mile, na\\"{\\i}ve, Fran\\c{c}ois, S\\o rensen, Jo\\v zef',
    "Schrödinger, Erdős, Émile, naïve, François, Sørensen, Jožef",
  ],
  ["{\\'e}t{\\'e}", "été"],
  ["the reader\\'s eye", "the reader's eye"],
  ["12\\% of Q\\&A, \\$5, a\\_b, \\#1, \\{x\\}", "12% of Q&A, $5, a_b, #1, {x}"],
  ["``quoted'' and ``half quoted\" and `single' words", "“quoted” and “half quoted” and ‘single’ words"],
  ["pages 3--7 --- and so on -- run with --help", "pages 3–7 — and so on – run with --help"],
  ["Fig.~2 takes ~30 minutes", "Fig. 2 takes ~30 minutes"],
  ["360{\\deg} views, 5 \\pm 1 $\\mu$m", "360° views, 5 ± 1 ⟦\\mu⟧m"],
  ["\\r{ho} = 0.7, \\b{eta}-VAE, \\k{appa}, \\c{opyright} 2026", "ρ = 0.7, β-VAE, κ, © 2026"],
  ["{sim}11% faster, 7{times} smaller", "∼11% faster, 7× smaller"],
  ["E\\textsuperscript{2}R and H\\textsubscript{2}O", "E²R and H₂O"],
  ["as shown by \\citep{adams1999,brown2001}", "as shown by [adams1999, brown2001]"],
  ["a model\\footnote{Code follows.} of ink", "a model (Code follows.) of ink"],
  ["\\textcolor{red}{warm} and {\\color{blue} cold}", "warm and cold"],
  ["tools, \\eg, pens, \\ie what writes, \\etc.", "tools, e.g., pens, i.e. what writes, etc."],
  ["\\begin{itemize}\\item one \\item two\\end{itemize}", "• one • two"],
  ["\\ding{182} first \\ding{51}", "❶ first ✓"],
  ["1.5\\,TB per~node", "1.5 TB per node"],
  ["de&#64257;ned &lt;seg&gt; &amp; more", "deﬁned <seg> & more"],
])("text macros read as text: %s", (typed, shown) => {
  expect(typeset(typed)).toBe(shown);
});

test.each([
  "We present \\ours, a model",
  "We present \\prism{}, a lens",
  "an {open brace and \\textbf{more",
  "an $open dollar and \\nosuchthing{x}",
  "the {-1, 0, 1} weights of a {small} net",
  "a broken $\\frac{1$ formula",
  "an unknown $\\nosuchcommand{x}$ here",
  "a lone ` backtick and ```fences```",
  "<think> tags </think> & <|im_end|>",
  "a \\( that never closes",
  "snake_case and x^2 without dollars",
  "the C:\\new folder",
])("what it does not know stays as typed: %s", (typed) => {
  expect(typeset(typed)).toBe(typed);
});

test.each([
  ["See https://example.org/a_b.", "See <https://example.org/a_b|https://example.org/a_b>."],
  ["(https://example.org/x)", "(<https://example.org/x|https://example.org/x>)"],
  ["https://example.org/Ink_(pen), yes", "<https://example.org/Ink_(pen)|https://example.org/Ink_(pen)>, yes"],
  ["\\url{https://example.org/a\\_b}", "<https://example.org/a_b|https://example.org/a_b>"],
  ["\\href{https://example.org/}{our \\textbf{page}}", "<https://example.org/|our page>"],
  ["\\textcolor{blue}{https://example.org/x}", "<https://example.org/x|https://example.org/x>"],
  ["the https://example.org/{project page}", "the <https://example.org/|project page>"],
  ["$\\href{https://example.org/}{here}$", "<https://example.org/|here>"],
  ["HTTP://EXAMPLE.ORG/a", "<http://example.org/a|HTTP://EXAMPLE.ORG/a>"],
])("an address becomes a link: %s", (typed, shown) => {
  expect(typeset(typed)).toBe(shown);
});

test.each([
  "\\href{javascript:alert(1)}{press}",
  "\\href{data:text/html,x}{press}",
  "\\url{javascript:alert(1)}",
  "\\href{https://bank.example@evil.example/}{press}",
  "javascript:alert(1) and ftp://example.org/x",
  "$\\href{javascript:alert(1)}{x}$",
  "$\\url{javascript:alert(1)}$",
])("no other scheme does: %s", (typed) => {
  expect(typesetText(typed).filter((part) => part.kind !== "text")).toEqual([]);
});

test.each([
  "$\\def\\x{\\x\\x}\\x$",
  "$\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{xxxx}\\a\\a\\a\\a$",
  "$\\newcommand{\\Lol}{\\Lol\\Lol}\\Lol$",
  `$\\begin{array}{${"c".repeat(800)}}${"a&".repeat(300)}a\\end{array}\\end{array}$`,
  "$\\includegraphics{https://example.org/x.png}$",
  "$\\class{big}{x}$",
  "$\\style{background:url(https://example.org)}{x}$",
  "$\\htmlId{a}{x}$",
  "$\\rule{9000em}{9000em}$",
  `$${"x^{".repeat(60)}1${"}".repeat(60)}$`,
  `$${"\\left(".repeat(60)}1${"\\right)".repeat(60)}$`,
])("a formula that defines, loads, styles or nests too deep is shown as typed: %s", (typed) => {
  expect(typesetText(typed)).toEqual([{ kind: "text", text: typed }]);
});

test("an empty line parts paragraphs, other white space is one blank", () => {
  expect(typeset("  one\nline\n\nand   another\u0000 ")).toBe("one line\n\nand another");
});

test("what is set otherwise than before has another number, so that what is stored is set again", () => {
  const formulas = [
    "O(n^2)",
    "\\frac{\\alpha}{\\sqrt{2}}",
    "\\R^d \\to \\GF{5}",
    "\\SI{5}{m}",
    "\\begin{cases}a&b\\\\c&d\\end{cases}",
    "x \\mbox{ if } \\hat{y} \\le \\mathcal{O}(1) = 97%",
    "\\nosuchcommand",
    "\\dim \\Hull(q) - \\KLinf_n",
    "\\sum_{i=1}^{n} x_i",
  ];
  const set = formulas.map((tex) => setFormulas(`$${tex}$ and \\[${tex}\\]`)?.mathml);
  // When this fails, raise TYPESETTER, and write its number and the new sum here.
  expect({ TYPESETTER, sum: hash("sha256", JSON.stringify(set)) }).toEqual({
    TYPESETTER: 2,
    sum: "5f73d800932c2058c39bfb1f79decf145fd1c10eb2617fff9887b71ad17fd5ab",
  });
});

const hostile = {
  dollars: "$".repeat(8000),
  "dollars and braces": "${".repeat(4000),
  "open macros": "\\emph{".repeat(1500),
  "open groups": "{\\em ".repeat(2000),
  "nested links": `${"\\href{http://a.example/}{".repeat(70)}${"}".repeat(70)}`,
  "brackets after addresses": `http://a.example/${")".repeat(380)} `.repeat(20),
  "open quotes": "``a ".repeat(2000),
  "open environments": "\\begin{equation}".repeat(500),
  "half environments": "\\begin{".repeat(1100),
  "many formulas": "$x_{i}^{2}$ ".repeat(700),
  towers: "$x^{x^{x^{x^{x^{x}}}}}$ ".repeat(300),
  "a long formula": `$${"\\frac{a}{b}+".repeat(120)}c$`,
  "accents on accents": `$${"\\hat{\\tilde{".repeat(20)}x${"}}".repeat(20)}$`,
  "a matrix": `$\\begin{matrix}${"a&b\\\\".repeat(250)}\\end{matrix}$`,
  "a huge array": `$\\begin{array}{${"c".repeat(300)}}${`${"a&".repeat(60)}a\\\\`.repeat(9)}\\end{array}$`,
  "arrays in arrays": `$${"\\begin{matrix}".repeat(20)}x${"\\end{matrix}".repeat(20)}$`,
  "names nobody knows": `$${"\\Foo\\Bar\\Baz\\Qux\\Quux ".repeat(50)}$ `.repeat(6),
  "sizes without end": `$${"\\Huge x\\kern99999em".repeat(60)}$`,
  "roots without braces": `$${"\\sqrt".repeat(290)} x$`,
  "far too much": "A formula $x^2$ and \\emph{more}. ".repeat(20_000),
};

test.each(Object.entries(hostile))("hostile input is read in 50 ms: %s", (_, text) => {
  // Processor time, and the best of five: another process on this machine is not the text's fault.
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    typesetText(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});

const fragment = fc.oneof(
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom(
    ..."$|$$|\\(|\\)|\\[|\\]|{|}|\\|\\\\|_|^|&|%|#|~|``|''|--|<|>|\"|\n\n|x|1|\\alpha|\\frac|\\sqrt|\\left(|\\right)|\\text{|\\textbf{|\\emph{|\\mathcal{|\\href{|\\url{|https://example.org/|javascript:|\\color{red}|\\begin{matrix}|\\end{matrix}|\\begin{cases}|\\def\\x{|\\hat|\\not|\\unicode{x|\\char\"|\\verb||\\cite{|\\footnote{|\\'|\\\"|<script>|</math>|&lt;|&#60;|\\class{|\\tag{|\\underbrace{|\\boxed{".split(
      "|",
    ),
  ),
);

test("whatever is typed: it never throws, formulas are well-formed MathML, links are http(s), nothing is empty", {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 25 }), (fragments) => {
      for (const part of typesetText(fragments.join(""))) {
        if (part.kind === "text") expect(part.text).not.toBe("");
        if (part.kind === "link") expect(part.href).toMatch(/^https?:\/\/[^\s"<>]+$/);
        if (part.kind === "math") {
          expect(XMLValidator.validate(part.mathml)).toBe(true);
          expect(part.mathml).toMatch(/^<math .*<\/math>$/s);
          expect(part.mathml).not.toMatch(/<(?!\/?m)|\s(?:href|src|on[a-z]+|id|xlink:href)=|javascript:[^<]*"/i);
        }
      }
    }),
    { numRuns: 2000 },
  );
});
