import { Prisma } from "#generated/prisma/client.ts";
import { toSqlTime } from "#lib/platform/clock.ts";
import { atShutdown } from "#lib/platform/front/shutdown.ts";
import type { HandOverOutcome } from "#lib/platform/mailer.ts";

/** A mail that this process has claimed: `attempt` is its fence. A later claim has a higher one, and then ours counts no more. */
export type Claim = { id: string; attempt: number };

/** In seconds; lease and silence on the database's clock. */
export type Patience = {
  /** A claim that has not handed over by then is another worker's: its process has died. */
  lease: number;
  /** A mail that was handed over and not settled by then is uncertain. Longer than the mail server may take to answer. */
  silence: number;
  /** A sweep of the timetable ends after that: one mail that hangs must not hold up what is asked for meanwhile. */
  sweep?: number;
};

export const patience: Patience = { lease: 45, silence: 15 * 60, sweep: 30 };

const LANES = 4;
const BATCH = 5;
const RETRY_MINUTES = [1, 5, 15, 60, 120];

const closing = new AbortController();
const underWay = new Set<Promise<unknown>>();

// A process that ends between the last dot and the server's word leaves a mail uncertain: what is under way is finished.
atShutdown("mail", async () => {
  closing.abort();
  await Promise.allSettled(underWay);
});

/**
 * Claims and sends until nothing is due, `limit` have been tried, `seconds` have passed or the process ends, a few at a
 * time. `claim` gives at most as many as it is asked for, `send` never throws for what a mail server does. A mail that
 * hangs when the time is over is left to itself: it settles its own row, and is not in the counts.
 */
export async function sendInLanes<C extends Claim>({
  limit,
  seconds,
  claim,
  send,
}: {
  limit: number;
  seconds?: number;
  claim: (count: number) => Promise<C[]>;
  send: (claimed: C) => Promise<HandOverOutcome>;
}): Promise<Record<HandOverOutcome["outcome"], number>> {
  const counts = { accepted: 0, refused: 0, deferred: 0, unknown: 0, fenced: 0 };
  const over = new AbortController();
  const isOver = () => over.signal.aborted || closing.signal.aborted;
  let left = limit;
  const lane = async () => {
    while (left > 0 && !isOver()) {
      const asked = Math.min(left, BATCH);
      left -= asked;
      const claims = await claim(asked);
      left += asked - claims.length;
      for (const claimed of claims) {
        // What is claimed and not begun is taken up again after its lease.
        if (isOver()) return;
        counts[(await send(claimed)).outcome]++;
      }
      // Without an answer the server is in trouble, or we are: the rest can wait for the next sweep.
      if (claims.length < asked || counts.unknown > 0) return;
    }
  };
  const lanes = Promise.all(Array.from({ length: LANES }, lane));
  const finished = lanes.finally(() => underWay.delete(finished));
  underWay.add(finished);
  await inTime(finished, seconds);
  over.abort();
  return { ...counts };
}

async function inTime(work: Promise<unknown>, seconds = Number.POSITIVE_INFINITY): Promise<void> {
  if (seconds === Number.POSITIVE_INFINITY) return void (await work);
  const time = Promise.withResolvers<void>();
  const timer = setTimeout(time.resolve, seconds * 1000);
  try {
    await Promise.race([work, time.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Which rows may be claimed: what is due, and what a process claimed that died before it handed over. */
export function claimable({ now, lease }: { now: Temporal.Instant } & Pick<Patience, "lease">): Prisma.Sql {
  const time = toSqlTime(now);
  return Prisma.sql`expires_at > ${time}::timestamptz AND (state = 'pending' AND due_at <= ${time}::timestamptz
    OR ${abandoned(lease)})`;
}

/** What a claim writes, as a SET clause. */
export const claiming: Prisma.Sql = Prisma.sql`state = 'sending', attempt = attempt + 1, claimed_at = now()`;

/** What ends the mails that can not be sent any more, as SET and WHERE: handed over and never answered, or too late. */
export function closeOverdue({ now, lease, silence }: { now: Temporal.Instant } & Patience): Prisma.Sql {
  return Prisma.sql`
    SET settled_at = now(), state = CASE WHEN handed_at IS NULL THEN 'expired' ELSE 'uncertain' END
    WHERE state = 'sending' AND handed_at < now() - make_interval(secs => ${silence})
      OR expires_at <= ${toSqlTime(now)}::timestamptz AND (state = 'pending' OR ${abandoned(lease)})`;
}

function abandoned(lease: number): Prisma.Sql {
  return Prisma.sql`state = 'sending' AND handed_at IS NULL AND claimed_at < now() - make_interval(secs => ${lease})`;
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
