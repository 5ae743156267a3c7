import type { Prisma } from "#generated/prisma/client.ts";
import type {
  PaperCard,
  PaperDetail,
  PaperId,
  PaperPlace,
  PaperVersion,
  Reason,
  SourceName,
  UpvoteCount,
} from "#lib/papers/types.ts";
import { mayHoldTex, TYPESETTER } from "#lib/papers/typeset-text.ts";
import { fromDbDate, fromDbTime, toDbDate } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";

const cardFields = {
  id: true,
  title: true,
  abstract: true,
  authors: true,
  categories: true,
  submittedAt: true,
  codeUrl: true,
  projectUrl: true,
  withdrawn: true,
  deletedAt: true,
  sample: true,
  _count: { select: { upvotes: true } },
} satisfies Prisma.PaperSelect;

const detailFields = {
  ...cardFields,
  version: true,
  comment: true,
  journalRef: true,
  doi: true,
  licenseUrl: true,
  revisedAt: true,
  announcedOn: true,
  earlier: { select: { version: true, title: true, abstract: true, submittedAt: true }, orderBy: { version: "asc" } },
  listings: { select: { day: true, source: true }, orderBy: { day: "desc" } },
  entries: { select: { day: true, rank: true, reasons: true } },
} satisfies Prisma.PaperSelect;

type CardRow = Prisma.PaperGetPayload<{ select: typeof cardFields }>;
type DetailRow = Prisma.PaperGetPayload<{ select: typeof detailFields }>;

