import { oneLine, storableJson, webLink } from "#lib/papers/clean-text.ts";
import { mergePaper, mergeRecord, type StoredPaper, type StoredRecord, sameRow } from "#lib/papers/merge-paper.ts";
import type { FoundPaper, PaperId, SourceName } from "#lib/papers/types.ts";
import { keepVersions } from "#lib/papers/versions/commands.ts";
import { earlierVersions, type StoredVersion } from "#lib/papers/versions/merge-version.ts";
import { fromDbDate, fromDbTime, toDbTime } from "#lib/platform/clock.ts";
import { db, type Transaction } from "#lib/platform/db.ts";
import { withoutControls } from "#lib/platform/text-encoding.ts";

/** ETag and Last-Modified of an answer that held papers, word for word. */
export type Validator = { url: string; etag: string | null; lastModified: string | null };

type StoreOptions = {
  now: Temporal.Instant;
  /** When a day closes: what a source dates to a past day counts no later than that. */
  closingOf: (day: Temporal.PlainDate) => Temporal.Instant;
  /** Saved with the papers, or not at all: after a crash the answer must be fetched in full again. */
  validators?: readonly Validator[];
  /** What else must be written exactly when the papers are, such as how far a long reading has come. */
  within?: (tx: Transaction) => Promise<void>;
};

/** So many rows go to the database in one statement. */
const ROWS = 1000;

/** Columns of a paper that no find decides. */
const notOfSources = { firstSeenAt: true, changeSeq: true, deletedAt: true } as const;

/**
 * Stores what a source told, in one transaction: papers merged by id (see `mergePaper`), the source's own fields, the
 * days it lists them on, its counts where they changed, and the older texts that newer ones replace. The same finds again change no row, and their order does
 * not matter. `stored` is the number of papers that are new or changed.
 */
export async function storePapers(
  found: readonly FoundPaper[],
  { now, closingOf, validators = [], within }: StoreOptions,
): Promise<{ stored: number }> {
  const clean = found.map(storable).filter(({ title }) => title !== "");
  return db.$transaction(
    async (tx) => {
      // Raw SQL because Prisma has no advisory locks. One writer at a time: rows are merged in memory, then written.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('broadsheet:papers', 0))`;
      const merged = await mergeFinds(tx, clean, now);
      await writePapers(tx, merged.papers, now);
      await keepVersions(tx, merged.earlier);
      await removeSampleTraces(tx, merged.nowReal);
      await writeRecords(tx, merged.records);
      const told = clean.filter((find) => find.source !== "sample" || merged.samples.has(find.id));
      await writeListings(tx, told, now);
      await writeSignals(tx, told, { now, closingOf });
      for (const validator of validators) await writeValidator(tx, validator, now);
      await within?.(tx);
      return { stored: merged.papers.length };
    },
    { maxWait: 15_000, timeout: 120_000 },
  );
}

/** A find whose every string Postgres takes. The parsers clean what they know; this is the last gate. */
function storable(found: FoundPaper): FoundPaper {
  return {
    ...found,
    title: oneLine(found.title),
    abstract: withoutControls(found.abstract),
    authors: found.authors.map(oneLine).filter(Boolean),
    categories: found.categories.map(oneLine).filter(Boolean),
    comment: oneLine(found.comment ?? "") || null,
    journalRef: oneLine(found.journalRef ?? "") || null,
    doi: oneLine(found.doi ?? "") || null,
    licenseUrl: webLink(found.licenseUrl),
    projectUrl: webLink(found.projectUrl),
    codeUrl: webLink(found.codeUrl),
    submittedAt: found.submittedAt && toMilliseconds(found.submittedAt),
    revisedAt: found.revisedAt && toMilliseconds(found.revisedAt),
    versionDates: found.versionDates.map(({ version, submittedAt }) => ({
      version,
      submittedAt: toMilliseconds(submittedAt),
    })),
    fields: storableJson(found.fields) as Record<string, unknown>,
  };
}

type Merged = {
  papers: StoredPaper[];
  /** What was told of versions before the present ones. */
  earlier: StoredVersion[];
  records: StoredRecord[];
  /** Ids that were part of the sample until now. */
  nowReal: PaperId[];
  /** Ids that are part of the sample. */
  samples: Set<PaperId>;
};

