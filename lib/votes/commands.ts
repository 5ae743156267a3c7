import { Prisma } from "#generated/prisma/client.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { countUpvotes } from "#lib/votes/queries.ts";
import type { VoteOutcome } from "#lib/votes/types.ts";

type Vote = { accountId: string; paperId: PaperId; now: Temporal.Instant };

/** One person's upvote for one paper. Cast again, also at the same moment, it stays one. Null: we have no such paper. */
export async function castUpvote({ accountId, paperId, now }: Vote): Promise<VoteOutcome | null> {
  try {
    await db.upvote.createMany({ data: [{ accountId, paperId, castAt: toDbTime(now) }], skipDuplicates: true });
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  return { upvoted: true, ours: await countOf(paperId) };
}

/** Takes an upvote back. One that was not cast stays that way. */
export async function withdrawUpvote({ accountId, paperId }: Omit<Vote, "now">): Promise<VoteOutcome> {
  await db.upvote.deleteMany({ where: { accountId, paperId } });
  return { upvoted: false, ours: await countOf(paperId) };
}

async function countOf(paperId: PaperId): Promise<number> {
  return (await countUpvotes([paperId])).get(paperId) ?? 0;
}

/** The key to the paper or to the account points nowhere: it was never there, or is gone since the page was drawn. */
function isMissing(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2003";
}
