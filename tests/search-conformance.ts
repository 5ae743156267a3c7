import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { PaperId } from "#lib/papers/types.ts";
import { parseQuery } from "#lib/search/parse-query.ts";
import type { ParsedQuery, SearchableText, SearchEngine } from "#lib/search/types.ts";
import { NaiveIndex } from "#tests/naive-index.ts";
import { idOf, paperOf, queries, type Step, steps } from "#tests/search-arbitraries.ts";

/** A place of one index: opened again and again, for its first load, for writing, for reading. */
export type IndexPlace = {
  open: (use: "read" | "write" | "bulk") => SearchEngine;
  remove: () => void;
};

/** What every engine behind `SearchEngine` must do. `place` makes a new, empty place. */
export function describeEngine(name: string, place: () => IndexPlace): void {
  describe(name, () => {
    let here: IndexPlace = place();
    let open: SearchEngine[] = [];
    const use = (how: "read" | "write" | "bulk") => {
      const engine = here.open(how);
      open.push(engine);
      return engine;
    };
    afterEach(async () => {
      await Promise.all(open.map((engine) => engine.close()));
      open = [];
      here.remove();
      here = place();
    });

    describeWriting(use);
    describeOrder(use);
    describeWords(use);

    test("whatever is stored, changed and taken out, it finds what reading everything finds", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(steps, { minLength: 1, maxLength: 5 }),
          fc.array(queries, { minLength: 8, maxLength: 20 }),
          async (written, asked) => {
            const naive = new NaiveIndex();
            const writer = use("write");
            const reader = use("read");
            try {
              await goThrough(written, asked, { naive, writer, reader });
            } finally {
              await Promise.all([writer.close(), reader.close()]);
              here.remove();
              here = place();
            }
          },
        ),
        { numRuns: 25 },
      );
    }, 600_000);

    test("a first load and writing one by one make indexes that answer alike", async () => {
      const papers = fc.sample(paperOf, { numRuns: 120, seed: 5 });
      const bulk = use("bulk");
      await bulk.index(papers);
      await bulk.compact();
      await bulk.close();
      const first = use("read");
      const asked = fc.sample(queries, { numRuns: 60, seed: 5 });
      const answers = await Promise.all(asked.map((query) => first.search(query, { limit: 20 })));
      await first.close();
      here.remove();
      here = place();
      const writer = use("write");
      for (const paper of papers) await writer.index([paper]);
      const second = use("read");
      expect(await Promise.all(asked.map((query) => second.search(query, { limit: 20 })))).toEqual(answers);
    });
  });
}

type Use = (how: "read" | "write" | "bulk") => SearchEngine;

