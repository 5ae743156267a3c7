import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, describe, expect, test } from "vitest";
import { GET as apiPaper } from "#app/api/papers/[...id]/route.ts";
import { GET as apiDay } from "#app/api/daily_papers/route.ts";
import { GET as paperFile } from "#app/api/paper-file/[format]/[...id]/route.ts";
import { generateMetadata } from "#app/papers/[...id]/page.tsx";
import { DigestSheet } from "#components/digest/digest-sheet.tsx";
import { PaperEntry } from "#components/papers/paper-entry.tsx";
import { PaperLine } from "#components/papers/paper-line.tsx";
import { PaperSheet } from "#components/papers/paper-sheet.tsx";
import { SimilarPapers } from "#components/papers/similar-papers.tsx";
import { findArchivedDigest, findDigestEdition } from "#lib/digest/contents/queries.ts";
import { writeDigest } from "#lib/digest/send-copy.ts";
import { freezeEdition } from "#lib/editions/commands.ts";
import { toPaperSheetView } from "#lib/editions/paper-sheet-view.ts";
import { toPaperView } from "#lib/editions/paper-view.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { findPaper, listPaperCards } from "#lib/papers/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { printDay } from "#tests/factories.ts";

const day = Temporal.PlainDate.from("2026-08-18");
const title = "A Paper That Was Taken Back";
const asked = (id: string) => ({ params: Promise.resolve({ id: id.split("/") }) });

// The author says so, or arXiv has deleted the record; a third stands, and nowhere has a mark.
const cases = [
  { whose: "withdrawn by its author", id: paperId("2608.00001"), marked: true },
  { whose: "deleted by arXiv", id: paperId("2608.00002"), marked: true },
  { whose: "still standing", id: paperId("2608.00003"), marked: false },
];

beforeEach(async () => {
  await db.digest.deleteMany();
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await printDay(
    day.toString(),
    cases.map(({ id }, index) => ({ id, title, upvotes: 30 - index })),
    { now: "2026-08-18T09:00Z" },
  );
  await freezeEdition(day, { now: Temporal.Instant.from("2026-08-19T00:10Z") });
  await db.paper.update({ where: { id: "2608.00001" }, data: { withdrawn: true } });
  await db.paper.update({ where: { id: "2608.00002" }, data: { deletedAt: new Date("2026-08-20T00:00Z") } });
});

describe.each(cases)("a paper $whose", ({ id, marked }) => {
  const mark = marked ? /Withdrawn/ : /^(?!.*Withdrawn)/s;

  test("is told by every list, as a whole abstract, as a title, and beside another paper", async () => {
    const [card] = await listPaperCards([id]);
    if (!card) throw new Error("The paper is not there.");
    const view = toPaperView(card);
    expect(renderToStaticMarkup(<PaperEntry paper={view} />)).toMatch(mark);
    expect(renderToStaticMarkup(<PaperLine paper={view} />)).toMatch(mark);
    expect(renderToStaticMarkup(<SimilarPapers papers={[view]} words={[]} />)).toMatch(mark);
  });

  test("is told by its own page, its title in a browser's tab, and its citation", async () => {
    const paper = await findPaper(id);
    if (!paper) throw new Error("The paper is not there.");
    const sheet = toPaperSheetView(paper, { timeZone: "UTC" });
    expect(renderToStaticMarkup(<PaperSheet paper={sheet} />)).toMatch(mark);
    const { title: tab } = await generateMetadata({ ...asked(id), searchParams: Promise.resolve({}) });
    expect(tab).toBe(marked ? `Withdrawn: ${title}` : title);
    expect(sheet.bibtex.includes("note = {Withdrawn}")).toBe(marked);
  });

  test("is told by the API and by the paper's files", async () => {
    const request = new Request(`https://example.org/api/daily_papers?date=${day}`);
    const list: { paper: { id: string; withdrawn?: true } }[] = await (await apiDay(request)).json();
    const item = list.find(({ paper }) => paper.id === id);
    const one = await (await apiPaper(request, asked(id))).json();
    expect([item?.paper.withdrawn, one.withdrawn]).toEqual(Array(2).fill(marked ? true : undefined));
    for (const format of ["json", "bib", "ris", "md"]) {
      const file = await paperFile(request, { params: Promise.resolve({ format, id: [id] }) });
      expect(await file.text()).toMatch(marked ? /withdrawn/i : /^(?!.*withdrawn)/is);
    }
  });

  test("is told by the digest: in the mail's two parts and on its page", async () => {
    const found = await findDigestEdition({ kind: "day", day }, { now: now() });
    if (found.status !== "found") throw new Error(found.status);
    const place = cases.findIndex((one) => one.id === id) + 1;
    const { html, text } = await writeDigest(found.edition);
    const shown = marked ? `Withdrawn: ${title}` : title;
    expect(text).toContain(`${place}. ${shown}\n`);
    expect(html.split("<h2")[place]).toMatch(mark);
    const archived = await findArchivedDigest({ kind: "day", day }, { now: now() });
    expect(archived?.papers[place - 1]?.title).toBe(shown);
    expect(archived && renderToStaticMarkup(<DigestSheet digest={archived} />)).toContain(shown);
  });
});

test("the mail's subject does not pass over it either", async () => {
  const found = await findDigestEdition({ kind: "day", day }, { now: now() });
  if (found.status !== "found") throw new Error(found.status);
  expect((await writeDigest(found.edition)).subject).toContain(`Withdrawn: ${title}`);
});
