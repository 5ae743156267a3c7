import { db } from "#lib/platform/db.ts";

export type Turn = { status: "yours" } | { status: "paused"; until: Temporal.Instant };

/**
 * Waits until a host may be asked once, over all processes: turns are `spacingMs` apart, on the database's clock. If the
 * turn lies further ahead than `patienceMs` (the host asked for a pause) none is taken.
 */
export async function waitForTurn(
  host: string,
  { spacingMs, patienceMs }: { spacingMs: number; patienceMs: number },
): Promise<Turn> {
  // Raw SQL because taking a turn is one statement: what two processes read and write apart, both would take.
  const [turn] = await db.$queryRaw<{ waitMs: number }[]>`
    INSERT INTO source_hosts AS h (host, not_before)
    VALUES (${host}, clock_timestamp() + ${spacingMs} * interval '1 millisecond')
    ON CONFLICT (host) DO UPDATE
      SET not_before = GREATEST(h.not_before, clock_timestamp()) + ${spacingMs} * interval '1 millisecond'
      WHERE h.not_before <= clock_timestamp() + ${patienceMs} * interval '1 millisecond'
    RETURNING (EXTRACT(EPOCH FROM not_before - clock_timestamp()) * 1000)::float8 - ${spacingMs} AS "waitMs"`;
  if (!turn) return { status: "paused", until: await findPause(host) };
  if (turn.waitMs > 0) await new Promise((next) => setTimeout(next, Math.ceil(turn.waitMs)));
  return { status: "yours" };
}

/** Nobody asks this host for so many seconds. A longer pause that is set already stays. */
export async function pauseHost(host: string, seconds: number): Promise<void> {
  // Raw SQL because the pause begins on the database's clock, which all processes share.
  await db.$executeRaw`
    INSERT INTO source_hosts AS h (host, not_before) VALUES (${host}, clock_timestamp() + ${seconds} * interval '1 second')
    ON CONFLICT (host) DO UPDATE SET not_before = GREATEST(h.not_before, excluded.not_before)`;
}

async function findPause(host: string): Promise<Temporal.Instant> {
  const { notBefore } = await db.sourceHost.findUniqueOrThrow({ where: { host } });
  return Temporal.Instant.fromEpochMilliseconds(notBefore.getTime());
}
