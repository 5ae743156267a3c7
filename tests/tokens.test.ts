import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contrast, parseColour } from "#tests/contrast.ts";

const read = (name: string) => readFileSync(join(import.meta.dirname, "../app", name), "utf8");
const pairs = [...read("tokens.css").matchAll(/--color-(\w+): light-dark\((#\w{6}), (#\w{6})\)/g)];
const tokens = new Map(pairs.map(([, name, light, dark]) => [name ?? "", { light: light ?? "", dark: dark ?? "" }]));

function between(name: string, ground: string, scheme: "light" | "dark"): number {
  const [ink, paper] = [tokens.get(name), tokens.get(ground)];
  if (!ink || !paper) throw new Error(`tokens.css has no --color-${ink ? ground : name}`);
  return contrast(parseColour(ink[scheme]), parseColour(paper[scheme]));
}

test("the measure of contrast is that of WCAG: black on white is 21, #777 on white 4.48", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
  expect(contrast(parseColour("#777777"), parseColour("#ffffff"))).toBeCloseTo(4.48, 2);
});

describe.each(["light", "dark"] as const)("in the %s scheme", (scheme) => {
  test.each([
    ["ink", "paper"],
    ["ink", "raised"],
    ["ink", "mark"],
    ["muted", "paper"],
    ["muted", "raised"],
    ["accent", "paper"],
    ["accent", "raised"],
    ["paper", "ink"],
    ["paper", "accent"],
  ])("text in %s on %s has 7:1 or more (AAA)", (name, ground) => {
    expect(between(name, ground, scheme)).toBeGreaterThanOrEqual(7);
  });

  test.each([
    ["edge", "paper"],
    ["edge", "raised"],
    ["accent", "paper"],
  ])("outlines and bars in %s on %s have 3:1 or more (AA, WCAG 1.4.11)", (name, ground) => {
    expect(between(name, ground, scheme)).toBeGreaterThanOrEqual(3);
  });
});

test("colours are named in tokens.css only", () => {
  for (const name of ["globals.css", "list-heading.css", "papers.css"]) {
    expect(read(name).match(/#[0-9a-f]{3,8}\b|rgb\(|hsl\(/gi) ?? [], name).toEqual([]);
  }
});

test("nothing moves that was not asked about motion first", () => {
  for (const name of ["globals.css", "list-heading.css", "papers.css"]) {
    expect(read(name), name).not.toMatch(/transition|animation|scroll-behavior/);
  }
});
