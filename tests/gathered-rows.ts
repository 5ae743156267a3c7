import { db } from "#lib/platform/db.ts";

/** All that gathering writes, in a fixed order, without numbers that only say in which order it was written. */
export async function gathered() {
  const [papers, records, listings, signals, validators, editions, entries] = await Promise.all([
    db.paper.findMany({ orderBy: { id: "asc" }, omit: { changeSeq: true } }),
    db.sourceRecord.findMany({ orderBy: [{ source: "asc" }, { paperId: "asc" }] }),
    db.listing.findMany({ orderBy: [{ day: "asc" }, { paperId: "asc" }, { source: "asc" }] }),
    db.signal.findMany({
      omit: { id: true },
      orderBy: [{ paperId: "asc" }, { source: "asc" }, { kind: "asc" }, { countsAt: "asc" }, { observedAt: "asc" }],
    }),
    db.sourceValidator.findMany({ orderBy: { url: "asc" } }),
    db.edition.findMany({ orderBy: { day: "asc" } }),
    db.editionEntry.findMany({ orderBy: [{ day: "asc" }, { rank: "asc" }] }),
  ]);
  return { papers, records, listings, signals, validators, editions, entries };
}

/** Versions before the present ones, oldest first. */
export async function earlierVersions() {
  return db.paperVersion.findMany({ orderBy: [{ paperId: "asc" }, { version: "asc" }] });
}

/** The database as it was before the first run. */
export async function forgetEverything(): Promise<void> {
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await db.sourceRun.deleteMany();
  await db.sourceValidator.deleteMany();
  await db.sourceHost.deleteMany();
  await db.sourceProgress.deleteMany();
}
