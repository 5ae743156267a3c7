import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { closingOf } from "#lib/editions/edition-date.ts";
import { storePapers } from "#lib/papers/commands.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { db } from "#lib/platform/db.ts";
import { arxiv, huggingFace } from "#tests/finds.ts";
import { earlierVersions } from "#tests/gathered-rows.ts";

const instant = (text: string) => Temporal.Instant.from(text);
const plainDay = (text: string) => Temporal.PlainDate.from(text);
const now = instant("2026-08-21T12:00:00Z");
const closing = (of: Temporal.PlainDate) => closingOf(of, { timeZone: "UTC", closesAt: "00:00" });
const store = (found: FoundPaper[], at = now) => storePapers(found, { now: at, closingOf: closing });
const find = (id: string) => db.paper.findUniqueOrThrow({ where: { id }, omit: { changeSeq: true } });

/** All that storing writes, in a fixed order, without numbers that only say in which order it was written. */
async function allRows() {
  const [papers, versions, records, listings, signals] = await Promise.all([
    db.paper.findMany({ orderBy: { id: "asc" }, omit: { changeSeq: true } }),
    earlierVersions(),
    db.sourceRecord.findMany({ orderBy: [{ source: "asc" }, { paperId: "asc" }] }),
    db.listing.findMany({ orderBy: [{ day: "asc" }, { paperId: "asc" }, { source: "asc" }] }),
    db.signal.findMany({
      omit: { id: true },
      orderBy: [{ paperId: "asc" }, { source: "asc" }, { kind: "asc" }, { countsAt: "asc" }, { observedAt: "asc" }],
    }),
  ]);
  return { papers, versions, records, listings, signals };
}

beforeEach(async () => {
  await db.paper.deleteMany();
});

test("a newer version takes the text, an older one never does, and the earliest dates stay", async () => {
  await store([arxiv({ version: 2, title: "On slower reading", announcedOn: plainDay("2026-08-20") })]);
  await store([arxiv({ version: 1, announcedOn: plainDay("2026-08-19") })]);
  expect(await find("2608.00001")).toMatchObject({ version: 2, title: "On slower reading" });
  await store([arxiv({ version: 3, title: "On the slowest reading", comment: "9 pages" })]);
  const paper = await find("2608.00001");
  expect(paper).toMatchObject({ version: 3, title: "On the slowest reading", comment: "9 pages" });
  expect(paper.announcedOn?.toISOString()).toBe("2026-08-19T00:00:00.000Z");
});

test("arXiv's text replaces Hugging Face's and not the other way round; links of Hugging Face stay", async () => {
  await store([huggingFace()]);
  expect(await find("2608.00001")).toMatchObject({ title: "On Slow Reading", version: 1 });
  await store([arxiv({ version: 2 })]);
  await store([huggingFace({ title: "ON SLOW READING, AGAIN" })]);
  expect(await find("2608.00001")).toMatchObject({
    title: "On slow reading",
    version: 2,
    authors: ["Ada One", "Bo Two"],
    codeUrl: "https://github.com/ada/slow",
  });
  expect((await find("2608.00001")).submittedAt?.toISOString()).toBe("2026-08-18T10:11:12.000Z");
});

test("a paper that arXiv tells without abstract and links takes them from Hugging Face", async () => {
  await store([arxiv({ abstract: "" })]);
  await store([huggingFace()]);
  expect(await find("2608.00001")).toMatchObject({
    abstract: "We read slowly.",
    codeUrl: "https://github.com/ada/slow",
  });
});

test("a comment that the new version no longer has does not stay beside its text", async () => {
  await store([arxiv({ version: 2, comment: "This paper has been withdrawn by the authors." })]);
  expect((await find("2608.00001")).withdrawn).toBe(true);
  await store([arxiv({ version: 3 })]);
  expect(await find("2608.00001")).toMatchObject({ withdrawn: false, comment: null });
});

