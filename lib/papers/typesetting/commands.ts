import { setImmediate as breathe } from "node:timers/promises";
import type { StoredFormulas } from "#lib/papers/types.ts";
import { setFormulas, TYPESETTER } from "#lib/papers/typeset-text.ts";
import { db } from "#lib/platform/db.ts";

type ChangedPaper = { id: string; title: string; abstract: string; changeSeq: bigint };
type Row = { paperId: string; field: "title" | "abstract" } & StoredFormulas;

/** So many papers are read, set and written at a time. */
const BATCH = 500;

/**
 * Sets the formulas of papers that are new, changed, or set by an older typesetter, so that no page has to. May run anywhere and
 * at any time, twice and at once: a page uses only what was made of the text that it shows. `limit` papers at most.
 */
export async function typesetPapers({
  limit = 5000,
}: {
  limit?: number;
} = {}): Promise<{ looked: number; set: number }> {
  // Most sweeps find nothing, and need no lock to see that.
  const upTo = (await listUnset({ limit: 1 })).length > 0 ? await findSettledChange() : -1n;
  const done = { looked: 0, set: 0 };
  while (done.looked < limit) {
    const papers = await listUnset({ upTo, limit: Math.min(BATCH, limit - done.looked) });
    const last = papers.at(-1);
    if (!last) break;
    const rows = await setAll(papers);
    await writeFormulas(papers, rows, last.changeSeq);
    done.looked += papers.length;
    done.set += rows.length;
  }
  return done;
}

/** The highest change number below which every change has been committed or was given up. */
async function findSettledChange(): Promise<bigint> {
  return db.$transaction(
    async (tx) => {
      // Raw SQL because Prisma has no advisory locks. Papers are stored under this one: while we hold it, no number is open.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('broadsheet:papers', 0))`;
      const { _max } = await tx.paper.aggregate({ _max: { changeSeq: true } });
      return _max.changeSeq ?? -1n;
    },
    { maxWait: 15_000, timeout: 120_000 },
  );
}

async function listUnset({ upTo, limit }: { upTo?: bigint; limit: number }): Promise<ChangedPaper[]> {
  const progress = await db.typesettingProgress.findUnique({ where: { typesetter: TYPESETTER } });
  return db.paper.findMany({
    where: { changeSeq: { gt: progress?.changeSeq ?? -1n, lte: upTo } },
    select: { id: true, title: true, abstract: true, changeSeq: true },
    orderBy: { changeSeq: "asc" },
    take: limit,
  });
}

async function setAll(papers: readonly ChangedPaper[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { id: paperId, title, abstract } of papers) {
    for (const [field, text] of [
      ["title", title],
      ["abstract", abstract],
    ] as const) {
      const formulas = setFormulas(text);
      if (!formulas) continue;
      rows.push({ paperId, field, ...formulas });
      // This process serves pages, too.
      await breathe();
    }
  }
  return rows;
}

async function writeFormulas(papers: readonly ChangedPaper[], rows: readonly Row[], changeSeq: bigint): Promise<void> {
  const ids = papers.map(({ id }) => id);
  await db.$transaction(async (tx) => {
    await tx.paperFormulas.deleteMany({ where: { paperId: { in: ids } } });
    // Raw SQL because a paper may have been deleted since it was read: only for those that are there.
    await tx.$executeRaw`
      INSERT INTO paper_formulas (paper_id, field, typesetter, text_hash, mathml)
      SELECT r."paperId", r.field, r.typesetter, r."textHash", r.mathml
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS r("paperId" text, field text, typesetter int, "textHash" text, mathml text[])
      JOIN (SELECT id FROM papers WHERE id = ANY(${ids}) FOR KEY SHARE) AS p ON p.id = r."paperId"
      ON CONFLICT (paper_id, field) DO UPDATE
        SET typesetter = excluded.typesetter, text_hash = excluded.text_hash, mathml = excluded.mathml`;
    // Raw SQL because another sweep may have come further already.
    await tx.$executeRaw`
      INSERT INTO typesetting_progress (typesetter, change_seq) VALUES (${TYPESETTER}, ${changeSeq})
      ON CONFLICT (typesetter) DO UPDATE SET change_seq = GREATEST(typesetting_progress.change_seq, excluded.change_seq)`;
  });
}
