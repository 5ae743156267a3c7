import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shorten, shortenAbstract } from "#lib/digest/shorten-abstract.ts";
import { plainText } from "#lib/papers/plain-text.ts";
import { plainMath } from "#lib/papers/tex/plain-math.ts";
import { readTex } from "#lib/papers/tex/read-tex.ts";
import { hasRecordings, recordedTexts } from "#tests/recorded-texts.ts";

test("a short abstract stays whole", () => {
  expect(shortenAbstract("We read slowly.", 100)).toEqual({ text: "We read slowly.", shortened: false });
});

test("a long one ends with its last whole sentence", () => {
  const text = "We read slowly. It costs a morning. It is worth the time that it takes from other things.";
  expect(shortenAbstract(text, 50)).toEqual({ text: "We read slowly. It costs a morning.", shortened: true });
});

test.each([
  ["We compare with One et al. Their method is faster than ours in all but two of the settings.", 40],
  ["We improve accuracy by 3.5 points over the baseline, i.e. The Large Model, on all of the tasks.", 75],
  ["As Quillfeather has it in Phys. Rev. Lett. 94, 220401, a reading can be as slow as one likes it.", 60],
  ["We read clips (avg. 36 s, cf. Fig. 3 and Sec. 2) of everybody who has read them aloud to children.", 60],
  ["We follow others (One wrote it. Two proved it.) and add nothing at all that they had not said before.", 60],
])("the dot in %j ends no sentence", (text, limit) => {
  expect(shortenAbstract(text, limit).text).toMatch(/…$/);
});

test("one endless sentence is cut between words", () => {
  expect(shortenAbstract("reading slowly, and slowly, and slowly again until noon", 30).text).toBe(
    "reading slowly, and slowly…",
  );
});

test("a cut between words leaves no bracket open behind it", () => {
  expect(
    shortenAbstract("reading slowly and then more slowly (and with one eye (or the other) closed until noon)", 60).text,
  ).toBe("reading slowly and then more slowly…");
});

test("never longer than asked, never half a character, always a beginning of the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), fc.integer({ min: 20, max: 200 }), (text, limit) => {
      const short = shorten(text, limit);
      expect(short.text.length).toBeLessThanOrEqual(Math.max(limit, 1));
      expect(short.text.isWellFormed()).toBe(true);
      expect(short.shortened).toBe(short.text !== text);
      expect(text.startsWith(short.text.replace(/…$/, ""))).toBe(true);
    }),
  );
});

const words = fc.constantFrom(
  "We",
  "read",
  "slowly.",
  "It",
  "(costs",
  "time)",
  "e.g.",
  "The",
  "et al.",
  "In",
  "3.5",
  "Fig. 3",
);
const formulas = fc.constantFrom("$O(n \\log n)$", "$a + b = c$", "$x \\in A. B \\to C$", "$\\nosuch{a} + b. C$");

test("a formula is there whole or not at all, and no abbreviation ends the text", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(words, formulas), { minLength: 5, maxLength: 60 }),
      fc.integer({ min: 20, max: 200 }),
      (parts, limit) => {
        const abstract = parts.join(" ");
        const { text, shortened } = shortenAbstract(abstract, limit);
        expectWhole(abstract, { text, shortened });
        if (shortened) expect(text).not.toMatch(/(?:e\.g|et al|Fig)\.$/);
      },
    ),
  );
});

/** The text ends where a formula of the abstract ends, or outside of all. */
function expectWhole(abstract: string, { text, shortened }: { text: string; shortened: boolean }): void {
  const plain = plainText(abstract);
  const kept = text.replace(/…$/, "").length;
  if (!shortened || kept === 0) return;
  let at = 0;
  for (const piece of readTex(abstract)) {
    if (piece.kind !== "math") continue;
    const formula = (plainMath(piece.tex) ?? piece.typed).replace(/\s+/g, " ").trim();
    const begin = plain.indexOf(formula, at);
    if (begin < 0) continue; // it has an end that belongs to the blanks around it
    at = begin + formula.length;
    // Closing marks at its end may go: an ellipsis follows no dot.
    expect(begin < kept && kept < at - (/[\s.,;:–-]*$/.exec(formula)?.[0].length ?? 0), `${formula} in ${text}`).toBe(
      false,
    );
  }
}

// Skipped without the recordings, which are not part of the project.
describe.skipIf(!hasRecordings)("every recorded abstract", () => {
  test("ends with a sentence in more than 99 of 100, and never within a formula", { timeout: 120_000 }, () => {
    const { abstracts } = recordedTexts();
    const counts = { shortened: 0, sentences: 0 };
    for (const abstract of abstracts) {
      const short = shortenAbstract(abstract, 700);
      if (!short.shortened) continue;
      counts.shortened += 1;
      if (!short.text.endsWith("…")) counts.sentences += 1;
      expect(short.text).not.toMatch(/(?:\b\p{L}|\b(?:e\.g|i\.e|al|vs|Fig|Eq|Sec|Ref|avg|Lett))\.$/u);
      expectWhole(abstract, short);
    }
    process.stdout.write(
      `${counts.shortened} of ${abstracts.size} abstracts shortened, ${counts.sentences} at a sentence\n`,
    );
    expect(counts.sentences / counts.shortened).toBeGreaterThan(0.99);
  });
});
