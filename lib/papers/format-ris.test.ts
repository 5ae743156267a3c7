import fc from "fast-check";
import { expect, test } from "vitest";
import { formatRis, type RisPaper } from "#lib/papers/format-ris.ts";
import { paperId } from "#lib/papers/paper-id.ts";

function paper(fields: Partial<RisPaper> = {}): RisPaper {
  return {
    id: paperId("2608.12313"),
    title: "On Slow Reading in $O(n^2)$",
    abstract: "We read slowly.\n\nTwice.",
    authors: ["Ludwig van Beethoven", "Sammy Davis Jr.", "Łukasz Øster", "Kimi Team"],
    categories: ["cs.CL", "cs.AI"],
    journalRef: null,
    doi: null,
    submittedAt: "2026-08-12T10:00:00Z",
    withdrawn: false,
    ...fields,
  };
}

const linesOf = (record: string) => record.split("\r\n").slice(0, -1);

test("a preprint is unpublished work of arXiv, its authors in their order, each line ended as RIS asks", () => {
  expect(linesOf(formatRis(paper()))).toEqual([
    "TY  - UNPB",
    "AU  - van Beethoven, Ludwig",
    "AU  - Davis, Sammy, Jr.",
    "AU  - Øster, Łukasz",
    "AU  - Kimi Team",
    "TI  - On Slow Reading in O(n²)",
    "PY  - 2026",
    "DA  - 2026/08/12",
    "AB  - We read slowly. Twice.",
    "KW  - cs.CL",
    "KW  - cs.AI",
    "PB  - arXiv",
    "AN  - arXiv:2608.12313",
    "UR  - https://arxiv.org/abs/2608.12313",
    "L1  - https://arxiv.org/pdf/2608.12313",
    "LA  - en",
    "ER  - ",
  ]);
});

test("a paper that a journal printed is an article of the journal's year, with its DOI", () => {
  const lines = linesOf(formatRis(paper({ journalRef: "J. Ink 7 (2027) 1--9", doi: "10.1000/ink_7 10.1000/other" })));
  expect(lines[0]).toBe("TY  - JOUR");
  expect(lines).toEqual(expect.arrayContaining(["PY  - 2027", "JO  - J. Ink 7 (2027) 1–9", "DO  - 10.1000/ink_7"]));
  expect(lines.some((line) => /^(DA|PB)/.test(line))).toBe(false);
});

test("a collective with commas in its name stays one author, and others are said to be others", () => {
  const lines = linesOf(formatRis(paper({ authors: ["Llama Team, AI @ Meta", "et al."] })));
  expect(lines.slice(1, 3)).toEqual(["AU  - Llama Team AI @ Meta", "AU  - et al."]);
});

test("three thousand authors keep their order", () => {
  const authors = Array.from({ length: 3303 }, (_, index) =>
    `Ada Family${index}`.replace(/\d/g, (d) => "abcdefghij"[Number(d)] ?? ""),
  );
  const written = linesOf(formatRis(paper({ authors }))).filter((line) => line.startsWith("AU"));
  expect(written).toHaveLength(3303);
  expect(written[3302]).toBe("AU  - Familyddac, Ada");
});

test("whatever comes in, each line is a tag and its value, and the record ends", { timeout: 30_000 }, () => {
  const text = fc.string({ unit: "binary", maxLength: 80 });
  fc.assert(
    fc.property(text, text, fc.array(text, { maxLength: 3 }), text, (title, abstract, authors, journalRef) => {
      const lines = linesOf(formatRis(paper({ title, abstract, authors, journalRef, doi: title })));
      for (const line of lines) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- [^\r\n]*$/u);
      expect([lines[0]?.slice(0, 2), lines.at(-1)]).toEqual(["TY", "ER  - "]);
    }),
    { numRuns: 300 },
  );
});
