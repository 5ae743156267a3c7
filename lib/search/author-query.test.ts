import { expect, test } from "vitest";
import { readAuthorQuery } from "#lib/search/author-query.ts";

test.each([
  ["LeCun", ["lecun"], []],
  ["Yann LeCun", ["lecun"], ["yann"]],
  ["Y. LeCun", ["lecun"], ["y"]],
  ["LeCun, Yann", ["lecun"], ["yann"]],
  ["LeCun, Y.", ["lecun"], ["y"]],
  ["LeCun Y", ["lecun"], ["y"]],
  ["LeCun et al.", ["lecun"], []],
  ["Schölkopf", ["scholkopf"], []],
  ['Sch\\"olkopf, B.', ["scholkopf"], ["b"]],
  ["Łukasz Kaiser", ["kaiser"], ["lukasz"]],
  ["Laurens van der Maaten", ["van", "der", "maaten"], ["laurens"]],
  ["van der Maaten", ["van", "der", "maaten"], []],
  ["van der Maaten, L.", ["van", "der", "maaten"], ["l"]],
  ["J.-P. Serre", ["serre"], ["j", "p"]],
  ["Ben-David", ["ben", "david"], []],
  ["Kaiming He", ["he"], ["kaiming"]],
  ["何恺明", ["何恺明"], []],
  ["DeepSeek-AI", ["deepseek", "ai"], []],
  ["Kimi Team", ["kimi", "team"], []],
])("%s", (typed, family, given) => {
  expect(readAuthorQuery(typed)).toEqual({ family, given });
});

test.each(["", ".", "et al.", "…"])("%j names nobody", (typed) => {
  expect(readAuthorQuery(typed)).toBeNull();
});
