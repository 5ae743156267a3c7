import { expect, test } from "vitest";
import { toListBar } from "#lib/editions/list-bar.ts";
import type { ListView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";

const view: ListView = { page: 1, category: null, sort: "ranked", compact: false };
const many = Array.from({ length: 20 }, (_, index) => ({
  name: `cs.${String.fromCharCode(65 + index)}X`,
  count: 40 - index,
}));

function bar(change: Partial<ListView> = {}, categories = many) {
  const hrefOf = (query: Parameters<typeof routes.trending>[0]) => routes.trending(query);
  return toListBar({ view: { ...view, ...change }, categories, total: 60, hrefOf });
}

test("of each kind of choice exactly one is the current one, and it leads to where one is", () => {
  const asked = { category: "cs.BX", sort: "newest", compact: true } as const;
  const { sorts, densities, chips } = bar(asked);
  for (const choices of [sorts, densities, chips]) {
    const current = choices.filter((choice) => choice.current);
    expect(current.map(({ href }) => href)).toEqual(["/papers/trending?category=cs.BX&sort=newest&view=compact"]);
  }
});

test("another class or order begins at its first page; another density shows the same papers", () => {
  const { sorts, densities, chips } = bar({ page: 3 });
  expect(sorts.map(({ href }) => href)).toEqual([
    "/papers/trending",
    "/papers/trending?sort=newest",
    "/papers/trending?sort=discussed",
  ]);
  expect(chips[1]?.href).toBe("/papers/trending?category=cs.AX");
  expect(densities.map(({ href }) => href)).toEqual([
    "/papers/trending?page=3",
    "/papers/trending?page=3&view=compact",
  ]);
});

test("what was chosen is kept when something else is", () => {
  const { chips, sorts, densities, hidden } = bar({ category: "cs.AX", sort: "discussed", compact: true });
  expect(chips[0]).toMatchObject({ label: "All", count: 60, href: "/papers/trending?sort=discussed&view=compact" });
  expect(sorts[0]?.href).toBe("/papers/trending?category=cs.AX&view=compact");
  expect(densities[0]?.href).toBe("/papers/trending?category=cs.AX&sort=discussed");
  expect(hidden).toMatchObject({ sort: "discussed", view: "compact" });
});

test("the twelve largest classes have a chip, and the chosen one wherever it stands", () => {
  expect(bar()).toMatchObject({ others: 8, chips: { length: 13 } });
  const small = bar({ category: "cs.TX" });
  expect(small.chips.at(-1)).toMatchObject({ label: "cs.TX", count: 21, current: true });
  expect(small.others).toBe(7);
});

test("a class that no paper has can be seen to be chosen, and left", () => {
  const { chips } = bar({ category: "math.CO" });
  expect(chips.at(-1)).toMatchObject({ label: "math.CO", count: 0, current: true });
  expect(chips[0]).toMatchObject({ label: "All", href: "/papers/trending", current: false });
});

test("papers without classes have nothing to filter by", () => {
  expect(bar({}, []).chips).toEqual([]);
});
