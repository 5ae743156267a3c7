import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { updateSearchIndex } from "#lib/search/commands.ts";
import { searchPapers, suggestFor } from "#lib/search/queries.ts";
import { type RecordedPaper, readRecordedPapers } from "../../bench/search-quality/recorded-papers.ts";

const now = Temporal.Instant.from("2026-08-20T08:00:00Z");
const search = (text: string) => searchPapers({ text, now });

const recorded = join(import.meta.dirname, "../../../shared/data");

describe.skipIf(!existsSync(recorded))("over 10,000 recorded papers (skipped where ../shared/data is absent)", () => {
  const found = new Map<string, Pick<RecordedPaper, "id" | "title" | "abstract" | "authors">>();

  beforeAll(async () => {
    // The newest: those that stood in daily lists are among them.
    for (const { id, title, abstract, authors } of readRecordedPapers(recorded).toReversed().slice(0, 10_000)) {
      found.set(id, { id, title, abstract, authors });
    }
    await db.paper.createMany({ data: [...found.values()], skipDuplicates: true });
    const started = performance.now();
    while ((await updateSearchIndex()).status !== "done") {}
    await updateSearchIndex();
    process.stderr.write(`${found.size} papers indexed in ${Math.round(performance.now() - started)} ms\n`);
  }, 400_000);

  const sample = () =>
    [...found.values()].filter((_, index) => index % Math.floor(found.size / 200) === 0).slice(0, 200);
  const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
  async function shareInTop(
    best: number,
    queryOf: (paper: { title: string; abstract: string }) => string,
  ): Promise<number> {
    const asked = sample();
    const hits = await Promise.all(
      asked.map(async (paper) => {
        const { papers, jump } = await search(queryOf(paper));
        return jump === paper.id || papers.slice(0, best).some(({ id }) => id === paper.id);
      }),
    );
    return hits.filter(Boolean).length / asked.length;
  }

  test("the words of a title find their paper among the first three, in any order", async () => {
    const share = await shareInTop(3, ({ title }) => wordsOf(title).toReversed().join(" "));
    process.stderr.write(`title words, top 3: ${share}\n`);
    expect(share).toBeGreaterThanOrEqual(0.95);
  });

  test("a sentence from the middle of an abstract finds its paper among the first three", async () => {
    const share = await shareInTop(3, ({ abstract }) => {
      const words = wordsOf(abstract);
      return words.slice(Math.floor(words.length / 2), Math.floor(words.length / 2) + 12).join(" ");
    });
    process.stderr.write(`abstract window, top 3: ${share}\n`);
    expect(share).toBeGreaterThanOrEqual(0.95);
  });

  test("suggestions take less than 30 ms of processor time, after each letter", async () => {
    const typed = sample().flatMap(({ title, authors: [name = ""] }, at) =>
      at % 10 === 0 ? [title, name].flatMap((text) => [2, 3, 5, 9, 14].map((length) => text.slice(0, length))) : [],
    );
    const times: number[] = [];
    for (const text of typed) {
      let time = await processorTime(() => suggestFor(text, { limit: 10, now }));
      for (let again = 0; time >= 30 && again < 3; again++)
        time = Math.min(time, await processorTime(() => suggestFor(text, { limit: 10, now })));
      times.push(time);
    }
    const sorted = times.toSorted((a, b) => a - b);
    process.stderr.write(
      `suggestions: median ${sorted[sorted.length >> 1]?.toFixed(1)} ms, slowest ${sorted.at(-1)?.toFixed(1)} ms\n`,
    );
    expect(sorted.at(-1)).toBeLessThan(30);
  });

  test("no line of any kind throws, and none takes 50 ms of processor time", async () => {
    const vocabulary = wordsOf(
      [...found.values()]
        .slice(0, 50)
        .map(({ abstract }) => abstract)
        .join(" "),
    );
    const line = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.array(fc.constantFrom(...vocabulary), { maxLength: 60 }).map((words) => words.join(" ")),
      fc
        .array(
          fc.constantFrom(
            ...[
              '"',
              "-",
              "(",
              "*",
              "AND",
              "OR",
              "NEAR(",
              "title:",
              "\0",
              "'",
              "$",
              "\\frac{a}{b}",
              "the",
              "model",
              "learning",
            ],
            ...[
              "e",
              "au:",
              "au:Li",
              "ti:model",
              "abs:learning",
              "cat:cs",
              "date:2026",
              "has:code",
              "-model",
              '"language model"',
            ],
          ),
          { maxLength: 60 },
        )
        .map((pieces) => pieces.join(" ")),
      fc.array(fc.constantFrom(...vocabulary), { maxLength: 300 }).map((words) => words.join(" ").slice(0, 2000)),
    );
    await search("warm");
    const times: number[] = [];
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        let time = await processorTime(() => search(text));
        // A machine that is busy with others counts their work as ours now and then; a slow line is slow each time.
        for (let again = 0; time >= 50 && again < 3; again++)
          time = Math.min(time, await processorTime(() => search(text)));
        times.push(time);
      }),
      { numRuns: 300 },
    );
    const sorted = times.toSorted((a, b) => a - b);
    process.stderr.write(
      `${sorted.length} lines: median ${sorted[sorted.length >> 1]?.toFixed(1)} ms, slowest ${sorted.at(-1)?.toFixed(1)} ms\n`,
    );
    expect(sorted.at(-1)).toBeLessThan(50);
  }, 300_000);
});

/** Milliseconds of processor time in all threads of this process. */
async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
