import { expect, test } from "vitest";
import { printWords } from "#lib/search/similar/print-words.ts";

const text =
  "DeepKite-V6: Folding with LoRA. We fold kites in 3D; x2 folds of a kite need low-rank wind. Self-attention, and attention by 5 hands.";

test.each([
  ["a fragment as the whole name that it is of", ["v6"], ["DeepKite-V6"]],
  ["capitals inside of a word", ["lora"], ["LoRA"]],
  ["small letters where the text has both", ["kites", "folding"], ["kites", "folding"]],
  ["a word alone rather than in a compound", ["attention"], ["attention"]],
  ["a compound where the word never stands alone", ["rank"], ["low-rank"]],
  ["an abbreviation", ["3d"], ["3D"]],
  ["one word once, whichever of its parts is asked for", ["deepkite", "v6"], ["DeepKite-V6"]],
  ["nothing for numbers, and signs that are no words", ["5", "x2"], []],
  ["nothing for words that the text has not", ["lantern"], []],
])("%s", (_, words, expected) => {
  expect(printWords(words, text, 8)).toEqual(expected);
});

test("no more than are asked for, the first ones", () => {
  expect(printWords(["lora", "wind", "rank"], text, 2)).toEqual(["LoRA", "wind"]);
});