function describeWriting(use: Use): void {
  test("a reader that was open before sees what is written, and no longer what is taken out", async () => {
    const writer = use("write");
    await writer.index([paper(1, { title: "Slow reading" })]);
    const reader = use("read");
    expect(await idsFor(reader, "reading")).toEqual([idOf(1)]);
    await writer.index([paper(2, { title: "Quick reading" })]);
    expect(await idsFor(reader, "quick reading")).toEqual([idOf(2), idOf(1)]);
    expect(await writer.remove([idOf(1), idOf(9)])).toBe(1);
    expect(await idsFor(reader, "reading")).toEqual([idOf(2)]);
    expect(await reader.count()).toBe(1);
  });

  test("a text of the same id takes the place of the one before", async () => {
    const writer = use("write");
    await writer.index([paper(1, { title: "Kites" }), paper(2, { title: "Balloons" })]);
    await writer.index([paper(1, { title: "Lanterns", seq: 7 })]);
    const reader = use("read");
    expect(await idsFor(reader, "kites")).toEqual([]);
    expect(await idsFor(reader, "lantern")).toEqual([idOf(1)]);
    expect(
      await reader.findStale([
        { id: idOf(1), seq: 7 },
        { id: idOf(2), seq: 3 },
        { id: idOf(3), seq: 3 },
      ]),
    ).toEqual([idOf(2), idOf(3)]);
    expect(await reader.list({ after: "", limit: 5 })).toEqual([
      { id: idOf(1), seq: 7 },
      { id: idOf(2), seq: 2 },
    ]);
  });

  test("progress is what was written last, and nothing in a new index", async () => {
    const writer = use("write");
    expect(await writer.readProgress()).toBeNull();
    const progress = { database: "here", settledSeq: 5, pending: { seq: 9, xmax: "77" } };
    await writer.writeProgress(progress);
    expect(await use("read").readProgress()).toEqual(progress);
  });

  test("more papers than one list's stretch holds are found, all of them, also side by side", async () => {
    const writer = use("write");
    const papers = Array.from({ length: 9000 }, (_, at) =>
      paper(at + 1, { title: at % 3 === 0 ? "Blue kites" : "Kites blue" }),
    );
    for (let from = 0; from < papers.length; from += 600) await writer.index(papers.slice(from, from + 600));
    const reader = use("read");
    expect(await reader.search(parseQuery("kites"), { limit: 5 })).toMatchObject({ total: 9000, complete: 9000 });
    expect(await reader.search(parseQuery('"blue kites"'), { limit: 5 })).toMatchObject({ total: 3000 });
    expect(await reader.search(parseQuery('kites -"blue kites"'), { limit: 5 })).toMatchObject({ total: 6000 });
  });
}

function describeOrder(use: Use): void {
  test("a paper with a word in its title stands above one with it in its abstract, whichever was stored later, in texts of any length", async () => {
    const filler = fc.array(fc.constantFrom("slow", "rivers", "turn", "old", "mills"), { minLength: 1, maxLength: 12 });
    const writer = use("write");
    const reader = use("read");
    await fc.assert(
      fc.asyncProperty(filler, filler, fc.boolean(), async (title, abstract, isTitleFirst) => {
        const titled = paper(1, { title: `${title.join(" ")} kites`, abstract: `${abstract.join(" ")} turn` });
        const other = paper(2, { title: `${title.join(" ")} turn`, abstract: `${abstract.join(" ")} kites` });
        await writer.index(isTitleFirst ? [titled, other] : [other, titled]);
        expect(await idsFor(reader, "kites")).toEqual([idOf(1), idOf(2)]);
      }),
      { numRuns: 40 },
    );
  });

  test("a title's word weighs as two of an abstract: neither more nor less", async () => {
    const writer = use("write");
    // All of one length, as the engine counts them: a title's words twice.
    await writer.index([
      paper(1, { title: "Kites rivers", abstract: "mills mills mills mills" }),
      paper(2, { title: "Rivers rivers", abstract: "mills kites kites kites" }),
      paper(3, { title: "Rivers mills", abstract: "mills mills mills kites" }),
      paper(4, { title: "Rivers mills", abstract: "mills mills kites kites" }),
    ]);
    const ids = await idsFor(use("read"), "kites");
    expect([ids[0], ids[3]]).toEqual([idOf(2), idOf(3)]);
    expect(ids.slice(1, 3).toSorted()).toEqual([idOf(1), idOf(4)]);
  });
}

