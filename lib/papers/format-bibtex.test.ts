import fc from "fast-check";
import { expect, test } from "vitest";
import { type BibtexPaper, formatBibtex } from "#lib/papers/format-bibtex.ts";
import { paperId } from "#lib/papers/paper-id.ts";

function paper(fields: Partial<BibtexPaper> = {}): BibtexPaper {
  return {
    id: paperId("2608.12313"),
    title: "On Slow Reading",
    authors: ["Ada Lovelace", "Charles Babbage"],
    categories: ["cs.CL", "cs.AI"],
    journalRef: null,
    doi: null,
    submittedAt: "2026-08-12T10:00:00Z",
    withdrawn: false,
    ...fields,
  };
}

function field(name: string, entry: string): string | undefined {
  return new RegExp(`^  ${name} = \\{(.*)\\},$`, "m").exec(entry)?.[1];
}

function authors(...names: string[]): string | undefined {
  return field("author", formatBibtex(paper({ authors: names })));
}

test("a preprint is a @misc entry that arXiv's own styles understand", () => {
  expect(formatBibtex(paper())).toBe(`@misc{lovelace2026slow,
  title = {{On Slow Reading}},
  author = {Lovelace, Ada and Babbage, Charles},
  year = {2026},
  eprint = {2608.12313},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  url = {https://arxiv.org/abs/2608.12313},
}
`);
});

test("a withdrawn paper is cited as one", () => {
  expect(field("note", formatBibtex(paper({ withdrawn: true })))).toBe("Withdrawn");
  expect(field("note", formatBibtex(paper()))).toBeUndefined();
});

test("a paper that a journal printed is an @article of the journal's year, under the same key", () => {
  const entry = formatBibtex(paper({ journalRef: "J. Ink & Paper 7 (2027) 1--9", doi: "10.1000/ink_7 10.1000/other" }));
  expect(entry).toMatch(/^@article\{lovelace2026slow,/);
  expect(field("journal", entry)).toBe("J. Ink \\& Paper 7 (2027) 1--9");
  expect(field("year", entry)).toBe("2027");
  expect(field("doi", entry)).toBe("10.1000/ink_7");
});

test("the year of an old paper is read from its id when nothing else says it", () => {
  const old = paper({ id: paperId("hep-th/9901001"), submittedAt: null });
  expect(field("year", formatBibtex(old))).toBe("1999");
  expect(formatBibtex(old)).toContain("{lovelace1999slow,");
});

test.each([
  ["Ludwig van Beethoven", "van Beethoven, Ludwig"],
  ["Vera de la Cruz", "de la Cruz, Vera"],
  ["Luc Van Gool", "Van Gool, Luc"],
  ["von Neumann", "von Neumann"],
  ["Sammy Davis Jr.", "Davis, Jr., Sammy"],
  ["Martin L. King, Jr.", "King, Jr., Martin L."],
  ["Curie, Marie", "Curie, Marie"],
  ["John Doe III", "Doe, III, John"],
  ["Erwin Schrödinger", 'Schr{\\"o}dinger, Erwin'],
  ["Paul Erd\\H{o}s", "Erd{\\H{o}}s, Paul"],
  ["Søren Łukasz Groß", "Gro{\\ss}, S{\\o}ren {\\L}ukasz"],
  ["María Núñez", "N{\\'u}{\\~n}ez, Mar{\\'{\\i}}a"],
  ["Ann Smith (1)", "Smith, Ann"],
  ["DeepSeek-AI", "{DeepSeek-AI}"],
  ["Kimi Team", "{Kimi Team}"],
  ["The ATLAS Collaboration", "{The ATLAS Collaboration}"],
  ["Llama Team, AI @ Meta", "{Llama Team, AI @ Meta}"],
  ["Barnes and Noble", "{Barnes and Noble}"],
  ["山田太郎", "{山田太郎}"],
  ["Ai Wei", "Wei, Ai"],
  ["et al.", "others"],
])("the author %s is written %s", (name, written) => {
  expect(authors(name)).toBe(written);
});

test("authors keep their order, three thousand of them", () => {
  const names = Array.from(
    { length: 3303 },
    (_, index) => `Given${"abcdefghij"[index % 10]} Family${index.toString(36).replace(/\d/g, "x")}`,
  );
  const written = authors(...names)?.split(" and ") ?? [];
  expect(written.length).toBe(3303);
  expect(written[0]).toBe("Familyx, Givena");
});

test.each([
  ["Q&A at 50% for #1: a_b", "{Q\\&A at 50\\% for \\#1: a\\_b}"],
  ["Bugs for 1$ ~ {cheap}", "{Bugs for 1\\$ {\\textbraceleft}cheap{\\textbraceright}}"],
  ["Reading in $O(n^2)$ with $97.5\\%$", "{Reading in $O(n^2)$ with 97.5\\%}"],
  ["\\textbf{Ink} -- ``old'' \\'etudes", "{Ink -- ``old'' {\\'e}tudes}"],
  ["broken $\\frac{1$ title", "{broken \\$".concat("{\\textbackslash}frac{\\textbraceleft}1\\$ title}")],
])("the title %s is written %s", (title, written) => {
  expect(field("title", formatBibtex(paper({ title })))).toBe(written);
});

test.each([
  ["Kimi Team", "A New Ink", "kimiteam2026new"],
  ["Łukasz Øster", "$\\mu$-Reading", "oster2026reading"],
  ["山田太郎", "读书", "arxiv2026"],
  ["Ludwig van Beethoven", "3D Ink", "vanbeethoven20263d"],
])("the key for %s and %s is %s", (name, title, key) => {
  expect(/^@misc\{([^,]*),/.exec(formatBibtex(paper({ authors: [name], title })))?.[1]).toBe(
    key.replace("2026d", "20263d"),
  );
});

test("braces are balanced and the key is plain, whatever the title and the names", { timeout: 30_000 }, () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab Z9{}\\$%&#_^~\"',@é中-".split("")), maxLength: 60 });
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 4 }), text, (title, names, journalRef) => {
      const entry = formatBibtex(paper({ title, authors: names, journalRef, doi: title }));
      let depth = 0;
      for (const [brace] of entry.trim().matchAll(/[{}]/g)) {
        depth += brace === "{" ? 1 : -1;
        expect(depth).toBeGreaterThanOrEqual(0);
      }
      expect(depth).toBe(0);
      expect(entry).toMatch(/^@(?:misc|article)\{[a-z0-9]+,\n/);
    }),
    { numRuns: 500 },
  );
});
