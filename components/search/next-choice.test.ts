import { expect, test } from "vitest";
import { nextChoice } from "#components/search/next-choice.ts";

test("arrow keys go through the list and back to the line, from either end", () => {
  const walk = (key: string) =>
    [0, 1, 2, 3].reduce<number[]>((places) => [...places, nextChoice(key, places.at(-1) ?? -1, 3) ?? 99], [-1]);
  expect(walk("ArrowDown")).toEqual([-1, 0, 1, 2, -1]);
  expect(walk("ArrowUp")).toEqual([-1, 2, 1, 0, -1]);
});

test.each(["Enter", "Escape", "a", "ArrowLeft", "Home", "Tab"])("%s chooses nothing", (key) => {
  expect(nextChoice(key, 1, 3)).toBeNull();
});
