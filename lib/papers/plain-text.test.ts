import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText } from "#lib/papers/plain-text.ts";

test.each([
  ["Sorting in $\\mathcal{O}(n^2 \\log n)$ steps", "Sorting in O(n² log n) steps"],
  ["$\\ell_0$ and $\\ell_\\infty$ norms over $\\mathbb{R}^d$", "ℓ₀ and ℓ_∞ norms over ℝᵈ"],
  ["$2.5\\times$ faster, $\\sim$30 runs, $\\sim 40$ more", "2.5× faster, ∼30 runs, ∼40 more"],
  ["$\\frac{1}{2}$ of $\\sqrt{n+1}$, $\\sqrt[3]{x}$", "1/2 of √(n+1), ³√x"],
  ["$x_{\\max} \\le \\lambda_{\\min}(\\hat{\\Sigma})$", "x_max ≤ λ_min(Σ̂)"],
  ["$N^{0.068}$ and $n^{k/2}$ and $10^{-5}$", "N^0.068 and n^(k/2) and 10⁻⁵"],
  ["$\\text{multi-modal}$ at $\\eps=0$, $x'$", "multi-modal at ε=0, x′"],
  ["$\\left\\{ x \\,\\middle|\\, x > 0 \\right\\}$", "{ x | x > 0 }"],
  ["$\\binom{n}{k} \\not\\in A$, $\\tilde{\\mathcal{O}}(n)$", "C(n, k) ∉ A, Õ(n)"],
  ["$2^{O(s^2 \\log s)}$ and $2^{(n \\log n)R}$", "2^(O(s² log s)) and 2^((n log n)R)"],
  ["$A \\not\\vDash q$, $a \\not\\le b$", "A ⊭ q, a ≰ b"],
  ["$f(x) = \\begin{cases} 0, & x < 0,\\\\[1.2ex] 1, & \\text{else}. \\end{cases}$", "f(x) = { 0, x < 0; 1, else. }"],
  ["$\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$", "(1 2; 3 4)"],
  ["$\\begin{array}{cc} a & b \\end{array}$", "a b"],
  [
    "a broken $\\begin{cases} 1$ and $\\begin{pmatrix} 1 \\end{cases}$",
    "a broken $\\begin{cases} 1$ and $\\begin{pmatrix} 1 \\end{cases}$",
  ],
  ["\\textbf{Ink}: ``slow'' Schr\\\"odinger -- 5\\%", "Ink: “slow” Schrödinger – 5%"],
  [
    "\\href{https://example.org/}{Page} and \\url{https://example.org/x}",
    "Page (https://example.org/) and https://example.org/x",
  ],
  ["  wrapped\n  over\tlines\u0000 \u0007", "wrapped over lines"],
  ["one.\n\nTwo.", "one. Two."],
  ["$\\dim \\Hull(q)$ of $\\Omg{n}$", "dim Hull(q) of $\\Omg{n}$"],
  ["a broken $\\frac{1$ and $\\nosuch{x}$", "a broken $\\frac{1$ and $\\nosuch{x}$"],
  ["Mending 900 bugs for 1$", "Mending 900 bugs for 1$"],
  ["", ""],
])("%s", (typed, shown) => {
  expect(plainText(typed)).toBe(shown);
});

test("it is one line without control characters, whatever is typed", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      expect(plainText(text)).not.toMatch(/\p{Cc}|\p{Cs}|\s{2}|^\s|\s$/u);
    }),
    { numRuns: 300 },
  );
});
