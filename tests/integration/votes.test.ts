import { beforeEach, expect, test } from "vitest";
import { paperId } from "#lib/papers/paper-id.ts";
import { db } from "#lib/platform/db.ts";
import { castUpvote, withdrawUpvote } from "#lib/votes/commands.ts";
import { countUpvotes, describeMe, listMyUpvotes, listUpvotedPapers } from "#lib/votes/queries.ts";

const now = Temporal.Instant.from("2026-08-20T09:00:00Z");
const slow = paperId("2608.00001");
const old = paperId("hep-th/9901001");
const ada = { id: "ada", email: "ada@example.org" };
const bob = { id: "bob", email: "bob@example.org" };

beforeEach(async () => {
  await db.account.deleteMany();
  await db.paper.deleteMany();
  const paper = { abstract: "We read slowly.", authors: ["Ada One"], categories: ["cs.CL"] };
  await db.paper.createMany({
    data: [
      { ...paper, id: slow, title: "On slow reading" },
      { ...paper, id: old, title: "On old reading" },
    ],
  });
  await db.account.createMany({ data: [ada, bob].map((person) => ({ ...person, name: "", emailVerified: true })) });
});

test("an upvote counts once, however often it is cast", async () => {
  expect(await castUpvote({ accountId: ada.id, paperId: slow, now })).toEqual({ upvoted: true, ours: 1 });
  expect(await castUpvote({ accountId: ada.id, paperId: slow, now })).toEqual({ upvoted: true, ours: 1 });
  expect(await db.upvote.count()).toBe(1);
});

test("fifty casts at the same moment are one upvote", async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, () => castUpvote({ accountId: ada.id, paperId: slow, now })),
  );
  expect(outcomes).toEqual(Array(50).fill({ upvoted: true, ours: 1 }));
  expect(await db.upvote.count()).toBe(1);
});

test("taken back it is gone, and taken back again it stays gone", async () => {
  await castUpvote({ accountId: ada.id, paperId: slow, now });
  await castUpvote({ accountId: bob.id, paperId: slow, now });
  expect(await withdrawUpvote({ accountId: ada.id, paperId: slow })).toEqual({ upvoted: false, ours: 1 });
  expect(await withdrawUpvote({ accountId: ada.id, paperId: slow })).toEqual({ upvoted: false, ours: 1 });
  expect(await listMyUpvotes(bob.id, [slow])).toEqual([slow]);
});

test("casts and withdrawals in any order leave none or one", async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      index % 2 === 0
        ? castUpvote({ accountId: ada.id, paperId: slow, now })
        : withdrawUpvote({ accountId: ada.id, paperId: slow }),
    ),
  );
  expect(await db.upvote.count()).toBeLessThanOrEqual(1);
});

test("a paper that we do not have, and a reader who is gone, cannot be voted for or by", async () => {
  expect(await castUpvote({ accountId: ada.id, paperId: paperId("2608.99999"), now })).toBeNull();
  expect(await castUpvote({ accountId: "nobody", paperId: slow, now })).toBeNull();
  expect(await db.upvote.count()).toBe(0);
});

test("counts are of our upvotes, per paper, and say nothing of papers without any", async () => {
  await castUpvote({ accountId: ada.id, paperId: slow, now });
  await castUpvote({ accountId: bob.id, paperId: slow, now });
  expect(await countUpvotes([slow, old])).toEqual(new Map([[slow, 2]]));
  expect(await countUpvotes([])).toEqual(new Map());
});

test("a page learns what its reader upvoted among its papers, and nobody else's", async () => {
  await castUpvote({ accountId: ada.id, paperId: slow, now });
  await castUpvote({ accountId: bob.id, paperId: old, now });
  const upvoted = { upvoted: [slow], ours: { [slow]: 1 } };
  expect(await describeMe(ada, [slow, old])).toEqual({ signedIn: true, email: ada.email, ...upvoted });
  expect(await describeMe(ada, [old])).toEqual({ signedIn: true, email: ada.email, upvoted: [], ours: {} });
  expect(await describeMe(null, [slow, old])).toEqual({ signedIn: false, upvoted: [], ours: {} });
});

test("the account page lists the latest upvote first", async () => {
  await castUpvote({ accountId: ada.id, paperId: old, now });
  await castUpvote({ accountId: ada.id, paperId: slow, now: now.add({ seconds: 1 }) });
  const titles = await listUpvotedPapers(ada.id, { limit: 10 });
  expect(titles).toEqual([
    { id: slow, title: "On slow reading" },
    { id: old, title: "On old reading" },
  ]);
  expect(await listUpvotedPapers(ada.id, { limit: 1 })).toHaveLength(1);
});
