import { beforeEach, expect, test } from "vitest";
import { freezeEdition } from "#lib/editions/commands.ts";
import { closingOf } from "#lib/editions/edition-date.ts";
import { toPaperChangesView } from "#lib/editions/paper-changes-view.ts";
import { toPaperSheetView } from "#lib/editions/paper-sheet-view.ts";
import { storePapers } from "#lib/papers/commands.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { findPaper } from "#lib/papers/queries.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { db } from "#lib/platform/db.ts";
import { printDay } from "#tests/factories.ts";
import { arxiv } from "#tests/finds.ts";

const id = paperId("2608.00001");
const at = (text: string) => Temporal.Instant.from(text);
const inUtc = { timeZone: "UTC" };

async function store(...found: FoundPaper[]): Promise<void> {
  const closing = (day: Temporal.PlainDate) => closingOf(day, { timeZone: "UTC", closesAt: "00:00" });
  await storePapers(found, { now: at("2026-08-21T12:00Z"), closingOf: closing });
}

async function sheet() {
  const paper = await findPaper(id);
  if (!paper) throw new Error("The paper is not there.");
  return toPaperSheetView(paper, inUtc);
}

async function changes(asked: { from?: number; to?: number } = {}) {
  const paper = await findPaper(id);
  if (!paper) throw new Error("The paper is not there.");
  return toPaperChangesView(paper, { from: null, to: null, ...asked, ...inUtc });
}

beforeEach(async () => {
  await db.edition.deleteMany();
  await db.paper.deleteMany();
});

test("a paper names the editions it stands in: its rank where it was printed, else that it came late or that the day is open", async () => {
  const others = [{ id: "2608.00002", upvotes: 90 }];
  await printDay("2026-08-18", [{ id, upvotes: 3 }, ...others], { now: "2026-08-18T09:00Z" });
  await printDay("2026-08-19", others, { now: "2026-08-19T09:00Z" });
  for (const day of ["2026-08-18", "2026-08-19"]) {
    await freezeEdition(Temporal.PlainDate.from(day), { now: at("2026-08-20T00:10Z") });
  }
  await printDay("2026-08-19", [{ id, upvotes: 4 }], { now: "2026-08-20T09:00Z" });
  await printDay("2026-08-20", [{ id, upvotes: 5 }], { now: "2026-08-20T09:00Z" });
  expect((await sheet()).places.map(({ day, rank, words }) => [day, rank, words])).toEqual([
    ["2026-08-20", null, "In the edition of 20 August 2026, still open"],
    ["2026-08-19", null, "Late arrival of 19 August 2026"],
    ["2026-08-18", 2, "2nd paper of 18 August 2026, of 2"],
  ]);
});

test("where arXiv announced it is no edition of a paper that another source put on a day of its own", async () => {
  await printDay("2026-08-19", [{ id, source: "arxiv" }], { now: "2026-08-19T09:00Z" });
  expect((await sheet()).places.map(({ day }) => day)).toEqual(["2026-08-19"]);
  await printDay("2026-08-20", [{ id }], { now: "2026-08-20T09:00Z" });
  expect((await sheet()).places.map(({ day }) => day)).toEqual(["2026-08-20"]);
});

test("a withdrawn paper says so, and a deleted one who deleted it", async () => {
  await store(arxiv());
  expect(await sheet()).toMatchObject({ withdrawn: false, withdrawnWords: null });
  await store(arxiv({ version: 2, comment: "This paper has been withdrawn by the authors." }));
  expect(await sheet()).toMatchObject({
    withdrawn: true,
    withdrawnWords: expect.stringMatching(/^Withdrawn: its last/),
  });
  await db.paper.update({ where: { id }, data: { deletedAt: new Date("2026-08-22T00:00:00Z") } });
  expect((await sheet()).withdrawnWords).toMatch(/^Withdrawn: arXiv has deleted/);
});

test("a paper of one version has no list of them; else each line leads to arXiv and to what changed", async () => {
  await store(arxiv());
  expect((await sheet()).versions).toEqual([]);
  await store(arxiv({ version: 3, title: "On slower reading", revisedAt: at("2026-08-20T01:02:03Z") }));
  expect((await sheet()).versions).toEqual([
    {
      version: 3,
      submitted: "20 August 2026, 01:02 UTC",
      present: true,
      arxivUrl: "https://arxiv.org/abs/2608.00001v3",
      changes: { href: "/papers/changes/2608.00001?from=1&to=3", since: 1 },
    },
    {
      version: 2,
      submitted: "date not known here",
      present: false,
      arxivUrl: "https://arxiv.org/abs/2608.00001v2",
      changes: null,
    },
    {
      version: 1,
      submitted: "18 August 2026, 10:11 UTC",
      present: false,
      arxivUrl: "https://arxiv.org/abs/2608.00001v1",
      changes: null,
    },
  ]);
});

test("what changed is shown between any two versions that were seen, by default between the last two", async () => {
  await store(arxiv({ version: 1 }), arxiv({ version: 2, title: "On slower reading" }));
  await store(arxiv({ version: 4, abstract: "We read slowly, and say how." }));
  expect(await changes()).toMatchObject({ from: 2, to: 4, unknown: [] });
  const { known, changes: between } = await changes({ from: 1, to: 2 });
  expect(known.map(({ words }) => words)).toEqual(["Version 1, 18 August 2026", "Version 2", "Version 4"]);
  expect(between).toEqual({
    title: [
      { kind: "kept", parts: [{ kind: "text", text: "On " }] },
      { kind: "removed", parts: [{ kind: "text", text: "slow" }] },
      { kind: "added", parts: [{ kind: "text", text: "slower" }] },
      { kind: "kept", parts: [{ kind: "text", text: " reading" }] },
    ],
    abstract: [{ kind: "kept", parts: [{ kind: "text", text: "We read slowly, and say why." }] }],
    summary: "The abstract is the same in both.",
  });
  expect((await changes({ from: 4, to: 1 })).changes?.abstract).toContainEqual({
    kind: "added",
    parts: [{ kind: "text", text: "why" }],
  });
});

test("a version that nobody saw is named, with the way to arXiv; an address with nonsense is read as the default", async () => {
  await store(arxiv({ version: 1 }), arxiv({ version: 3, title: "On slower reading" }));
  expect(await changes({ from: 2, to: 3 })).toMatchObject({
    changes: null,
    unknown: [{ version: 2, arxivUrl: "https://arxiv.org/abs/2608.00001v2" }],
  });
  expect(await changes({ from: 3, to: 3 })).toMatchObject({ changes: null, unknown: [] });
  expect(await changes({ from: 0, to: 999 })).toMatchObject({ from: 1, to: 3 });
});

test("a paper whose only version is known has nothing to compare", async () => {
  await store(arxiv());
  expect(await changes()).toMatchObject({ from: 1, to: 1, changes: null, unknown: [] });
});
