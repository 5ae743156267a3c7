import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutRequest } from "#lib/search/request-words.ts";

const rest = (text: string) => withoutRequest(text).replace(/\s+/g, " ").trim();

test.each([
  ["I am interested in papers that deal with slender wings.", "slender wings."],
  ["I'd like to find articles describing garbage collection", "garbage collection"],
  ["Has anyone investigated flutter at low speed?", "flutter at low speed?"],
  ["What is known about the heat shock response?", "the heat shock response?"],
  ["please find all references on paging", "paging"],
  ["is there any literature on medical indexing", "medical indexing"],
  [
    "What articles exist which deal with compilers? Also any information on parsers",
    "What articles exist which deal with compilers? Also parsers",
  ],
])("%s", (asked, wanted) => {
  expect(rest(asked)).toBe(wanted);
});

test.each([
  "sparse attention",
  "effect of surface material on friction",
  "information retrieval",
  "what is the effect of information on decisions",
  "papers",
  "work function of a metal",
  "find",
])("nothing is taken from: %s", (text) => {
  expect(rest(text)).toBe(text);
});

test("whatever is typed, words are only left out, and never all", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("papers", "on", "any", "find", "me", "wings", "I'd", "like", "to", "see", ".")),
      (words) => {
        const text = words.join(" ");
        const left = withoutRequest(text);
        expect(text.split(/\s+/)).toEqual(expect.arrayContaining(left.split(/\s+/).filter(Boolean)));
        if (/[a-z]{2}/i.test(text)) expect(left).toMatch(/[a-z]{2}/i);
      },
    ),
  );
});
