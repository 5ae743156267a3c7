import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Typeset } from "#components/papers/typeset.tsx";
import type { TextPart } from "#lib/papers/types.ts";

function html(...parts: TextPart[]): string {
  return renderToStaticMarkup(<Typeset parts={parts} />);
}

test("words are text, formulas MathML, addresses links that vouch for nothing", () => {
  const mathml = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>';
  const page = html(
    { kind: "text", text: "Ink in " },
    { kind: "math", mathml, display: false, tex: "x" },
    { kind: "link", href: "https://example.org/a", text: "here" },
  );
  expect(page).toContain(`Ink in <span>${mathml}</span><a `);
  expect(page).toContain('href="https://example.org/a" rel="nofollow noopener"');
});

test("markup in a title is shown, not obeyed", () => {
  expect(html({ kind: "text", text: "<script>alert(1)</script>" })).toBe("&lt;script&gt;alert(1)&lt;/script&gt;");
});

test("found words are marked, paragraphs keep their distance", () => {
  expect(html({ kind: "text", text: "ink", marked: true })).toBe("<mark>ink</mark>");
  expect(html({ kind: "text", text: "One.\n\nTwo." })).toBe('<span class="whitespace-pre-line">One.\n\nTwo.</span>');
});
