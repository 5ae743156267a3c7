import { beforeEach, expect, test } from "vitest";
import { closingOf } from "#lib/editions/edition-date.ts";
import { storePapers } from "#lib/papers/commands.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { findPaper } from "#lib/papers/queries.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { db } from "#lib/platform/db.ts";
import { arxiv, huggingFace } from "#tests/finds.ts";
import { earlierVersions } from "#tests/gathered-rows.ts";

const instant = (text: string) => Temporal.Instant.from(text);
const now = instant("2026-08-21T12:00:00Z");
const closing = (of: Temporal.PlainDate) => closingOf(of, { timeZone: "UTC", closesAt: "00:00" });
const store = (found: FoundPaper[]) => storePapers(found, { now, closingOf: closing });

beforeEach(async () => {
  await db.paper.deleteMany();
});

test("the text that a newer version replaces is kept, and so is an older one that is told later", async () => {
  await store([huggingFace({ title: "What Hugging Face says" })]);
  await store([arxiv({ version: 2, title: "Second", revisedAt: instant("2026-08-20T01:02:03Z") })]);
  expect(await earlierVersions()).toEqual([]);
  await store([arxiv({ version: 4, title: "Fourth" })]);
  await store([arxiv({ version: 1, title: "First" })]);
  await store([arxiv({ version: 4, title: "Fourth" }), huggingFace()]);
  expect((await earlierVersions()).map(({ version, title }) => [version, title])).toEqual([
    [1, "First"],
    [2, "Second"],
  ]);
  const paper = await findPaper(paperId("2608.00001"));
  expect(paper?.versions.map(({ version, submittedAt, text }) => [version, submittedAt, text?.title])).toEqual([
    [1, "2026-08-18T10:11:12Z", "First"],
    [2, "2026-08-20T01:02:03Z", "Second"],
    [3, null, undefined],
    [4, null, "Fourth"],
  ]);
});

test("a source that lists the dates of all versions tells them where no text was seen", async () => {
  const dates = [
    { version: 1, submittedAt: instant("2026-08-18T10:11:12.345678Z") },
    { version: 2, submittedAt: instant("2026-08-19T10:11:12Z") },
  ];
  await store([arxiv({ version: 3, versionDates: dates, revisedAt: instant("2026-08-20T10:11:12Z") })]);
  const before = await earlierVersions();
  await store([arxiv({ version: 3, versionDates: dates.toReversed() })]);
  expect(await earlierVersions()).toEqual(before);
  const paper = await findPaper(paperId("2608.00001"));
  expect(paper?.versions.map(({ submittedAt, text }) => [submittedAt, text !== null])).toEqual([
    ["2026-08-18T10:11:12Z", false],
    ["2026-08-19T10:11:12Z", false],
    ["2026-08-20T10:11:12Z", true],
  ]);
});

test("a version that was withdrawn in the end keeps what it said before", async () => {
  await store([arxiv({ version: 1 })]);
  await store([arxiv({ version: 2, abstract: "This paper has been withdrawn by the authors." })]);
  expect((await findPaper(paperId("2608.00001")))?.versions[0]?.text?.abstract).toBe("We read slowly, and say why.");
});

test("the sample's words are no version of the paper", async () => {
  await store([huggingFace({ source: "sample", version: 1 })]);
  await store([arxiv({ version: 2 })]);
  expect(await earlierVersions()).toEqual([]);
});
