import { signInLetter } from "#lib/accounts/send-sign-in.ts";
import { explainEmpty } from "#lib/digest/contents/explain-empty.ts";
import { type Period, periodOf } from "#lib/digest/period.ts";
import { addressDigest, writeDigest } from "#lib/digest/send-copy.ts";
import type { DigestEdition } from "#lib/digest/types.ts";
import type { RankedPaper } from "#lib/editions/types.ts";
import { addressLetter } from "#lib/letters/send-letters.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import type { Reason } from "#lib/papers/types.ts";
import { writeConfirmation } from "#lib/subscribers/send-confirmation.ts";
import { oddPapers } from "#tests/fixtures/odd-papers.ts";
import { type FixturePaper, fixturePapers } from "#tests/fixtures/papers.ts";

/** A mail as it would go out, to nobody. */
export type SampleMail = { name: string; about: string; raw: Buffer };

const day = Temporal.PlainDate.from("2026-08-20");
// Thanksgiving.
const empty = periodOf("day", Temporal.PlainDate.from("2026-11-26"));
const now = Temporal.Instant.from("2026-08-21T06:00:00Z");
const reader = { id: "00000000-0000-4000-8000-000000000001", email: "reader@example.org" };
const search = 'cat:cs.CL "language models"';

/** Every mail that the product sends, made of invented papers by the code that makes those that are sent. */
export async function sampleMails(): Promise<SampleMail[]> {
  const edition = rank(fixturePapers.filter(({ days }) => days[0] === 0 || days[0] === 1));
  const all = rank(fixturePapers.filter(({ days }) => days.length > 0));
  const found = edition.filter(({ title }) => /model/i.test(title));
  const robots = edition.filter(({ categories }) => categories.includes("cs.RO"));
  const odd = rank(oddPapers.filter(({ days }) => days[0] === 0));
  const note = explainEmpty({ period: empty, whole: 0, search: "", classes: [], arxiv: true });
  return [
    await digest("digest", "The digest of an edition", { papers: edition, total: 34 }),
    await digest("week", "The digest of a week", {
      period: periodOf("week", day),
      papers: all.slice(0, 20),
      total: 112,
    }),
    await digest("month", "The digest of a month", { period: periodOf("month", day), papers: all, total: 507 }),
    await digest("search", "What a search finds in an edition", { papers: found, total: found.length, search }),
    await digest("classes", "The papers of some classes", { papers: robots, total: robots.length, classes: ["cs.RO"] }),
    await digest("empty", "A day without papers, explained", { period: empty, papers: [], total: 0, note }),
    await digest(
      "test",
      "A test of an edition, sent by the operator",
      { papers: edition, total: 34 },
      { mark: "[Test] " },
    ),
    await digest("text", "The digest as text alone", { papers: edition, total: 34 }, { plainText: true }),
    await digest("odd", "The digest of papers that are hard to draw", { papers: odd, total: odd.length }),
    await confirmation("confirm", "Asks whether an address may get the digest", {}),
    await confirmation("confirm-search", "Asks whether an address may get a search", { about: search }),
    await letter("sign-in", "Carries the link that signs somebody in", signInLetter("a-token-that-signs-nobody-in")),
  ];
}

async function digest(
  name: string,
  about: string,
  edition: Omit<DigestEdition, "period"> & { period?: Period },
  { mark = "", plainText = false } = {},
): Promise<SampleMail> {
  const written = await writeDigest({ period: periodOf("day", day), ...edition }, { mark });
  const copy = { ...reader, subscriberId: reader.id, plainText };
  return { name, about, raw: await addressDigest(written, copy, { now }) };
}

function confirmation(name: string, about: string, asked: { about?: string }): Promise<SampleMail> {
  const details = { subscriberId: reader.id, requestedAt: now.toString(), ...asked };
  return letter(name, about, writeConfirmation({ ...reader, details, requestedAt: now }, { now }));
}

async function letter(name: string, about: string, written: ReturnType<typeof signInLetter>): Promise<SampleMail> {
  return { name, about, raw: await addressLetter(await written, reader, { now }) };
}

function rank(papers: readonly FixturePaper[]): RankedPaper[] {
  return papers.toSorted((one, other) => other.upvotes - one.upvotes).map(toRankedPaper);
}

function toRankedPaper(paper: FixturePaper, index: number): RankedPaper {
  const { title, abstract, categories, upvotes, comments = 0, stars = null } = paper;
  const others = Array.from({ length: paper.manyAuthors ?? 0 }, (_, number) => `Author ${number + 1}`);
  const reasons = reasonsOf(paper);
  return {
    id: paperId(`2608.${String(index + 1).padStart(5, "0")}`),
    title,
    abstract,
    authors: [...paper.authors, ...others],
    categories,
    submittedAt: "2026-08-19T12:00:00Z",
    upvotes: { sources: upvotes, ours: 0 },
    comments,
    stars,
    codeUrl: paper.code ?? null,
    projectUrl: paper.project ?? null,
    withdrawn: false,
    sample: false,
    rank: index + 1,
    score: reasons.reduce((sum, { points }) => sum + points, 0),
    reasons,
  };
}

function reasonsOf({ upvotes, comments = 0, stars = 0 }: FixturePaper): Reason[] {
  const told: Reason[] = [
    { kind: "upvotes", count: upvotes, hours: 18, points: points(upvotes, 10) },
    { kind: "comments", count: comments, hours: 18, points: points(comments, 200) },
    { kind: "stars", count: stars, hours: 72, points: points(stars, 400) },
  ];
  const listed: Reason = { kind: "sources", count: 2, hours: 0, points: 0.5, names: ["arxiv", "huggingface"] };
  return [...told.filter(({ count }) => count > 0), ...(upvotes > 40 ? [listed] : [])];
}

/** Not the ranking's: numbers that look like its. */
function points(count: number, usual: number): number {
  return Math.round(Math.log2(1 + count / usual) * 100) / 100;
}
