import { closingOf } from "#lib/editions/edition-date.ts";
import { toDbDate, toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { keyedHash } from "#lib/platform/secret.ts";
import { site } from "#lib/platform/site-config.ts";

type Printed = { title?: string; abstract?: string; authors?: string[]; categories?: string[]; codeUrl?: string };

/** A day that was closed with these papers, in this order. */
export async function freezeEdition(day: string, papers: Printed[], { sample = false } = {}): Promise<void> {
  const date = Temporal.PlainDate.from(day);
  const closedAt = toDbTime(closingOf(date, site));
  await db.edition.create({ data: { day: toDbDate(date), closedAt, frozenAt: closedAt, sample } });
  const idOf = (index: number) =>
    `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}${String(index + 1).padStart(3, "0")}`;
  await db.paper.createMany({
    data: papers.map((paper, index) => ({
      id: idOf(index),
      title: `The paper ${index + 1}`,
      abstract: `What the paper ${index + 1} is about, in our own words.`,
      authors: ["Ada Example", "Ben Sample"],
      categories: ["cs.CL"],
      ...paper,
    })),
  });
  await db.editionEntry.createMany({
    data: papers.map((_, index) => ({
      day: toDbDate(date),
      paperId: idOf(index),
      rank: index + 1,
      score: 10 / (index + 1),
      upvotes: 40 - index,
      reasons: [{ kind: "upvotes", count: 40 - index, hours: 18, points: 10 / (index + 1) }],
    })),
  });
}

/** Confirmed subscribers, with these addresses. */
export async function confirmSubscribers(emails: string[]): Promise<void> {
  const asked = { formVersion: "subscribe-page-1", requestedAt: new Date(0), confirmedAt: new Date(0) };
  const data = emails.map((email) => ({ email, emailKey: email, emailHash: keyedHash("suppression", email) }));
  await db.subscriber.createMany({ data: data.map((row) => ({ ...row, ...asked, status: "active" })) });
}
