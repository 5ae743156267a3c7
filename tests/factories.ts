import { closingOf } from "#lib/editions/edition-date.ts";
import { storePapers } from "#lib/papers/commands.ts";
import { paperId } from "#lib/papers/paper-id.ts";
import { db } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";
import { foundPaper } from "#lib/sources/found-paper.ts";

/** Stores what a source says on a day: papers with so many upvotes each, seen at `now`. */
export async function printDay(
  day: string,
  papers: { id: string; upvotes?: number; title?: string; source?: "huggingface" | "arxiv" }[],
  { now }: { now: string },
): Promise<void> {
  const found = papers.map(({ id, upvotes, title, source = "huggingface" }) =>
    foundPaper({
      id: paperId(id),
      source,
      title: title ?? `The paper ${id}`,
      abstract: `An abstract of the paper ${id}, in our own words.`,
      authors: ["Ada Example", "Ben Sample"],
      day: Temporal.PlainDate.from(day),
      signals: upvotes === undefined ? [] : [{ kind: "upvotes", value: upvotes }],
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
