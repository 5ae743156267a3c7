import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import temml from "temml";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parsePaperId } from "#lib/papers/paper-id.ts";
import sample from "./sample-editions.json" with { type: "json" };

// Strict: a field beyond these (a login, an avatar, the authors' abstract) fails.
const webLink = z.url({ protocol: /^https$/ });
const paperSchema = z.strictObject({
  id: z.string(),
  title: z.string().regex(/^\S+( \S+)*$/),
  authors: z.array(z.string().regex(/^\S+( \S+)*$/)).min(1),
  submittedAt: z.iso.datetime(),
  upvotes: z.int().min(0),
  comments: z.int().min(0),
  stars: z.int().min(0).optional(),
  codeUrl: webLink.optional(),
  projectUrl: webLink.optional(),
  summary: z.string().regex(/^\S+( \S+)*$/),
});
const sampleSchema = z.strictObject({
  note: z.string().min(1),
  days: z.array(z.strictObject({ day: z.iso.date(), papers: z.array(paperSchema).min(15).max(25) })),
});
type SamplePaper = z.infer<typeof paperSchema>;

const recordedSchema = z.array(
  z.object({
    numComments: z.number(),
    paper: z.object({
      id: z.string(),
      title: z.string(),
      summary: z.string(),
      publishedAt: z.string(),
      upvotes: z.number(),
      githubStars: z.number().optional(),
      githubRepo: z.string().optional(),
      projectPage: z.string().optional(),
      authors: z.array(z.object({ name: z.string() })),
    }),
  }),
);
type Recorded = z.infer<typeof recordedSchema>[number];

const { days } = sampleSchema.parse(sample);
const papers = days.flatMap((edition) => edition.papers);

test("the sample holds three editions of about twenty papers each and nothing about anyone but the authors", () => {
  expect(days.map((edition) => edition.day)).toEqual(["2026-08-19", "2026-08-20", "2026-08-21"]);
});

test.each(days)("each paper of $day has a real id, stands there once and was submitted before", ({ day, papers }) => {
  const ids = papers.map((paper) => paper.id);
  expect(ids.map((id) => parsePaperId(id))).toEqual(ids.map((id) => ({ id, version: null })));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { submittedAt } of papers) {
    const submitted = Temporal.Instant.from(submittedAt).toZonedDateTimeISO("UTC").toPlainDate();
    expect(Temporal.PlainDate.compare(submitted, Temporal.PlainDate.from(day))).toBeLessThanOrEqual(0);
  }
});

test.each(papers)("the summary of $id is a paragraph that a reader takes in at once", ({ summary }) => {
  const words = summary.split(" ").length;
  expect(words).toBeGreaterThanOrEqual(40);
  expect(words).toBeLessThanOrEqual(130);
  expect(summary).toMatch(/^[A-Z].*[.)]$/);
});

test("no summary says the same as another", () => {
  const sentences = papers.flatMap((paper) => paper.summary.split(/(?<=[.?!]) /));
  expect(new Set(sentences).size).toBe(sentences.length);
});

test("the mathematics in the summaries can be typeset", () => {
  const formulas = papers.flatMap(({ summary }) => summary.split("$").filter((_, part) => part % 2 === 1));
  expect(papers.filter(({ summary }) => summary.split("$").length % 2 === 0)).toEqual([]);
  expect(formulas.length).toBeGreaterThan(3);
  for (const tex of formulas) expect(temml.renderToString(tex, { throwOnError: true })).toContain("<math");
});

const recordings = new URL("../../../../shared/data/hf/daily_papers/", import.meta.url);

describe.each(days)("against the recorded answer for $day", ({ day, papers }) => {
  test("titles, authors, ids, dates, counts and links are the true ones", ({ skip }) => {
    const recorded = readRecording(day) ?? skip(`${recordings.pathname} has no recording of ${day}`);
    for (const paper of papers) expect(paper).toMatchObject(factsOf(find(recorded, paper)));
  });

  test("summaries are our own words, with the abstract's figures", ({ skip }) => {
    const recorded = readRecording(day) ?? skip(`${recordings.pathname} has no recording of ${day}`);
    for (const paper of papers) {
      const { summary: abstract } = find(recorded, paper).paper;
      expect(sharedRuns(paper.summary, abstract, { words: 6 }), paper.id).toEqual([]);
      const source = figuresIn(`${paper.title} ${abstract}`);
      expect(
        figuresIn(paper.summary).filter((figure) => !source.includes(figure)),
        paper.id,
      ).toEqual([]);
    }
  });
});

test("a copied sentence would be noticed", () => {
  const abstract = "We present Foo, a method that sorts $n$ numbers in \\textbf{linear} time.";
  expect(sharedRuns("It is a method that sorts n numbers slowly.", abstract, { words: 6 })).toEqual([
    "a method that sorts n numbers",
  ]);
  expect(sharedRuns("Numbers are put in order by a method.", abstract, { words: 6 })).toEqual([]);
});

function readRecording(day: string): Recorded[] | null {
  const plain = new URL(`${day}.json`, recordings);
  if (existsSync(plain)) return recordedSchema.parse(JSON.parse(readFileSync(plain, "utf8")));
  const packed = new URL(`${day}.json.gz`, recordings);
  if (existsSync(packed)) return recordedSchema.parse(JSON.parse(gunzipSync(readFileSync(packed)).toString("utf8")));
  return null;
}

function find(recorded: Recorded[], { id }: SamplePaper): Recorded {
  const item = recorded.find(({ paper }) => paper.id === id);
  if (!item) throw new Error(`${id} is not in the recorded day.`);
  return item;
}

function factsOf({ paper, numComments }: Recorded): Omit<SamplePaper, "summary" | "projectUrl"> {
  return {
    id: paper.id,
    title: paper.title.replace(/\s+/g, " ").trim(),
    authors: paper.authors.map((author) => author.name),
    submittedAt: paper.publishedAt.replace(".000Z", "Z"),
    upvotes: paper.upvotes,
    comments: numComments,
    ...(paper.githubStars === undefined ? {} : { stars: paper.githubStars }),
    ...(paper.githubRepo === undefined ? {} : { codeUrl: paper.githubRepo }),
    // A page at Hugging Face or arXiv is the paper again, not its project.
    ...(isOwnPage(paper.projectPage) ? { projectUrl: paper.projectPage } : {}),
  };
}

function isOwnPage(page: string | undefined): page is string {
  return page !== undefined && !/\/\/([a-z]+\.)*(huggingface\.co|arxiv\.org)\//.test(page);
}

/** Every run of so many words that both texts have, whatever their punctuation, case and TeX. */
function sharedRuns(ours: string, theirs: string, { words }: { words: number }): string[] {
  const known = new Set(runsOf(theirs, words));
  return runsOf(ours, words).filter((run) => known.has(run));
}

function runsOf(text: string, length: number): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(length - 1).map((_, start) => words.slice(start, start + length).join(" "));
}

/** Numbers of two digits and more; `90k`, `90K` and `90,000` are one. */
function figuresIn(text: string): string[] {
  const plain = text.replace(/(\d)k\b/gi, "$1000").replace(/(\d),(?=\d{3})/g, "$1");
  return plain.match(/\d+\.\d+|\d{2,}/g) ?? [];
}
