import fc from "fast-check";
import { expect, test } from "vitest";
import { analyseText } from "#lib/search/analyse-text.ts";

const stems = (text: string) => analyseText(text).stems.join(" ");

test.each([
  ["case and endings", "Training trained TRAINS", "train train train"],
  ["stop words", "What is it that we do with attention?", "attent"],
  ["nothing but stop words", "To be or not to be", ""],
  ["accents", "Schrödinger, Erdős, naïve", "schroding erdo naiv"],
  ["accents in TeX", 'Schr\\"odinger Erd\\H{o}s na\\"{\\i}ve \\v{C}ech', "schroding erdo naiv cech"],
  ["ligatures, widths and powers", "eﬃcient ｆｕｌｌ x²", "effici full x2"],
  ["letters of other languages", "Straße Łódź Ørsted", "strass lodz orst"],
  ["Greek letters by name", "α-stable $\\alpha$-stable", "alpha stabl alpha stabl"],
  ["mathematics", "$\\mathcal{O}(n^2)$ and $\\ell_{2}$ and CO$_2$", "o n2 ell 2 co2"],
  ["how words look", "\\textbf{Bold} \\emph{claims}", "bold claim"],
  ["signs", "100\\% of R\\&D", "100 r d"],
  ["quotes and apostrophes", "``models'' and the model's don't", "model model"],
  ["hyphens", "state-of-the-art self‑attention", "state art self attent"],
  ["numbers in names", "GPT-4 GPT4 GPT 4", "gpt 4 gpt 4 gpt 4"],
  ["short names with numbers stay whole", "CO2 3D T5 word2vec", "co2 3d t5 word2vec"],
  ["languages with signs", "C++ and C# (not C)", "cplusplus csharp c"],
  ["other scripts", "深度学习 обучение", "深度学习 обучение"],
  ["a word of fifty letters is cut", "x".repeat(50), "x".repeat(20)],
  ["letters outside the basic plane are not cut in two", `x${"𐐨".repeat(50)}`, `x${"𐐨".repeat(19)}`],
  ["no letter at all", "?! — … «»", ""],
])("%s", (_, text, expected) => {
  expect(stems(text)).toBe(expected);
});

test("words written in parts are also known put together", () => {
  expect(analyseText("plug-and-play").compounds).toEqual(["plugandplay"]);
  expect(analyseText("self-supervised").compounds).toEqual(["selfsupervis"]);
});

test.each([
  ["a prefix", "pre-training", "pre training"],
  ["a prefix of two ways", "multi-agent", "Multi agent"],
  ["a denial", "non-linear", "nonlinear"],
  ["two words that are one", "data-set", "dataset"],
  ["two words that are one", "wave lengths", "wavelength"],
  ["dimensions", "two-dimensional", "2D"],
  ["dimensions", "3-D", "in three dimensions"],
  ["hyphens", "boundary-layer", "boundary layers"],
  ["step-wise", "step-wise", "stepwise"],
])("%s: %s is %s", (_, one, other) => {
  expect(stems(one)).toBe(stems(other));
});

test("who looks for one word finds it written in two, and its second part by itself", () => {
  expect(stems("pretraining")).toBe("pretrain");
  expect(stems("pre-training")).toBe("pretrain train");
});

test("a verb with its adverb stays two words, the noun is one", () => {
  expect(stems("to speed up, a speed-up, speedup")).toBe("speed speedup speedup");
});

// Here, not in the test: fast-check takes seconds to lay out all of Unicode the first time.
const anyText = fc.string({ unit: "binary", maxLength: 400 });

test("whatever the text, a stem is letters and digits only, and short", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { stems, compounds } = analyseText(text);
      expect(
        [...stems, ...compounds].filter((stem) => stem === "" || stem.length > 40 || /[^\p{L}\p{N}]/u.test(stem)),
      ).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test.each(["\\", "{", "$", " ", "'", "_", "^", "-", "a-", "\\a{", "x.", "α'"])(
  "ten thousand times %j takes no time",
  (piece) => {
    const started = performance.now();
    analyseText(piece.repeat(10_000));
    expect(performance.now() - started).toBeLessThan(1000);
  },
);
