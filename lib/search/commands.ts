import type { PaperId } from "#lib/papers/types.ts";
import { db } from "#lib/platform/db.ts";
import { withLock } from "#lib/platform/lock.ts";
import { log } from "#lib/platform/log.ts";
import { catchUp, type Position, type Store } from "#lib/search/catch-up.ts";
import { currentReader, indexFolder, type Reader } from "#lib/search/current-reader.ts";
import { clearFolder, findCurrentFile, lockName, makeCurrent, newFile } from "#lib/search/index-folder.ts";
import { openEngine } from "#lib/search/open-engine.ts";
import { BrokenIndexError, type IndexedPaper, type SearchableText, type SearchEngine } from "#lib/search/types.ts";

export type IndexUpdate =
  | { status: "done"; indexed: number; removed: number; rebuilt: boolean }
  /** Another process is at it. */
  | { status: "busy" };

type UpdateOptions = {
  /** Papers to index at most; the rest waits for the next call. A rebuild does them all. */
  limit?: number;
  /** Compare the whole index with the store, not only the next stretch of it. */
  whole?: boolean;
};

type RebuildOptions = {
  /** Do nothing if the index in use is not this one any more: another process was quicker. */
  replacing?: string | null;
  onProgress?: (indexed: number, total: number) => void;
};

const nothingDone = { status: "done", indexed: 0, removed: 0, rebuilt: false } as const satisfies IndexUpdate;

const comparedPerStep = 1000;

/**
 * Brings this machine's index up to the store: what changed since, and one stretch of the whole, or all of it when papers were
 * removed. Builds it anew if it is missing, damaged, of an older make, or made from another database. May run anywhere and at
 * any time: what is to be done is done once.
 */
export async function updateSearchIndex({ limit = 5000, whole = false }: UpdateOptions = {}): Promise<IndexUpdate> {
  const reader = currentReader();
  if (!reader) return rebuildSearchIndex({ replacing: null });
  try {
    const relation = await compareWithStore(reader);
    if (relation === "unrelated") return await rebuildSearchIndex({ replacing: reader.path });
    const followed = relation === "even" ? nothingDone : await followStore(reader, limit);
    if (followed.status === "busy") return followed;
    const checked = await checkAgainstStore(reader, whole || (relation === "behind" && (await holdsRemoved(reader))));
    if (checked.status === "busy") return checked;
    return { ...checked, indexed: followed.indexed + checked.indexed };
  } catch (error) {
    if (!BrokenIndexError.is(error)) throw error;
    log.warn("search-index-broken", { reason: error.reason });
    return rebuildSearchIndex({ replacing: reader.path });
  }
}

/** Builds a new index beside the one in use, which goes on answering, and then puts it in its place. */
export async function rebuildSearchIndex({ replacing, onProgress }: RebuildOptions = {}): Promise<IndexUpdate> {
  const locked = await withLock(lockName(indexFolder), async (): Promise<IndexUpdate> => {
    if (replacing !== undefined && findCurrentFile(indexFolder) !== replacing) return nothingDone;
    clearFolder(indexFolder, []);
    const path = newFile(indexFolder);
    const engine = openEngine(path, "bulk");
    try {
      const total = await db.paper.count();
      const indexed = await catchUp(engine, store, { onIndexed: (papers) => onProgress?.(papers, total) });
      await engine.compact();
      await engine.close();
      makeCurrent(indexFolder, path);
      if (!onProgress) log.info("search-index-built", { papers: indexed });
      return { status: "done", indexed, removed: 0, rebuilt: true };
    } finally {
      await engine.close();
    }
  });
  return locked.status === "busy" ? locked : locked.value;
}

type Relation = "even" | "behind" | "unrelated";

async function compareWithStore({ engine }: Reader): Promise<Relation> {
  const position = await store.readPosition();
  const progress = await engine.readProgress();
  // A number that has not been given out yet: the database was put back to an earlier state.
  if (progress?.database !== position.database || progress.settledSeq > position.seq) return "unrelated";
  return progress.settledSeq === position.seq ? "even" : "behind";
}

/** A removal takes a change number and leaves nothing to be read: it shows in the number of papers, once all others are in. */
async function holdsRemoved({ engine }: Reader): Promise<boolean> {
  return (await engine.count()) > (await db.paper.count());
}

function followStore(reader: Reader, limit: number): Promise<IndexUpdate> {
  return write(reader, async (writer) => ({ ...nothingDone, indexed: await catchUp(writer, store, { limit }) }));
}

// Where the comparison of the whole goes on. Each process walks for itself: the walk only reads.
let comparedUpTo = "";

/** Compares the next stretch (or all) of the index with the store: deleted papers leave, texts of another number are renewed. */
async function checkAgainstStore(reader: Reader, whole: boolean): Promise<IndexUpdate> {
  const done = { indexed: 0, removed: 0 };
  if (whole) comparedUpTo = "";
  for (;;) {
    const held = await reader.engine.list({ after: comparedUpTo, limit: comparedPerStep });
    const differing = await findDiffering(held);
    if (differing.gone.length + differing.changed.length > 0) {
      const repaired = await write(reader, async (writer) => {
        await writer.index(await store.listTexts(differing.changed));
        await writer.remove(differing.gone);
        return nothingDone;
      });
      if (repaired.status === "busy") return repaired;
      done.indexed += differing.changed.length;
      done.removed += differing.gone.length;
    }
    const atEnd = held.length < comparedPerStep;
    comparedUpTo = atEnd ? "" : (held.at(-1)?.id ?? "");
    if (atEnd) await repairIfShort(reader);
    if (atEnd || !whole) return { ...nothingDone, ...done };
  }
}