async function mergeFinds(tx: Transaction, found: readonly FoundPaper[], now: Temporal.Instant): Promise<Merged> {
  const ids = [...new Set(found.map(({ id }) => id))];
  const before = await readPapers(tx, ids);
  const recordsBefore = await readRecords(tx, [...before.keys()]);
  const papers = new Map(before);
  const records = new Map(recordsBefore);
  const earlier: StoredVersion[] = [];
  for (const find of found) {
    const stored = papers.get(find.id);
    if (find.source === "sample" && stored && !stored.sample) continue;
    const key = `${find.source} ${find.id}`;
    const record = mergeRecord(records.get(key), find, now);
    if (record) records.set(key, record);
    const paper = mergePaper(stored, find, record);
    papers.set(find.id, paper);
    earlier.push(...earlierVersions(stored, paper, find));
  }
  return {
    papers: changed(papers, before),
    earlier,
    records: changed(records, recordsBefore).filter(
      ({ source, paperId }) => source !== "sample" || papers.get(paperId)?.sample,
    ),
    nowReal: ids.filter((id) => before.get(id)?.sample && !papers.get(id)?.sample),
    samples: new Set(ids.filter((id) => papers.get(id)?.sample)),
  };
}

function changed<K, T extends object>(after: Map<K, T>, before: Map<K, T>): T[] {
  return [...after].flatMap(([key, row]) => {
    const old = before.get(key);
    return old && (old === row || sameRow(old, row)) ? [] : [row];
  });
}

async function readPapers(tx: Transaction, ids: PaperId[]): Promise<Map<PaperId, StoredPaper>> {
  const stored = new Map<PaperId, StoredPaper>();
  for (const some of chunks(ids, ROWS)) {
    const rows = await tx.paper.findMany({ where: { id: { in: some } }, omit: notOfSources });
    for (const row of rows) {
      stored.set(row.id as PaperId, {
        ...row,
        id: row.id as PaperId,
        submittedAt: row.submittedAt && fromDbTime(row.submittedAt),
        revisedAt: row.revisedAt && fromDbTime(row.revisedAt),
        announcedOn: row.announcedOn && fromDbDate(row.announcedOn),
      });
    }
  }
  return stored;
}

async function readRecords(tx: Transaction, ids: PaperId[]): Promise<Map<string, StoredRecord>> {
  const stored = new Map<string, StoredRecord>();
  for (const some of chunks(ids, ROWS)) {
    for (const row of await tx.sourceRecord.findMany({ where: { paperId: { in: some } } })) {
      stored.set(`${row.source} ${row.paperId}`, {
        source: row.source as SourceName,
        paperId: row.paperId as PaperId,
        fields: row.fields as Record<string, unknown>,
        day: row.day && fromDbDate(row.day),
        seenAt: fromDbTime(row.seenAt),
      });
    }
  }
  return stored;
}

async function writePapers(tx: Transaction, papers: StoredPaper[], now: Temporal.Instant): Promise<void> {
  for (const rows of chunks(papers, ROWS)) {
    // Raw SQL because Prisma's upsert is one statement a row.
    await tx.$executeRaw`
      INSERT INTO papers (id, version, title, abstract, authors, categories, comment, journal_ref, doi, license_url,
        project_url, code_url, submitted_at, revised_at, announced_on, withdrawn, text_grade, sample, first_seen_at)
      SELECT r.id, r.version, r.title, r.abstract, r.authors, r.categories, r.comment, r."journalRef", r.doi,
        r."licenseUrl", r."projectUrl", r."codeUrl", r."submittedAt", r."revisedAt", r."announcedOn", r.withdrawn,
        r."textGrade", r.sample, ${timestamp(now)}::timestamptz
      FROM json_to_recordset(convert_from(${bytesOf(rows)}, 'UTF8')::json) AS r(id text, version int, title text,
        abstract text, authors text[], categories text[], comment text, "journalRef" text, doi text, "licenseUrl" text,
        "projectUrl" text, "codeUrl" text, "submittedAt" timestamptz, "revisedAt" timestamptz, "announcedOn" date,
        withdrawn boolean, "textGrade" int, sample boolean)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title, abstract = excluded.abstract,
        authors = excluded.authors, categories = excluded.categories, comment = excluded.comment,
        journal_ref = excluded.journal_ref, doi = excluded.doi, license_url = excluded.license_url,
        project_url = excluded.project_url, code_url = excluded.code_url, submitted_at = excluded.submitted_at,
        revised_at = excluded.revised_at, announced_on = excluded.announced_on, withdrawn = excluded.withdrawn,
        text_grade = excluded.text_grade, sample = excluded.sample`;
  }
}

