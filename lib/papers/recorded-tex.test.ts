import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { plainText } from "#lib/papers/plain-text.ts";
import { plainMath } from "#lib/papers/tex/plain-math.ts";
import { readTex } from "#lib/papers/tex/read-tex.ts";
import { setFormulas, typesetText } from "#lib/papers/typeset-text.ts";
import { hasRecordings, recordedTexts } from "#tests/recorded-texts.ts";

type Tally = { formulas: number; typed: number; failing: Map<string, number>; slowest: number };

/** Typesets one text and counts; throws at a formula that is no XML. */
function tally(text: string, counts: Tally): void {
  const start = performance.now();
  const parts = typesetText(text).filter((part) => part.kind === "math");
  counts.slowest = Math.max(counts.slowest, performance.now() - start);
  for (const { mathml, tex } of parts) {
    if (XMLValidator.validate(mathml) !== true) throw new Error(`Not well-formed: ${tex}`);
  }
  if (!/[$\\]/.test(text)) return;
  const typeset = new Set(parts.map(({ tex }) => tex));
  const read = readTex(text).filter((piece) => piece.kind === "math");
  const typed = read.filter(({ tex }) => !typeset.has(tex));
  counts.formulas += read.length;
  counts.typed += typed.length;
  for (const [command] of typed.flatMap(({ tex }) => [...tex.matchAll(/\\[A-Za-z]+/g)])) {
    counts.failing.set(command, (counts.failing.get(command) ?? 0) + 1);
  }
}

// Skipped without the recordings, which are not part of the project.
describe.skipIf(!hasRecordings)("every recorded title and abstract", () => {
  test("is typeset: formulas are well-formed, fewer than 1 % are shown as typed", { timeout: 120_000 }, () => {
    const { papers, texts } = recordedTexts();
    const counts: Tally = { formulas: 0, typed: 0, failing: new Map(), slowest: 0 };
    const start = performance.now();
    for (const text of texts) tally(text, counts);
    const perPaper = (performance.now() - start) / papers;
    const failing = [...counts.failing].sort(([, a], [, b]) => b - a).slice(0, 12);
    process.stdout.write(
      `${papers} papers, ${counts.formulas} formulas, ${counts.typed} shown as typed ` +
        `(${failing.map(([command, times]) => `${command} ${times}`).join(", ")}); ` +
        `${perPaper.toFixed(3)} ms a paper, slowest text ${counts.slowest.toFixed(0)} ms\n`,
    );
    expect(papers).toBeGreaterThan(24_000);
    expect(counts.formulas).toBeGreaterThan(3000);
    expect(counts.typed / counts.formulas).toBeLessThan(0.01);
  });

  test("has a plain form of one line, with hardly a known macro left", { timeout: 120_000 }, () => {
    const { texts } = recordedTexts();
    let left = 0;
    const formulas = { all: 0, typed: [] as string[] };
    for (const text of texts) {
      const math = readTex(text).filter((piece) => piece.kind === "math");
      formulas.all += math.length;
      formulas.typed.push(...math.filter(({ tex }) => plainMath(tex) === null).map(({ typed }) => typed));
      const plain = plainText(text);
      expect(plain).not.toMatch(/\p{Cc}|\s{2}/u);
      if (text.trim() !== "") expect(plain).not.toBe("");
      if (/\\(?:emph|textbf|textit|texttt|textsc|url|alpha|times|%|&)(?![A-Za-z])/.test(plain)) left += 1;
    }
    // Those whose braces never close, and formulas with a command that nobody knows.
    expect(left).toBeLessThan(20);
    const typed = [...new Set(formulas.typed)].join(" ");
    process.stdout.write(
      `${formulas.all} formulas, of which ${formulas.typed.length} keep a backslash in mails: ${typed}\n`,
    );
    // Macros of their authors' own, which mean what nobody can know.
    expect(formulas.typed.length).toBeLessThan(10);
  });

  test("is set the same from what is stored of it as at once, and what is stored is no burden", {
    timeout: 120_000,
  }, () => {
    const { papers, texts } = recordedTexts();
    const spent = { once: 0, stored: 0, bytes: 0, rows: 0 };
    for (const text of texts) {
      const formulas = setFormulas(text);
      if (!formulas) continue;
      const [start, fresh] = [performance.now(), typesetText(text)];
      const [middle, stored] = [performance.now(), typesetText(text, formulas)];
      spent.stored += performance.now() - middle;
      spent.once += middle - start;
      expect(stored).toEqual(fresh);
      spent.bytes += formulas.mathml.join("").length;
      spent.rows += 1;
    }
    process.stdout.write(
      `${spent.rows} texts of ${papers} papers have formulas: ${(spent.bytes / spent.rows).toFixed(0)} bytes each are stored; ` +
        `set at once ${(spent.once / spent.rows).toFixed(2)} ms, from what is stored ${(spent.stored / spent.rows).toFixed(2)} ms\n`,
    );
    expect(spent.bytes / papers).toBeLessThan(200);
  });
});
