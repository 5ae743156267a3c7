import { fromDbTime, toDbTime } from "#lib/platform/clock.ts";
import { db, type Transaction } from "#lib/platform/db.ts";

/** How far a long piece of work has come. `position` is the worker's own, as it wrote it. */
type Progress = { position: unknown; finishedAt: Temporal.Instant | null };

export async function findProgress(task: string): Promise<Progress | null> {
  const row = await db.sourceProgress.findUnique({ where: { task } });
  return row && { position: row.position, finishedAt: row.finishedAt && fromDbTime(row.finishedAt) };
}

/** Written in the transaction that stores what lies before `position`. */
export async function saveProgress(
  tx: Transaction,
  { task, position, now, finished }: { task: string; position: object; now: Temporal.Instant; finished: boolean },
): Promise<void> {
  const at = toDbTime(now);
  const told = { position, updatedAt: at, finishedAt: finished ? at : null };
  await tx.sourceProgress.upsert({ where: { task }, create: { task, startedAt: at, ...told }, update: told });
}

/** For work that is done and leaves nothing to go on from. */
export async function forgetProgress(task: string): Promise<void> {
  await db.sourceProgress.deleteMany({ where: { task } });
}
