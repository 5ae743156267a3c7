import type { SignedIn } from "#lib/accounts/types.ts";
import { toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import type { Me } from "#lib/votes/types.ts";

/** What a public page must know of its reader, concerning the papers that it shows. */
export async function describeMe(account: SignedIn | null, paperIds: readonly string[]): Promise<Me> {
  if (!account) return { signedIn: false, upvoted: [], ours: {} };
  const upvoted = paperIds.length > 0 ? await listMyUpvotes(account.id, paperIds) : [];
  const ours = upvoted.length > 0 ? await countUpvotes(upvoted) : new Map();
  return { signedIn: true, email: account.email, upvoted, ours: Object.fromEntries(ours) };
}

/** Which of these papers this person upvoted. */
export async function listMyUpvotes(accountId: string, paperIds: readonly string[]): Promise<string[]> {
  const where = { accountId, paperId: { in: [...paperIds] } };
  const rows = await db.upvote.findMany({ where, select: { paperId: true } });
  return rows.map((row) => row.paperId);
}

/** All that this person upvoted, the latest first, with the title. */
export async function listUpvotedPapers(
  accountId: string,
  { limit }: { limit: number },
): Promise<{ id: string; title: string }[]> {
  const rows = await db.upvote.findMany({
    where: { accountId },
    select: { paper: { select: { id: true, title: true } } },
    orderBy: [{ castAt: "desc" }, { paperId: "asc" }],
    take: limit,
  });
  return rows.map((row) => row.paper);
}

/** Our upvotes of each paper that has any, cast up to `until`: those of the sources are not among them. */
export async function countUpvotes(
  paperIds: readonly string[],
  { until }: { until?: Temporal.Instant } = {},
): Promise<Map<string, number>> {
  const groups = await db.upvote.groupBy({
    by: ["paperId"],
    where: { paperId: { in: [...paperIds] }, ...(until && { castAt: { lte: toDbTime(until) } }) },
    _count: true,
  });
  return new Map(groups.map((group) => [group.paperId, group._count]));
}