/** Papers in the order of `ids`. An id that is not stored is left out. */
export async function listPaperCards(ids: readonly string[]): Promise<PaperCard[]> {
  const rows = await db.paper.findMany({ where: { id: { in: [...ids] } }, select: cardFields });
  const [totals, formulas] = await Promise.all([listSourceTotals(ids), listFormulas(rows)]);
  const byId = new Map(
    rows.map((row) => [row.id, { ...toPaperCard(row, totals.get(row.id)), formulas: formulas.get(row.id) }]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** One paper with all that its page shows, or null when we do not have it. */
export async function findPaper(id: PaperId): Promise<PaperDetail | null> {
  const row = await db.paper.findUnique({ where: { id }, select: detailFields });
  if (!row) return null;
  const [totals, editions, formulas] = await Promise.all([
    listSourceTotals([id]),
    listPlaces(row),
    listFormulas([row]),
  ]);
  return { ...toPaperDetail(row, totals.get(id)), editions, formulas: formulas.get(id) };
}

export type SourceTotals = { upvotes: number; comments: number; stars: number | null };

/**
 * What the sources showed last for each paper: their upvotes and comments added up, the largest number of stars. With
 * `until`, what counted up to that moment: a paper on two days had another count on the first.
 */
export async function listSourceTotals(
  ids: readonly string[],
  { until }: { until?: Temporal.Instant } = {},
): Promise<Map<string, SourceTotals>> {
  // Raw SQL because Prisma cannot take the latest row of each group. The latest is what counts last, not what we read last:
  // an older day can be imported after a newer one.
  const rows = await db.$queryRaw<{ id: string; upvotes: number; comments: number; stars: number | null }[]>`
    SELECT latest.paper_id AS id,
           COALESCE(sum(latest.value) FILTER (WHERE latest.kind = 'upvotes'), 0)::int AS upvotes,
           COALESCE(sum(latest.value) FILTER (WHERE latest.kind = 'comments'), 0)::int AS comments,
           (max(latest.value) FILTER (WHERE latest.kind = 'stars'))::int AS stars
    FROM (SELECT DISTINCT ON (paper_id, source, kind) paper_id, kind, value FROM signals
          WHERE paper_id = ANY(${[...ids]})
            AND counts_at <= COALESCE(${until?.toString() ?? null}::timestamptz, 'infinity')
          ORDER BY paper_id, source, kind, counts_at DESC, observed_at DESC) AS latest
    GROUP BY latest.paper_id`;
  return new Map(rows.map(({ id, ...totals }) => [id, totals]));
}

/** What was set of these papers; nothing is asked for those without TeX, which are most. */
async function listFormulas(
  papers: readonly { id: string; title: string; abstract: string }[],
): Promise<Map<string, PaperCard["formulas"]>> {
  const ids = papers.flatMap(({ id, title, abstract }) => (mayHoldTex(title + abstract) ? [id] : []));
  if (ids.length === 0) return new Map();
  const rows = await db.paperFormulas.findMany({ where: { paperId: { in: ids }, typesetter: TYPESETTER } });
  const formulas = new Map<string, NonNullable<PaperCard["formulas"]>>();
  for (const { paperId, field, ...stored } of rows)
    formulas.set(paperId, { ...formulas.get(paperId), [field]: stored });
  return formulas;
}

function toPaperCard(row: CardRow, totals: SourceTotals | undefined): PaperCard {
  const { _count, submittedAt, deletedAt, ...rest } = row;
  const upvotes: UpvoteCount = { sources: totals?.upvotes ?? 0, ours: _count.upvotes };
  return {
    ...rest,
    id: row.id as PaperId,
    submittedAt: submittedAt && fromDbTime(submittedAt).toString(),
    // A record that arXiv has deleted is withdrawn as well, whatever its text says.
    withdrawn: row.withdrawn || deletedAt !== null,
    upvotes,
    comments: totals?.comments ?? 0,
    stars: totals?.stars ?? null,
  };
}

function toPaperDetail(row: DetailRow, totals: SourceTotals | undefined): Omit<PaperDetail, "editions"> {
  const { listings, entries: _entries, earlier: _earlier, revisedAt, announcedOn, ...rest } = row;
  return {
    ...toPaperCard(rest, totals),
    version: row.version,
    comment: row.comment,
    journalRef: row.journalRef,
    doi: row.doi,
    licenseUrl: row.licenseUrl,
    revisedAt: revisedAt && fromDbTime(revisedAt).toString(),
    announcedOn: announcedOn && fromDbDate(announcedOn).toString(),
    deleted: row.deletedAt !== null,
    versions: versionsOf(row),
    sources: [...new Set(listings.map(({ source }) => source as SourceName))],
  };
}

async function listPlaces({ listings, entries }: DetailRow): Promise<PaperPlace[]> {
  // As editions are made: what arXiv announced and another source put on a day of its own stands on that day.
  const others = listings.filter(({ source }) => source !== "arxiv");
  const listed = others.length > 0 ? others : listings;
  const dates = [...listed, ...entries].map(({ day }) => fromDbDate(day).toString());
  const days = [...new Set(dates)].sort().reverse();
  const closed = await db.edition.findMany({
    where: { day: { in: days.map((day) => toDbDate(Temporal.PlainDate.from(day))) } },
    select: { day: true, _count: { select: { entries: true } } },
  });
  const counts = new Map(closed.map(({ day, _count }) => [fromDbDate(day).toString(), _count.entries]));
  return days.map((day) => {
    const entry = entries.find((candidate) => fromDbDate(candidate.day).toString() === day);
    const of = counts.get(day);
    if (!entry || of === undefined) return { day, state: of === undefined ? "open" : "late" };
    return { day, state: "printed", rank: entry.rank, of, reasons: entry.reasons as Reason[] };
  });
}

/** arXiv numbers versions without a gap: those that nobody told of are in the list, without text or date. */
function versionsOf({ version, title, abstract, submittedAt, revisedAt, earlier }: DetailRow): PaperVersion[] {
  const told = new Map(earlier.map((row) => [row.version, row]));
  return Array.from({ length: version }, (_, index) => {
    const number = index + 1;
    const row = number === version ? { title, abstract, submittedAt: revisedAt } : told.get(number);
    // The first version's date is the paper's.
    const at = (number === 1 ? submittedAt : null) ?? row?.submittedAt ?? told.get(number)?.submittedAt;
    const text =
      row && row.title !== null && row.abstract !== null ? { title: row.title, abstract: row.abstract } : null;
    return { version: number, submittedAt: at ? fromDbTime(at).toString() : null, text };
  });
}
