import fc from "fast-check";
import { expect, test } from "vitest";
import { oneLine, paragraphs, storableJson, webLink } from "#lib/papers/clean-text.ts";

test.each([
  ["hard wraps become blanks", "We read\nslowly\r\nand well.", "We read slowly and well."],
  [
    "an indented line after a sentence begins a paragraph",
    "  We read.\n  We like it.\nVery much.",
    "We read.\n\nWe like it. Very much.",
  ],
  ["an indented line within a sentence is a wrap", "We read\n  slowly.\nYes.", "We read slowly. Yes."],
  [
    "where every line is indented, none begins a paragraph",
    "\n   We read.\n   We like it.\n   Very much.\n",
    "We read. We like it. Very much.",
  ],
  ["an empty line parts paragraphs", "We read.\n \nWe like it.", "We read.\n\nWe like it."],
])("%s", (_, text, expected) => {
  expect(paragraphs(text)).toBe(expected);
});

test.each([
  [" https://example.org/a b ", "https://example.org/a%20b"],
  ["HTTP://Example.org", "http://example.org/"],
  ["javascript:alert(1)", null],
  ["java\nscript:alert(1)", null],
  ["data:text/html,x", null],
  ["https://user:secret@example.org/", null],
  ["//example.org/x", null],
  ["github.com/ada/slow", null],
  [`https://example.org/${"a".repeat(3000)}`, null],
  [7, null],
  [null, null],
])("the link %j is %j", (text, link) => {
  expect(webLink(text)).toBe(link);
});

test("whatever text comes in, what goes out can be stored and is on one line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\ud800-\udfff]|^\s|\s$|\s\s/u);
      expect(paragraphs(text)).not.toMatch(/[^\P{Cc}\n]|\n\n\n|^\s|\s$/u);
      expect(JSON.stringify(storableJson({ [text]: [text] }))).not.toMatch(/\\u0000|\\ud[89a-f]/);
    }),
  );
});
