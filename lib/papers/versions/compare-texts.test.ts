import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangedPart, TextPart } from "#lib/papers/types.ts";
import { typesetText } from "#lib/papers/typeset-text.ts";
import { compareTexts } from "#lib/papers/versions/compare-texts.ts";

/** Removed words in [-…-], added ones in {+…+}, formulas as $tex$. */
function marked(parts: readonly ChangedPart[]): string {
  const brackets = { kept: ["", ""], removed: ["[-", "-]"], added: ["{+", "+}"] };
  return parts.map(({ kind, parts: run }) => brackets[kind][0] + words(run) + brackets[kind][1]).join("");
}

function words(parts: readonly TextPart[]): string {
  return parts.map((part) => (part.kind === "math" ? `$${part.tex}$` : part.text)).join("");
}

test.each([
  ["We read slowly.", "We read slowly.", "We read slowly."],
  ["We read slowly.", "We read very slowly.", "We read {+very +}slowly."],
  ["A slow reader, here", "A quick reader, there", "A [-slow-]{+quick+} reader, [-here-]{+there+}"],
  ["the old grey cat sat", "the young black cat sat", "the [-old grey-]{+young black+} cat sat"],
  ["in $O(n^2)$ steps", "in $O(n^3)$ steps", "in [-$O(n^2)$-]{+$O(n^3)$+} steps"],
  ["a well-read reader's eye", "a well-fed reader's eye", "a [-well-read-]{+well-fed+} reader's eye"],
  ["\\emph{slow} and ``sure''", "slow and “sure”", "slow and “sure”"],
  ["One.\n\nTwo.", "One. Two.", "One.[-\n\n-]{+ +}Two."],
  ["", "All new", "{+All new+}"],
  ["All gone", "", "[-All gone-]"],
  ["", "", ""],
])("%s → %s", (older, newer, shown) => {
  expect(marked(compareTexts(older, newer))).toBe(shown);
});

const sentence = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "slow",
        "reading",
        "of",
        "$x^2$",
        "$\\alpha$",
        ",",
        ".",
        "\n\n",
        "https://example.org/a",
        "1.5",
        "’",
      ),
      fc.string({ unit: "grapheme", maxLength: 5 }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(" "));

test("what is kept or removed is the older text, what is kept or added the newer, in whole pieces", () => {
  fc.assert(
    fc.property(sentence, sentence, (older, newer) => {
      const changes = compareTexts(older, newer);
      const without = (kind: ChangedPart["kind"]) =>
        words(changes.flatMap((change) => (change.kind === kind ? [] : change.parts)));
      expect(without("added")).toBe(words(typesetText(older)));
      expect(without("removed")).toBe(words(typesetText(newer)));
      for (const { parts } of changes) expect(parts).not.toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("two long texts without a common word are compared in a moment, as one gone and one come", () => {
  const long = (word: string) =>
    Array.from({ length: 4000 }, (_, index) => `${word}${index}`)
      .join("–")
      .slice(0, 8000);
  const start = performance.now();
  const changes = compareTexts(long("a"), long("b"));
  expect(performance.now() - start).toBeLessThan(2000);
  expect(changes.map(({ kind }) => kind)).toEqual(["removed", "added"]);
});