test("the same finds again change no row, not even when they come later", async () => {
  const finds = [
    huggingFace(),
    arxiv(),
    huggingFace({ day: plainDay("2026-08-19"), signals: [{ kind: "upvotes", value: 3 }], fields: { numComments: 1 } }),
  ];
  expect(await store(finds)).toEqual({ stored: 1 });
  const before = await allRows();
  expect(await store(finds, now.add({ hours: 1 }))).toEqual({ stored: 0 });
  expect(await store(finds.toReversed(), now.add({ hours: 2 }))).toEqual({ stored: 0 });
  expect(await allRows()).toEqual(before);
  expect(before.signals.map(({ value }) => value)).toEqual([3, 5]);
});

test("a count is a row when it changes, dated to the close of a past day or to now", async () => {
  const today = { day: plainDay("2026-08-21") };
  const upvotes = (value: number) => [{ kind: "upvotes" as const, value }];
  for (const [value, hours] of [
    [1, 0],
    [1, 1],
    [4, 2],
    [4, 14],
    [9, 15],
  ] as const) {
    await store([huggingFace({ ...today, signals: upvotes(value) })], now.add({ hours }));
  }
  const { signals } = await allRows();
  expect(signals.map(({ value, countsAt }) => [value, countsAt.toISOString()])).toEqual([
    [1, "2026-08-21T12:00:00.000Z"],
    [4, "2026-08-21T14:00:00.000Z"],
    [9, "2026-08-22T00:00:00.000Z"],
  ]);
});

test("an older day that is read later does not take back what a newer one said", async () => {
  await store([huggingFace({ fields: { numComments: 9 }, signals: [{ kind: "upvotes", value: 80 }] })]);
  await store(
    [
      huggingFace({
        day: plainDay("2026-08-13"),
        fields: { numComments: 1 },
        codeUrl: null,
        signals: [{ kind: "upvotes", value: 50 }],
      }),
    ],
    now.add({ hours: 1 }),
  );
  const { papers, records, signals } = await allRows();
  expect(papers[0]?.codeUrl).toBe("https://github.com/ada/slow");
  expect(records[0]?.fields).toMatchObject({ numComments: 9 });
  expect(signals.map(({ value }) => value)).toEqual([50, 80]);
});

test("the sample gives way to real papers and never comes back over them", async () => {
  const sample = huggingFace({ source: "sample", abstract: "Our own words.", fields: {} });
  await store([sample]);
  expect(await find("2608.00001")).toMatchObject({ sample: true, abstract: "Our own words." });
  await store([arxiv({ day: plainDay("2026-08-20") })]);
  expect(await find("2608.00001")).toMatchObject({
    sample: false,
    abstract: "We read slowly, and say why.",
    codeUrl: null,
  });
  const before = await allRows();
  expect(before.listings.map(({ source }) => source)).toEqual(["arxiv"]);
  expect(before.signals).toEqual([]);
  await store([sample]);
  expect(await allRows()).toEqual(before);
});

test("what no database takes is taken out, and a link that is no web link is none", async () => {
  await store([
    arxiv({
      title: "Nul\u0000 and \ud800 half",
      abstract: "A\u0000B",
      authors: ["\u0000", "Ada\u0007 One"],
      licenseUrl: "javascript:alert(1)",
      fields: { "k\u0000ey": ["\u0000", { deep: "\udfff" }] },
    }),
    arxiv({ id: paperId("2608.00002"), title: "\u0000" }),
  ]);
  expect(await find("2608.00001")).toMatchObject({
    title: "Nul and \ufffd half",
    abstract: "AB",
    authors: ["Ada One"],
    licenseUrl: null,
  });
  expect(await db.paper.count()).toBe(1);
});

