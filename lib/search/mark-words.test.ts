import fc from "fast-check";
import { expect, test } from "vitest";
import type { TextPart } from "#lib/papers/types.ts";
import { markWords } from "#lib/search/mark-words.ts";

const marked = (text: string, ...stems: string[]) =>
  markWords(text, stems)
    .map((part) => (part.kind === "text" && part.marked ? `[${part.text}]` : part.kind === "text" ? part.text : ""))
    .join("");

test.each([
  ["another form", "Training a trainer", ["train"], "[Training] a trainer"],
  ["several words", "Sparse attention is sparse.", ["spars", "attent"], "[Sparse] [attention] is [sparse]."],
  ["accents", "Schrödinger’s cat", ["schroding"], "[Schrödinger’s] cat"],
  ["part of a hyphened word", "self-attention", ["attent"], "self-[attention]"],
  ["all of a hyphened word", "self-attention", ["self", "attent"], "[self-attention]"],
  ["a word written apart", "pre-training", ["pretrain"], "[pre-training]"],
  ["two words that are one", "a data set, datasets", ["dataset"], "a [data set], [datasets]"],
  ["a prefix without its hyphen", "multi modal models", ["multimod", "modal"], "[multi modal] models"],
  ["the other spelling", "optimising behaviour", ["optim", "behavior"], "[optimising] [behaviour]"],
  ["a name with a number", "GPT-4 and GPT4", ["gpt", "4"], "[GPT-4] and [GPT4]"],
  ["stop words never", "the art of the", ["the"], "the art of the"],
  ["nothing wanted", "Sparse attention", [], "Sparse attention"],
  ["an empty text", "", ["spars"], ""],
])("marks %s", (_, text, stems, expected) => {
  expect(marked(text, ...stems)).toBe(expected);
});

test("mathematics and links stay as they are", () => {
  const parts: TextPart[] = [
    { kind: "math", mathml: "<math><mi>train</mi></math>", display: false, tex: "train" },
    { kind: "link", href: "https://example.org/train", text: "train" },
    { kind: "text", text: " train" },
  ];
  expect(markWords(parts, ["train"])).toEqual([
    parts[0],
    parts[1],
    { kind: "text", text: " " },
    { kind: "text", text: "train", marked: true },
  ]);
});

test("marking never changes a letter", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.array(fc.constantFrom("a", "b", "ab", "1", "é")),
      (text, stems) => {
        const parts = markWords(text, stems);
        expect(parts.map((part) => (part.kind === "text" ? part.text : "")).join("")).toBe(text);
      },
    ),
  );
});
