import { Prisma } from "#generated/prisma/client.ts";
import { toSqlTime } from "#lib/platform/clock.ts";
import type { HandOverOutcome } from "#lib/platform/mailer.ts";

/** A mail that this process has claimed: `attempt` is its fence. A later claim has a higher one, and then ours counts no more. */
export type Claim = { id: string; attempt: number };

/** In seconds, on the database's clock. */
export type Patience = {
  /** A claim that has not handed over by then is another worker's: its process has died. */
  lease: number;
  /** A mail that was handed over and not settled by then is uncertain. Longer than the mail server may take to answer. */
  silence: number;
};

export const patience: Patience = { lease: 45, silence: 15 * 60 };

const LANES = 4;
const BATCH = 5;
const RETRY_MINUTES = [1, 5, 15, 60, 120];

/**
 * Claims and sends until nothing is due or `limit` have been tried, a few at a time. `claim` gives at most as many as it
 * is asked for, `send` never throws for what a mail server does.
 */
export async function sendInLanes<C extends Claim>({
  limit,
  claim,
  send,
}: {
  limit: number;
  claim: (count: number) => Promise<C[]>;
  send: (claimed: C) => Promise<HandOverOutcome>;
}): Promise<Record<HandOverOutcome["outcome"], number>> {
  const counts = { accepted: 0, refused: 0, deferred: 0, unknown: 0, fenced: 0 };
  let left = limit;
  const lane = async () => {
    while (left > 0) {
      const asked = Math.min(left, BATCH);
      left -= asked;
      const claims = await claim(asked);
      left += asked - claims.length;
      for (const claimed of claims) counts[(await send(claimed)).outcome]++;
      // Without an answer the server is in trouble, or we are: the rest can wait for the next sweep.
      if (claims.length < asked || counts.unknown > 0) return;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return counts;
}

/**
 * What a settled mail's row says, as the SET clause of an UPDATE that names the claim (id, attempt, state 'sending').
 * Without an answer the row itself decides: if it carries the mark, the mail may be out, and is never sent again.
 */
export function settlement(
  outcome: HandOverOutcome,
  { attempt, now, takenBack }: { attempt: number; now: Temporal.Instant; takenBack: "excluded" | "expired" },
): Prisma.Sql {
  const minutes = RETRY_MINUTES[Math.min(attempt, RETRY_MINUTES.length) - 1] ?? 1;
  const dueAt = toSqlTime(now.add({ minutes }));
  switch (outcome.outcome) {
    case "accepted":
      return Prisma.sql`state = 'sent', settled_at = now(), reply = ${outcome.reply}`;
    case "refused":
      return Prisma.sql`state = 'failed', settled_at = now(), handed_at = NULL, reply = ${outcome.reply}`;
    case "deferred":
      return Prisma.sql`state = 'pending', handed_at = NULL, due_at = ${dueAt}::timestamptz, reply = ${outcome.reply}`;
    case "fenced":
      return Prisma.sql`state = ${takenBack}, settled_at = now(), handed_at = NULL, reply = 'taken back before it was sent'`;
    case "unknown":
      return Prisma.sql`
        state = CASE WHEN handed_at IS NULL THEN 'pending' ELSE 'uncertain' END,
        settled_at = CASE WHEN handed_at IS NULL THEN NULL ELSE now() END,
        due_at = ${dueAt}::timestamptz, reply = ${outcome.reason}`;
  }
}