function describeWords(use: Use): void {
  test("suggestions: titles by words and half a word, authors, classes", async () => {
    await use("write").index([
      paper(1, { title: "Attention is measured", authors: ["Cléa Muñoz"], categories: ["cs.LG"] }),
      paper(2, { title: "Measured kites", authors: ["Ben Okafor"], categories: ["cs.CL"] }),
    ]);
    const reader = use("read");
    const titles = async (text: string) => (await reader.suggest(text, { limit: 5 })).titles.map(({ title }) => title);
    expect(await titles("attenti")).toEqual(["Attention is measured"]);
    expect(await titles("measured ki")).toEqual(["Measured kites"]);
    expect((await titles("meas")).toSorted()).toEqual(["Attention is measured", "Measured kites"]);
    expect(await titles("kites att")).toEqual([]);
    expect(await reader.suggest("mun", { limit: 5 })).toMatchObject({ authors: ["Cléa Muñoz"] });
    expect(await reader.suggest("ben ok", { limit: 5 })).toMatchObject({ authors: ["Ben Okafor"] });
    expect(await reader.suggest("cs", { limit: 5 })).toMatchObject({ categories: ["cs.CL", "cs.LG"] });
  });

  test("a slip of the finger is corrected to the commonest word near it; known words, names and short ones are left", async () => {
    await use("write").index([
      paper(1, { title: "Diffusion kites", authors: ["Ada Difusion"] }),
      paper(2, { title: "Diffusion lanterns" }),
      paper(3, { title: "Lantern" }),
    ]);
    const corrected = await use("read").correct([
      "diffusoin",
      "diffusin",
      "lanternn",
      "difusion",
      "lantern",
      "kits",
      "xiffusion",
    ]);
    expect(corrected).toEqual([
      { word: "diffusoin", instead: "diffusion" },
      { word: "diffusin", instead: "diffusion" },
      { word: "lanternn", instead: "lantern" },
    ]);
  });

  test("similar papers share telling words, which are named as they are written", async () => {
    await use("write").index([
      paper(1, { title: "Diffusing lanterns", abstract: "Lanterns of paper diffuse their light." }),
      paper(2, { title: "Light of lanterns", abstract: "Diffuse light." }),
      paper(3, { title: "Kites of paper" }),
      paper(4, { title: "Something else" }),
    ]);
    const { ids, words } = await use("read").similar(idOf(1), { limit: 5 });
    expect(ids).toEqual([idOf(2), idOf(3)]);
    expect(words).toContain("lanterns");
    expect(await use("read").similar(idOf(8), { limit: 5 })).toEqual({ ids: [], words: [] });
  });
}

function paper(number: number, known: Partial<SearchableText>): SearchableText {
  const nothing = { abstract: "", authors: [], categories: [], day: "2026-08-20", hasCode: false, sources: [] };
  return { ...nothing, id: idOf(number), seq: number, title: "A paper", ...known };
}

async function idsFor(engine: SearchEngine, line: string): Promise<PaperId[]> {
  return (await engine.search(parseQuery(line), { limit: 20 })).ids;
}

async function take(engine: SearchEngine, { papers, removed }: Step): Promise<void> {
  await engine.index(papers);
  await engine.remove(removed);
}

function takeNaively(naive: NaiveIndex, { papers, removed }: Step): void {
  naive.index(papers);
  naive.remove(removed);
}

async function goThrough(
  written: readonly Step[],
  asked: readonly ParsedQuery[],
  { naive, writer, reader }: { naive: NaiveIndex; writer: SearchEngine; reader: SearchEngine },
): Promise<void> {
  const compareAll = async () => {
    for (const query of asked) await compare(reader, naive, query);
  };
  for (const step of written) {
    await take(writer, step);
    takeNaively(naive, step);
    if (step.compacted) await writer.compact();
    if (step.looked) await compareAll();
  }
  await compareAll();
}

async function compare(engine: SearchEngine, naive: NaiveIndex, query: ParsedQuery): Promise<void> {
  const newest = await engine.search(query, { limit: 1000, order: "newest" });
  expect(newest).toEqual(naive.search(query, { order: "newest" }));
  const best = await engine.search(query, { limit: 1000, order: "best" });
  const expected = naive.search(query, { order: "best" });
  expect({ ...best, ids: best.ids.toSorted() }).toEqual({ ...expected, ids: expected.ids.toSorted() });
  const few = await engine.search(query, { limit: 3, order: "best" });
  expect(few.ids).toEqual(best.ids.slice(0, 3));
}
