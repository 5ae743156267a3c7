import fc from "fast-check";
import { expect, test } from "vitest";
import { shortenAbstract } from "#lib/digest/shorten-abstract.ts";

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
])("the dot in %j ends no sentence", (text, limit) => {
  expect(shortenAbstract(text, limit).text).toMatch(/…$/);
});

test("one endless sentence is cut between words", () => {
  expect(shortenAbstract("reading slowly, and slowly, and slowly again until noon", 30).text).toBe(
    "reading slowly, and slowly…",
  );
});

test("never longer than asked, never half a character, always a beginning of the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), fc.integer({ min: 20, max: 200 }), (text, limit) => {
      const short = shortenAbstract(text, limit);
      expect(short.text.length).toBeLessThanOrEqual(Math.max(limit, 1));
      expect(short.text.isWellFormed()).toBe(true);
      expect(short.shortened).toBe(short.text !== text);
    }),
  );
});
