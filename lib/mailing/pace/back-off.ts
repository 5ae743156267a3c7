/** What is remembered of a domain whose server asked us to slow down, or that may have no more than so many mails a minute. */
export type DomainPace = {
  domain: string;
  /** How often in succession it asked. */
  strikes: number;
  /** Nothing goes to it before. Null: it never asked. */
  pausedUntil: Temporal.Instant | null;
  /** From when the next mail may go, where mails are counted. */
  nextAt: Temporal.Instant;
};

const LONGEST_PAUSE = 60;
const SLOW_START = 30;
// By then nobody has asked for patience during eight doublings: a domain is counted no more.
const FREE = SLOW_START * 2 ** 8;
// Sweeps come every few seconds: what a domain might have had in the last ten may go at once.
const CREDIT = { seconds: 10 };

/**
 * The pause of a domain that asked for patience: 1, 2, 4 … 60 minutes as long as it asks again within an hour of the last pause. Null
 * while a pause is under way: that was said to several connections at once.
 */
export function pauseAfter(
  known: Pick<DomainPace, "strikes" | "pausedUntil"> | null,
  now: Temporal.Instant,
): { strikes: number; pausedUntil: Temporal.Instant } | null {
  const last = known?.pausedUntil ?? null;
  if (last && Temporal.Instant.compare(now, last) < 0) return null;
  const again = last !== null && last.until(now).total("minutes") <= 60;
  const strikes = again ? (known?.strikes ?? 0) + 1 : 1;
  return { strikes, pausedUntil: now.add({ minutes: Math.min(2 ** Math.min(strikes - 1, 6), LONGEST_PAUSE) }) };
}

/**
 * How many mails a minute a domain gets: after a pause thirty, then twice as many each minute (slow start, as TCP does), never more than
 * `most`. Null: as many as it takes.
 */
export function mailsPerMinute(
  pausedUntil: Temporal.Instant | null,
  { most, now }: { most: number | null; now: Temporal.Instant },
): number | null {
  const minutes = pausedUntil ? Math.max(0, Math.floor(pausedUntil.until(now).total("minutes"))) : 8;
  const learned = SLOW_START * 2 ** Math.min(minutes, 8);
  if (learned >= FREE) return most;
  return most === null ? learned : Math.min(most, learned);
}

/** How many of `wanted` mails may go now at `perMinute`, and from when the next one may. */
export function grantTurns(
  nextAt: Temporal.Instant,
  { wanted, perMinute, now }: { wanted: number; perMinute: number; now: Temporal.Instant },
): { granted: number; nextAt: Temporal.Instant } {
  if (Temporal.Instant.compare(nextAt, now) > 0) return { granted: 0, nextAt };
  const apart = 60_000 / perMinute;
  const earliest = now.subtract(CREDIT);
  const from = Temporal.Instant.compare(nextAt, earliest) < 0 ? earliest : nextAt;
  const granted = Math.min(wanted, Math.floor(from.until(now).total("milliseconds") / apart) + 1);
  return { granted, nextAt: from.add({ milliseconds: Math.round(granted * apart) }) };
}