async function removeSampleTraces(tx: Transaction, ids: PaperId[]): Promise<void> {
  if (ids.length === 0) return;
  const ofSample = { where: { source: "sample", paperId: { in: ids } } };
  await tx.sourceRecord.deleteMany(ofSample);
  await tx.listing.deleteMany(ofSample);
  await tx.signal.deleteMany(ofSample);
}

async function writeRecords(tx: Transaction, records: StoredRecord[]): Promise<void> {
  for (const rows of chunks(records, ROWS)) {
    // Raw SQL because Prisma's upsert is one statement a row.
    await tx.$executeRaw`
      INSERT INTO source_records (source, paper_id, fields, day, seen_at)
      SELECT r.source, r."paperId", r.fields, r.day, r."seenAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS r(source text, "paperId" text, fields jsonb, day date, "seenAt" timestamptz)
      ON CONFLICT (source, paper_id) DO UPDATE
        SET fields = excluded.fields, day = excluded.day, seen_at = excluded.seen_at`;
  }
}

async function writeListings(tx: Transaction, found: readonly FoundPaper[], now: Temporal.Instant): Promise<void> {
  const listings = found.flatMap(({ id, source, day }) => (day ? [{ id, source, day }] : []));
  for (const rows of chunks(listings, ROWS)) {
    // Raw SQL because rows go as one parameter: createMany makes one for each value, of which Postgres takes 65,535.
    await tx.$executeRaw`
      INSERT INTO listings (day, paper_id, source, listed_at)
      SELECT DISTINCT r.day, r.id, r.source, ${timestamp(now)}::timestamptz
      FROM unnest(${rows.map(({ day }) => day.toString())}::date[], ${rows.map(({ id }) => id)}::text[],
        ${rows.map(({ source }) => source)}::text[]) AS r(day, id, source)
      ON CONFLICT DO NOTHING`;
  }
}

/**
 * A count is written if it differs from the last one that counts no later. What this very run has written is not looked
 * at, so that the order in which it reads the days does not matter; told twice for one moment, the greater counts.
 */
async function writeSignals(
  tx: Transaction,
  found: readonly FoundPaper[],
  { now, closingOf }: Pick<StoreOptions, "now" | "closingOf">,
): Promise<void> {
  const signals = found.flatMap(({ id, source, day, signals: told }) => {
    // Most papers of an import have none; the calendar is the dearest part of this.
    if (told.length === 0) return [];
    const countsAt = timestamp(day ? earlier(now, closingOf(day)) : now);
    return told.map(({ kind, value }) => ({ id, source, kind, value, countsAt }));
  });
  for (const rows of chunks(signals, ROWS)) {
    // Raw SQL because "insert what differs from the latest" is one statement only there.
    await tx.$executeRaw`
      INSERT INTO signals (paper_id, source, kind, value, observed_at, counts_at)
      SELECT r.id, r.source, r.kind, max(r.value), ${timestamp(now)}::timestamptz, r."countsAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS r(id text, source text, kind text, value int, "countsAt" timestamptz)
      WHERE r.value IS DISTINCT FROM (
        SELECT s.value FROM signals AS s
        WHERE s.paper_id = r.id AND s.source = r.source AND s.kind = r.kind
          AND s.counts_at <= r."countsAt" AND s.observed_at < ${timestamp(now)}::timestamptz
        ORDER BY s.counts_at DESC, s.observed_at DESC LIMIT 1)
      GROUP BY r.id, r.source, r.kind, r."countsAt"
      ON CONFLICT (paper_id, source, kind, counts_at, observed_at) DO UPDATE SET value = excluded.value
        WHERE signals.value < excluded.value`;
  }
}

async function writeValidator(tx: Transaction, validator: Validator, now: Temporal.Instant): Promise<void> {
  const told = { etag: validator.etag, lastModified: validator.lastModified, storedAt: toDbTime(now) };
  await tx.sourceValidator.upsert({
    where: { url: validator.url },
    create: { url: validator.url, ...told },
    update: told,
  });
}

/** Prisma writes a text into JSON and reads it back before it sends it, which for rows that are JSON costs as much as making them. */
function bytesOf(rows: readonly object[]): Buffer {
  return Buffer.from(JSON.stringify(rows));
}

function timestamp(instant: Temporal.Instant): string {
  return toMilliseconds(instant).toString();
}

/** As exact as the columns are: what is written is what will be read. */
function toMilliseconds(instant: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(instant.epochMilliseconds);
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) <= 0 ? a : b;
}

function* chunks<T>(rows: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
