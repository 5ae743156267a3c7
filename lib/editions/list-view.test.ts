import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseListView, toListQuery } from "#lib/editions/list-view.ts";
import { routes } from "#lib/platform/routes.ts";

const usual = { page: 1, category: null, sort: "ranked", compact: false };

describe("what an address asks of a list", () => {
  test("nothing: the ranked list, whole abstracts, all classes", () => {
    expect(parseListView({})).toEqual(usual);
  });

  test("a page, a class, an order and a density, each for itself and together", () => {
    expect(parseListView({ page: "3", category: "cs.LG", sort: "discussed", view: "compact" })).toEqual({
      page: 3,
      category: "cs.LG",
      sort: "discussed",
      compact: true,
    });
    expect(parseListView({ sort: "newest" })).toEqual({ ...usual, sort: "newest" });
  });

  test.each(["cs.LG", "math", "math.CO", "cond-mat.str-el", "hep-th", "physics.flu-dyn", "q-bio.QM"])(
    "%s is a class, whether a paper has it or not",
    (category) => {
      expect(parseListView({ category }).category).toBe(category);
    },
  );

  test.each([
    { sort: "best" },
    { sort: "ranked; DROP TABLE papers" },
    { sort: "NEWEST" },
    { view: "dense" },
    { view: "" },
    { category: "" },
    { category: "cs.LG' OR 1=1" },
    { category: "<script>" },
    { category: "cs.LG.x" },
    { category: "CS.LG" },
    { page: "-1" },
    { page: "two" },
    { colour: "red" },
  ])("%j is as if it were not there", (asked) => {
    expect(parseListView(asked)).toEqual(usual);
  });

  test("a key that is there twice counts once, the first", () => {
    expect(parseListView({ category: ["cs.CL", "cs.LG"], sort: ["newest", "discussed"] })).toEqual({
      ...usual,
      category: "cs.CL",
      sort: "newest",
    });
  });
});

test("whatever is read from an address is written into the same address", () => {
  const views = fc.record({
    page: fc.integer({ min: 1, max: 9999 }),
    category: fc.constantFrom(null, "cs.LG", "math", "cond-mat.str-el"),
    sort: fc.constantFrom("ranked" as const, "newest" as const, "discussed" as const),
    compact: fc.boolean(),
  });
  fc.assert(
    fc.property(views, (view) => {
      const address = new URL(routes.trending(toListQuery(view)), "http://localhost");
      expect(parseListView(Object.fromEntries(address.searchParams))).toEqual(view);
    }),
  );
});

test("the usual view has the plain address", () => {
  expect(routes.edition("2026-08-20", toListQuery(parseListView({ page: "1", sort: "ranked" })))).toBe(
    "/papers/date/2026-08-20",
  );
});
