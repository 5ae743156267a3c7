import { closingOf } from "#lib/editions/edition-date.ts";
import { storePapers } from "#lib/papers/commands.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { db } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";

type Told = {
  id: string;
  upvotes?: number;
  comments?: number;
  title?: string;
  categories?: string[];
  /** An ISO instant. */
  submittedAt?: string;
  source?: "huggingface" | "arxiv";
};

/** Stores what a source says on a day: papers with so many upvotes and comments each, seen at `now`. */
export async function printDay(day: string, papers: Told[], { now }: { now: string }): Promise<void> {
  const found = papers.map(({ id, upvotes, comments, title, categories = [], submittedAt, source = "huggingface" }) =>
    foundPaper({
      id: paperId(id),
      source,
      title: title ?? `The paper ${id}`,
      abstract: `An abstract of the paper ${id}, in our own words.`,
      authors: ["Ada Example", "Ben Sample"],
      categories,
      submittedAt: submittedAt ? Temporal.Instant.from(submittedAt) : null,
      day: Temporal.PlainDate.from(day),
      signals: [
        ...(upvotes === undefined ? [] : [{ kind: "upvotes" as const, value: upvotes }]),
        ...(comments === undefined ? [] : [{ kind: "comments" as const, value: comments }]),
      ],
    }),
  );
  await storePapers(found, {
    now: Temporal.Instant.from(now),
    closingOf: (date: Temporal.PlainDate) => closingOf(date, site),
  });
}

/** A person of this site, here since 2026 began unless `since` says otherwise. */
export async function signUp(email: string, { since = "2026-01-01T00:00Z" } = {}): Promise<{ id: string }> {
  const createdAt = new Date(since);
  return db.account.create({ data: { id: `account-${email}`, name: email, email, emailVerified: true, createdAt } });
}
