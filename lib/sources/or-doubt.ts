import { SourceUnreachable } from "#lib/platform/http-client.ts";
import { type Tally, UnexpectedAnswer } from "#lib/sources/types.ts";

/** So many bad answers one after the other, and the source is left in peace until the next run. */
const MOST_IN_A_ROW = 3;

/** One answer that cannot be used is noted, and the next is asked for. What concerns the whole source is thrown on. */
export async function orDoubt(tally: Tally, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    tally.badInARow = 0;
  } catch (error) {
    if (!isOneBadAnswer(error)) throw error;
    tally.badInARow++;
    tally.doubts.push(error.message);
    if (tally.badInARow >= MOST_IN_A_ROW) throw error;
  }
}

/** An answer that was wrong or broken off; not a source that does not answer at all. */
export function isOneBadAnswer(error: unknown): error is Error {
  if (error instanceof UnexpectedAnswer) return true;
  return error instanceof SourceUnreachable && ["too-large", "truncated", "bad-answer"].includes(error.reason);
}
