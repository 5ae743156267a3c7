import { sameRow } from "#lib/papers/merge-paper.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { mergeVersion, type StoredVersion } from "#lib/papers/versions/merge-version.ts";
import { fromDbTime } from "#lib/platform/clock.ts";
import type { Transaction } from "#lib/platform/db.ts";

/**
 * Keeps what was told of versions before the present ones, in the transaction that stores the papers. Told again, or in another
 * order, it ends in the same rows. Nothing to tell costs nothing: most papers of an import have one version.
 */
export async function keepVersions(tx: Transaction, told: readonly StoredVersion[]): Promise<void> {
  if (told.length === 0) return;
  const before = await readVersions(tx, [...new Set(told.map(({ paperId }) => paperId))]);
  const after = new Map(before);
  for (const version of told) after.set(keyOf(version), mergeVersion(after.get(keyOf(version)), version));
  const changed = [...after].flatMap(([key, row]) => {
    const old = before.get(key);
    return old && sameRow(old, row) ? [] : [row];
  });
  if (changed.length > 0) await writeVersions(tx, changed);
}

function keyOf({ paperId, version }: StoredVersion): string {
  return `${paperId} ${version}`;
}

async function readVersions(tx: Transaction, ids: PaperId[]): Promise<Map<string, StoredVersion>> {
  const rows = await tx.paperVersion.findMany({ where: { paperId: { in: ids } } });
  return new Map(
    rows.map((row) => {
      const stored = {
        ...row,
        paperId: row.paperId as PaperId,
        submittedAt: row.submittedAt && fromDbTime(row.submittedAt),
      };
      return [keyOf(stored), stored];
    }),
  );
}

async function writeVersions(tx: Transaction, versions: StoredVersion[]): Promise<void> {
  // Raw SQL because Prisma's upsert is one statement a row.
  await tx.$executeRaw`
    INSERT INTO paper_versions (paper_id, version, title, abstract, submitted_at, detail)
    SELECT r."paperId", r.version, r.title, r.abstract, r."submittedAt", r.detail
    FROM json_to_recordset(${JSON.stringify(versions)}::json) AS r("paperId" text, version int, title text, abstract text,
      "submittedAt" timestamptz, detail int)
    ON CONFLICT (paper_id, version) DO UPDATE SET title = excluded.title, abstract = excluded.abstract,
      submitted_at = excluded.submitted_at, detail = excluded.detail`;
}
