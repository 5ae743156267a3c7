import fc from "fast-check";
import { expect, test } from "vitest";
import { foldText } from "#lib/search/fold-text.ts";
import { WordScan } from "#lib/search/scan-words.ts";
import { texToWords } from "#lib/search/tex-words.ts";

const scan = new WordScan();

function scanned(text: string, kind: "text" | "names"): string[] {
  scan.scan(text, kind);
  return Array.from({ length: scan.count }, (_, n) => scan.word(n));
}

// Signs that mean something, more often than chance would bring them.
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "a",
        "Q",
        "7",
        "-",
        ".",
        " ",
        "'s ",
        "--",
        "-.",
        "C++ ",
        "$\\alpha$",
        "é",
        "–",
        "“",
        "α",
        "学",
        "𐐨",
        "\u0301",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(""));

test("a scan reads the words that a regular expression finds in the folded text", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const folded = foldText(texToWords(text));
      expect(scanned(text, "text")).toEqual(folded.match(/[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*/gu) ?? []);
      expect(scanned(text, "names")).toEqual(folded.match(/[\p{L}\p{N}]+/gu) ?? []);
    }),
    { numRuns: 2000 },
  );
});

test("a text that grows when it is folded, without a single blank", () => {
  const [word = "", ...others] = scanned("ﷺ".repeat(20_000), "names");
  expect(word.length).toBeGreaterThan(1);
  expect(others.length).toBeGreaterThan(20_000);
  expect(scanned("x".repeat(30_000), "text")).toEqual(["x".repeat(20_000)]);
});

test("a word has one hash, wherever it stands", () => {
  scan.scan("deep nets, deep nets", "text");
  expect(scan.hashes[2]).toBe(scan.hashes[0]);
  expect(scan.hashes[3]).toBe(scan.hashes[1]);
  expect(scan.hashes[0]).not.toBe(scan.hashes[1]);
});
