import { expect, test } from "vitest";
import { barOf } from "#scripts/show-progress.ts";

const progress = { name: "snapshot.json", read: 25, size: 100, lines: 12_345, papers: 678, wrong: 9 };

test("the bar shows the share that is read, and never breaks the line of a narrow terminal", () => {
  expect(barOf(progress, 80)).toBe("[########                      ]  25 %  12,345 lines, 678 papers, 9 wrong");
  expect(barOf(progress, 40)).toHaveLength(39);
  expect(barOf({ ...progress, read: 300 }, 80)).toContain("100 %");
  expect(barOf({ ...progress, read: 0, size: 0 }, 80)).toContain("  0 %");
});