/**
 * The walk sees what the index holds, not what it lacks. It should lack nothing; if it does all the same (a database put
 * back to an earlier moment and written since), the next update compares everything.
 */
async function repairIfShort(reader: Reader): Promise<void> {
  const lacking = (await db.paper.count()) - (await reader.engine.count());
  // Asked after the counting: a paper stored meanwhile makes the index late, not short.
  if (lacking <= 0 || (await compareWithStore(reader)) !== "even") return;
  log.warn("search-index-short", { papers: lacking });
  await write(reader, async (writer) => {
    const progress = await writer.readProgress();
    if (progress) await writer.writeProgress({ ...progress, settledSeq: -1 });
    return nothingDone;
  });
}

async function findDiffering(held: readonly IndexedPaper[]): Promise<{ gone: PaperId[]; changed: PaperId[] }> {
  const stored = new Map((await store.listSeqs(held.map(({ id }) => id))).map(({ id, seq }) => [id, seq]));
  return {
    gone: held.filter(({ id }) => !stored.has(id)).map(({ id }) => id),
    changed: held.filter(({ id, seq }) => stored.has(id) && stored.get(id) !== seq).map(({ id }) => id),
  };
}

/** Runs `work` with the one writer of the index in use. If it was replaced meanwhile, there is nothing to do: the new one is newer. */
async function write(reader: Reader, work: (writer: SearchEngine) => Promise<IndexUpdate>): Promise<IndexUpdate> {
  const locked = await withLock(lockName(indexFolder), async () => {
    if (findCurrentFile(indexFolder) !== reader.path) return nothingDone;
    const writer = openEngine(reader.path, "write");
    try {
      return await work(writer);
    } finally {
      await writer.close();
    }
  });
  return locked.status === "busy" ? locked : locked.value;
}

const store: Store = {
  async readPosition(): Promise<Position> {
    // Raw SQL because Prisma knows neither sequences nor snapshots. Two statements: the snapshot must be taken after the
    // number was read, so that whoever holds a number up to it is below the snapshot's end.
    const [sequence] = await db.$queryRaw<{ seq: bigint }[]>`
      SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS seq FROM paper_changes`;
    const [moment] = await db.$queryRaw<{ database: string; xmax: string }[]>`
      SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || current_database() AS database,
             pg_snapshot_xmax(pg_current_snapshot())::text AS xmax`;
    if (!sequence || !moment)
      throw new Error("The database has no change sequence. Apply the migrations: npm start does.");
    return { ...moment, seq: Number(sequence.seq) };
  },
  async oldestRunning() {
    // Raw SQL because Prisma knows no snapshots.
    const [row] = await db.$queryRaw<{ xmin: string }[]>`
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin`;
    return row?.xmin ?? "0";
  },
  async listChanges({ after, limit }) {
    const select = { id: true, changeSeq: true } as const;
    const where = { changeSeq: { gt: after } };
    return toIndexed(await db.paper.findMany({ where, orderBy: { changeSeq: "asc" }, take: limit, select }));
  },
  async listTexts(ids) {
    // Raw SQL because Prisma would fetch each paper's sources with their fields, which are long. A source that had nothing to
    // say beyond the paper's columns leaves a listing only, and an archive of arXiv not even that.
    const rows = await db.$queryRaw<(Omit<SearchableText, "seq"> & { seq: bigint })[]>`
      SELECT p.id, p.change_seq AS seq, p.title, p.abstract, p.code_url IS NOT NULL AS "hasCode",
        COALESCE(p.authors, '{}') AS authors, COALESCE(p.categories, '{}') AS categories,
        COALESCE((p.submitted_at AT TIME ZONE 'UTC')::date, p.announced_on, (p.first_seen_at AT TIME ZONE 'UTC')::date)::text
          AS day,
        COALESCE(NULLIF(ARRAY(
          SELECT source FROM source_records WHERE paper_id = p.id
          UNION SELECT source FROM listings WHERE paper_id = p.id ORDER BY 1), '{}'), '{arxiv}') AS sources
      FROM papers AS p WHERE p.id = ANY(${[...ids]})`;
    return rows.map(({ seq, ...text }) => ({ ...text, seq: Number(seq) }));
  },
  async listSeqs(ids) {
    return toIndexed(
      await db.paper.findMany({ where: { id: { in: [...ids] } }, select: { id: true, changeSeq: true } }),
    );
  },
};

function toIndexed(rows: readonly { id: string; changeSeq: bigint }[]): IndexedPaper[] {
  return rows.map(({ id, changeSeq }) => ({ id: id as PaperId, seq: Number(changeSeq) }));
}
