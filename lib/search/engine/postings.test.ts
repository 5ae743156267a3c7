import fc from "fast-check";
import { expect, test } from "vitest";
import { Inversion } from "#lib/search/engine/inversion.ts";
import { joinBlocks, longestBlock, mostTimes, readPostings, titleFlag } from "#lib/search/engine/postings.ts";

// Papers with one of few terms, some numbers apart: now and then a segment or more.
const steps = fc.array(
  fc.record({
    step: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9000 })),
    title: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
    abstract: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 20 }),
  }),
  { minLength: 1, maxLength: 60 },
);

type Told = { paper: number; times: number; inTitle: boolean };

test("lists tell of each paper how often a term is there, and whether in the title", () => {
  fc.assert(
    fc.property(steps, (papers) => {
      const inversion = new Inversion();
      const expected = new Map<number, Told[]>();
      let number = 0;
      for (const { step, title, abstract } of papers) {
        number += step;
        inversion.add(number, bodyOf(title, abstract));
        for (const term of new Set([...title, ...abstract])) {
          const inTitles = title.filter((other) => other === term).length;
          const times = 2 * inTitles + abstract.filter((other) => other === term).length;
          const told = { paper: number, times: Math.min(times, mostTimes), inTitle: inTitles > 0 };
          expected.set(term, [...(expected.get(term) ?? []), told]);
        }
      }
      const read = new Map<number, Told[]>();
      for (const { term, block } of inversion.blocks()) read.set(term, [...(read.get(term) ?? []), ...toldBy(block)]);
      expect(read).toEqual(new Map([...expected].toSorted(([a], [b]) => a - b)));
    }),
  );
});

test("a long list comes in stretches, and stretches joined again read as one", () => {
  const inversion = new Inversion();
  for (let number = 5; number <= 20_000; number += 2) inversion.add(number, bodyOf([], [1, 1]));
  const blocks = [...inversion.blocks()].map(({ block }) => block);
  expect(blocks.map(({ papers }) => papers)).toEqual([longestBlock, longestBlock, 9998 - 2 * longestBlock]);
  const [first, second, third] = blocks;
  if (!first || !second || !third) throw new Error("Three stretches were expected.");
  const joined = joinBlocks(joinBlocks(first, second), third);
  expect(toldBy(joined)).toEqual(blocks.flatMap(toldBy));
  expect(joined).toMatchObject({ first: 5, last: 19_999, papers: 9998 });
  expect(joined.places.length).toBe(2 * 9998);
});

function bodyOf(title: readonly number[], abstract: readonly number[]) {
  return {
    titleLength: title.length,
    abstractLength: abstract.length,
    titleCompounds: 0,
    terms: Int32Array.from([...title, ...abstract]),
    names: new Int32Array(),
  };
}

function toldBy(block: Parameters<typeof readPostings>[0]): Told[] {
  return Array.from(readPostings(block), (code) => ({
    paper: code >>> 5,
    times: code & mostTimes,
    inTitle: (code & titleFlag) !== 0,
  }));
}
