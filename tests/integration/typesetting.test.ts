import { beforeEach, expect, test } from "vitest";
import { closingOf } from "#lib/editions/edition-date.ts";
import { toPaperView } from "#lib/editions/paper-view.ts";
import { jobs } from "#lib/jobs.ts";
import { storePapers } from "#lib/papers/commands.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { findPaper, listPaperCards } from "#lib/papers/queries.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { TYPESETTER, typesetText } from "#lib/papers/typeset-text.ts";
import { typesetPapers } from "#lib/papers/typesetting/commands.ts";
import { db } from "#lib/platform/db.ts";
import { arxiv } from "#tests/finds.ts";
import { fixturePapers } from "#tests/fixtures/papers.ts";

const now = Temporal.Instant.from("2026-08-21T12:00:00Z");
const id = paperId("2608.00001");
const formula = "Sorting in $O(n^2)$ steps, or $\\frac{1$ of them";

async function store(...found: FoundPaper[]): Promise<void> {
  const closing = (day: Temporal.PlainDate) => closingOf(day, { timeZone: "UTC", closesAt: "00:00" });
  await storePapers(found, { now, closingOf: closing });
}

const rows = () => db.paperFormulas.findMany({ orderBy: [{ paperId: "asc" }, { field: "asc" }] });

beforeEach(async () => {
  await db.paper.deleteMany();
  await db.typesettingProgress.deleteMany();
});

test("the timetable sets the formulas of new papers; texts without TeX, or with money only, have no row", async () => {
  await store(
    arxiv({ abstract: formula }),
    arxiv({ id: paperId("2608.00002") }),
    arxiv({ id: paperId("2608.00003"), title: "Mending 900 bugs for 1$", abstract: "It costs $5 and $10 million." }),
  );
  await jobs.typeset.run();
  expect(await rows()).toEqual([
    {
      paperId: id,
      field: "abstract",
      typesetter: TYPESETTER,
      textHash: expect.any(String),
      mathml: [expect.stringMatching(/^<math .*<msup>/), ""],
    },
  ]);
});

test("a page shows the same before and after: whatever is stored equals what is set at once", async () => {
  const found = fixturePapers.map(({ title, abstract }, index) =>
    arxiv({ id: paperId(`2608.${String(10_001 + index)}`), title, abstract: `${abstract} ${formula} $x_${index}$` }),
  );
  await store(...found);
  const ids = found.map(({ id: one }) => one);
  const before = (await listPaperCards(ids)).map(toPaperView);
  expect(await typesetPapers()).toMatchObject({ looked: found.length });
  const cards = await listPaperCards(ids);
  expect(cards.every(({ formulas }) => formulas?.abstract?.mathml.length)).toBe(true);
  expect(cards.map(toPaperView)).toEqual(before);
  expect(before.map(({ abstractParts }) => abstractParts)).toEqual(found.map(({ abstract }) => typesetText(abstract)));
});

test("what is stored is what is shown, and nothing is set a second time", async () => {
  await store(arxiv({ abstract: "So $x$." }));
  await typesetPapers();
  const mathml = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>stored</mi></math>';
  await db.paperFormulas.updateMany({ data: { mathml: [mathml] } });
  const paper = await findPaper(id);
  expect(paper && toPaperView(paper).abstractParts).toContainEqual(expect.objectContaining({ mathml }));
  expect(await typesetPapers()).toEqual({ looked: 0, set: 0 });
});

test.each([
  { what: "of another text", data: { textHash: "another" } },
  { what: "of another typesetter", data: { typesetter: TYPESETTER - 1 } },
  { what: "of another number of formulas", data: { mathml: ["", ""] } },
  { what: "no harmless MathML", data: { mathml: ["<script>alert(1)</script>"] } },
])("a row that is $what is not shown: the text is set at once", async ({ data }) => {
  await store(arxiv({ abstract: "So $x$." }));
  await typesetPapers();
  await db.paperFormulas.updateMany({ data });
  const paper = await findPaper(id);
  expect(paper && toPaperView(paper).abstractParts).toEqual(typesetText("So $x$."));
});

test("a changed text is set anew, one that lost its formulas loses its row, a deleted paper too", async () => {
  await store(arxiv({ abstract: "So $x$." }));
  await typesetPapers();
  await store(arxiv({ version: 2, abstract: "So $y$." }));
  await typesetPapers();
  expect((await rows()).map(({ mathml }) => mathml.join())).toEqual([expect.stringContaining("<mi>y</mi>")]);
  await store(arxiv({ version: 3, abstract: "So what." }));
  await typesetPapers();
  expect(await rows()).toEqual([]);
  await store(arxiv({ version: 4, abstract: "So $z$." }));
  await typesetPapers();
  await db.paper.deleteMany();
  expect(await rows()).toEqual([]);
});

test("a newer typesetter sets everything again, and goes on where it was when it is stopped", async () => {
  const papers = [1, 2, 3, 4, 5].map((number) =>
    arxiv({ id: paperId(`2608.0000${number}`), abstract: `So $x_${number}$.` }),
  );
  await store(...papers);
  await typesetPapers();
  const fresh = await rows();
  await db.paperFormulas.updateMany({ data: { typesetter: TYPESETTER - 1, mathml: [""] } });
  await db.typesettingProgress.updateMany({ data: { typesetter: TYPESETTER - 1 } });
  expect(await typesetPapers({ limit: 2 })).toEqual({ looked: 2, set: 2 });
  expect((await rows()).filter(({ typesetter }) => typesetter === TYPESETTER)).toHaveLength(2);
  expect(await typesetPapers()).toEqual({ looked: 3, set: 3 });
  expect(await rows()).toEqual(fresh);
});

test("sweeps at the same moment, while papers are stored, leave nothing unset", async () => {
  const papers = Array.from({ length: 60 }, (_, number) =>
    arxiv({ id: paperId(`2608.${10_000 + number}`), abstract: `So $x_{${number}}$.` }),
  );
  const storing = Array.from({ length: 6 }, (_, part) => store(...papers.slice(part * 10, part * 10 + 10)));
  await Promise.all([...storing, typesetPapers(), typesetPapers(), typesetPapers({ limit: 7 })]);
  await typesetPapers();
  expect((await rows()).filter(({ typesetter }) => typesetter === TYPESETTER)).toHaveLength(60);
});