test("papers and the validator of their answer are saved together or not at all", async () => {
  const validator = { url: "https://example.org/a", etag: 'W/"x y"', lastModified: null };
  const impossible = { ...arxiv(), id: "not an id" as FoundPaper["id"] };
  await expect(
    storePapers([arxiv(), impossible], { now, closingOf: closing, validators: [validator] }),
  ).rejects.toThrow();
  expect([await db.paper.count(), await db.sourceValidator.count()]).toEqual([0, 0]);
  await storePapers([arxiv()], { now, closingOf: closing, validators: [validator] });
  expect(await db.sourceValidator.findFirst()).toMatchObject({ etag: 'W/"x y"', lastModified: null });
});

const someFind = fc
  .record({
    make: fc.constantFrom(arxiv, arxiv, huggingFace, huggingFace, (known: Partial<FoundPaper>) =>
      huggingFace({ ...known, source: "sample" }),
    ),
    id: fc.constantFrom(paperId("2608.00001"), paperId("hep-th/9901001")),
    version: fc.constantFrom(null, 1, 2, 3),
    title: fc.constantFrom("On slow reading", "On slower reading", "Slow"),
    abstract: fc.constantFrom("", "We read.", "We read slowly.", "This paper has been withdrawn."),
    authors: fc.constantFrom<string[][]>([], ["Ada One"], ["Ada One", "Bo Two"]),
    comment: fc.constantFrom(null, "9 pages", "10 pages"),
    licenseUrl: fc.constantFrom(null, "https://example.org/licence"),
    codeUrl: fc.constantFrom(null, "https://example.org/code", "https://example.org/other"),
    revisedAt: fc.constantFrom(null, instant("2026-08-19T05:00:00Z"), instant("2026-08-20T00:00:00Z")),
    versionDates: fc.constantFrom<FoundPaper["versionDates"][]>(
      [],
      [{ version: 1, submittedAt: instant("2026-08-18T10:11:12Z") }],
      [
        { version: 1, submittedAt: instant("2026-08-18T00:00:00Z") },
        { version: 2, submittedAt: instant("2026-08-19T05:06:07Z") },
      ],
    ),
    submittedAt: fc.constantFrom(
      null,
      instant("2026-08-18T00:00:00Z"),
      instant("2026-08-18T10:11:12Z"),
      instant("2026-08-19T01:00:00Z"),
    ),
    announcedOn: fc.constantFrom(null, plainDay("2026-08-19"), plainDay("2026-08-20")),
    day: fc.constantFrom(null, plainDay("2026-08-19"), plainDay("2026-08-20"), plainDay("2026-08-21")),
    signals: fc.constantFrom<FoundPaper["signals"][]>(
      [],
      [{ kind: "upvotes" as const, value: 3 }],
      [{ kind: "upvotes" as const, value: 7 }],
    ),
    fields: fc.constantFrom<FoundPaper["fields"][]>({}, { numComments: 1 }, { numComments: 2, tags: ["a"] }),
  })
  .map(({ make, version, ...known }) => {
    const found = make(known);
    const versionDates = found.versionDates.filter((told) => told.version < (version ?? 0));
    return {
      ...found,
      ...(found.source === "arxiv" ? { version, versionDates } : { version: null, versionDates: [] }),
    };
  });

test("the same finds end in the same rows in whatever order, split and repetition they come", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someFind, { minLength: 2, maxLength: 6 }).chain((finds) =>
        fc.record({
          finds: fc.constant(finds),
          shuffled: fc.shuffledSubarray(finds, { minLength: finds.length }),
          split: fc.nat(finds.length),
        }),
      ),
      async ({ finds, shuffled, split }) => {
        await db.paper.deleteMany();
        await store(finds);
        const expected = await allRows();
        await db.paper.deleteMany();
        await Promise.all([store(shuffled.slice(0, split)), store(shuffled.slice(split))]);
        await store(finds.slice(0, 2));
        expect(await allRows()).toEqual(expected);
      },
    ),
    { numRuns: 150 },
  );
});
