import fc from "fast-check";
import { createElement } from "react";
import { render } from "react-email";
import { expect, test } from "vitest";
import { Digest } from "#emails/digest.tsx";
import { composeDigest } from "#lib/digest/compose-digest.ts";
import { digestSize } from "#lib/digest/digest-size.ts";
import { digestText } from "#lib/digest/digest-text.ts";
import { periodOf } from "#lib/digest/period.ts";
import type { RankedPaper } from "#lib/editions/types.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { encodedSize } from "#lib/platform/compose-mail.ts";

const period = periodOf("day", Temporal.PlainDate.from("2026-08-20"));
const readerUrls = {
  unsubscribeUrl: `https://papers.example.org/unsubscribe/${"a".repeat(81)}`,
  preferencesUrl: `https://papers.example.org/preferences/${"a".repeat(81)}`,
};

const words = fc.oneof(
  fc.constantFrom("reading slowly ", "читаем медленно ", "慢读 ", "<b>&\"'</b> ", "🦉 ", "O(n²) = x. ", "قراءة "),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const text = (most: number) =>
  fc.tuple(words, fc.integer({ min: 0, max: most })).map(([word, length]) => word.repeat(length).slice(0, length));
const papers = fc.array(
  fc.record({
    title: text(3000),
    abstract: text(3000),
    authors: fc.array(text(100), { maxLength: 12 }),
    codeUrl: fc.option(fc.constant(`https://code.example/${"long/".repeat(20)}`)),
  }),
  { minLength: 1, maxLength: 50 },
);

function toRanked(
  paper: { title: string; abstract: string; authors: string[]; codeUrl: string | null },
  index: number,
): RankedPaper {
  return {
    ...paper,
    id: paperId(`2608.${String(index + 1).padStart(5, "0")}`),
    categories: ["cs.CL"],
    submittedAt: null,
    upvotes: { sources: 40, ours: 2 },
    comments: 3,
    stars: null,
    projectUrl: null,
    withdrawn: false,
    sample: false,
    rank: index + 1,
    score: 3.2,
    reasons: [{ kind: "upvotes", count: 42, hours: 18, points: 3.2 }],
  };
}

async function sizesOf(edition: { papers: RankedPaper[]; search?: string }) {
  const content = composeDigest({ period, total: 99, ...edition }, { siteUrl: "https://papers.example.org" });
  const html = await render(createElement(Digest, { ...content, ...readerUrls, siteName: "Broadsheet" }));
  return { content, mail: encodedSize(html), told: digestSize(content) };
}

test("whatever is printed, the mail arrives whole, and is no larger than was told before it was made", {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(papers, fc.option(text(200), { nil: "" }), async (some, search) => {
      const { mail, told } = await sizesOf({ papers: some.map(toRanked), search });
      expect(mail).toBeLessThanOrEqual(told);
      expect(mail).toBeLessThanOrEqual(90_000);
    }),
    { numRuns: 60 },
  );
});

test.each(["reading slowly ", "читаем медленно ", "慢读 ", "&"])(
  "fifty titles and abstracts of 3,000 letters, all %j, fill the mail well",
  async (word) => {
    const long = word.repeat(3000).slice(0, 3000);
    const some = Array.from({ length: 50 }, (_, index) =>
      toRanked({ title: long, abstract: long, authors: [long], codeUrl: null }, index),
    );
    const { content, mail, told } = await sizesOf({ papers: some });
    expect(mail).toBeLessThanOrEqual(90_000);
    expect(told / mail).toBeLessThan(1.25);
    expect(content.papers.length).toBeGreaterThanOrEqual(5);
    expect(digestText(content, { siteName: "Broadsheet", ...readerUrls })).toContain(
      `And ${99 - content.papers.length} more`,
    );
  },
);
