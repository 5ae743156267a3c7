import { basename } from "node:path";
import { z } from "zod";
import { closingOf } from "#lib/editions/edition-date.ts";
import { storePapers } from "#lib/papers/commands.ts";
import type { FoundPaper, PaperId } from "#lib/papers/types.ts";
import type { Transaction } from "#lib/platform/db.ts";
import { site } from "#lib/platform/site-config.ts";
import { type FileLine, type LinePlace, readLines } from "#lib/sources/archives/read-lines.ts";
import { readFrom, readWhole, reasonFor, type SourceFile } from "#lib/sources/archives/source-file.ts";
import { parseAtom } from "#lib/sources/arxiv/parse-atom.ts";
import { parseListing } from "#lib/sources/arxiv/parse-listing.ts";
import { parseOai } from "#lib/sources/arxiv/parse-oai.ts";
import { parseSnapshotLine } from "#lib/sources/arxiv/parse-snapshot.ts";
import { withBelievableDates } from "#lib/sources/believable.ts";
import { countOf } from "#lib/sources/count-of.ts";
import { markDeleted } from "#lib/sources/harvest/commands.ts";
import { findProgress, forgetProgress, saveProgress } from "#lib/sources/progress/commands.ts";
import { keepWanted } from "#lib/sources/queries.ts";
import { MOST_REJECTED } from "#lib/sources/runs/commands.ts";
import { type ParsedPapers, type Rejection, type Tally, UnexpectedAnswer } from "#lib/sources/types.ts";

/** How far the reading of a file has come: `read` of `size` bytes on the disk. */
export type FileProgress = { name: string; read: number; size: number; lines: number; papers: number; wrong: number };

export type ArchiveReading = {
  now: Temporal.Instant;
  tally: Tally;
  say: (line: string) => void;
  onProgress: (progress: FileProgress) => void;
  /** Papers of every class, not only of this site's. */
  all: boolean;
  /** From the first line, even where an earlier reading broke off. */
  restart: boolean;
};

/** So many lines are parsed, then stored in one transaction with the place after them. */
const LINES = 2000;

const placeSchema = z.object({ bytes: z.number(), lines: z.number() });

/**
 * Reads a file with one record a line, as large as it may be, and stores its papers; they stand in no edition. Killed, the next
 * reading of the same file goes on after the last line that was stored. Wrong lines are counted, the first hundred named.
 */
export async function importLines(file: SourceFile, reading: ArchiveReading): Promise<void> {
  const { tally, say, restart } = reading;
  const name = basename(file.path);
  const task = `import ${file.identity}`;
  const known = restart ? null : await findProgress(task);
  const from = known ? placeSchema.parse(known.position) : { bytes: 0, lines: 0 };
  if (from.lines > 0) say(`${name}: going on after line ${from.lines}`);
  const { stream, skipped, read } = readFrom(file, from.bytes);
  const seen = { papers: 0, others: 0, wrong: 0, lines: from.lines };
  const waiting: FileLine[] = [];
  let readTo = from.lines;
  // While some lines are being stored the next are read and parsed: the database and this process work side by side.
  let storing: Promise<void> = Promise.resolve();
  try {
    for await (const lines of readLines(stream, { from, skip: skipped })) {
      waiting.push(...lines);
      readTo = lines.at(-1)?.number ?? readTo;
      while (waiting.length >= LINES) await storeNext(waiting.splice(0, LINES));
    }
  } catch (error) {
    if (!isBrokenFile(error)) throw error;
    tally.doubts.push(`${name}: after line ${readTo}, ${reasonFor(error)}.`);
  } finally {
    stream.destroy();
    // No run is over while it still writes.
    await Promise.allSettled([storing]);
  }
  await storeNext(waiting);
  await storing;
  await forgetProgress(task);
  tally.answers++;
  say(`${name}: ${countOf(seen.lines, "line")}, ${sentence(seen)}`);

  /** Waits for the lines before these: the place in the file moves on in their order. */
  async function storeNext(lines: readonly FileLine[]): Promise<void> {
    const last = lines.at(-1);
    if (!last) return;
    const parsed = parseLines(lines, name);
    await storing;
    storing = store(parsed, last);
    // Whoever waits for it next is told; until then nobody is, and that is no failure of the process.
    storing.catch(() => undefined);
  }

  async function store(parsed: ParsedPapers, last: FileLine): Promise<void> {
    const place: LinePlace = { bytes: last.end, lines: last.number };
    const kept = await storeFound(parsed, reading, (tx) =>
      saveProgress(tx, { task, position: place, now: reading.now, finished: false }),
    );
    seen.papers += kept;
    seen.others += parsed.papers.length - kept;
    seen.wrong += parsed.rejected.length;
    seen.lines = last.number;
    reading.onProgress({ name, read: read(), size: file.size, ...seen });
  }
}

/** What arXiv answered: its search (`atom`), its daily feed in either form (`listing`), its records (`oai`). */
type PageKind = "atom" | "listing" | "oai";

/** Reads a page that arXiv answered with. */
export async function importPage(file: SourceFile, kind: PageKind, reading: ArchiveReading): Promise<void> {
  const name = basename(file.path);
  try {
    const { deleted, skipped, ...page } = parsePage(await readWhole(file), kind);
    const named = page.rejected.map(({ where, reason }) => ({ where: `${name}: ${where}`, reason }));
    // A file is no announcement: its papers stand in no edition.
    const papers = page.papers.map((paper) => ({ ...paper, day: null }));
    const kept = await storeFound({ papers, rejected: named }, reading, (tx) => markDeleted(tx, deleted, reading.now));
    reading.tally.answers++;
    const noNews = skipped > 0 ? `, ${skipped} replaced or cross-listed late left out` : "";
    reading.say(`${name}: ${sentence({ papers: kept, others: papers.length - kept, wrong: named.length })}${noNews}`);
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    refuseFile(file.path, error.message, reading.tally);
    reading.say(`${name}: ${error.message}`);
  }
}

/** A file of which nothing could be read. */
export function refuseFile(path: string, reason: string, tally: Tally): void {
  const name = basename(path);
  tally.rejected.push({ where: name, reason });
  tally.doubts.push(`${name} could not be read: ${reason}`);
}

function parseLines(lines: readonly FileLine[], name: string): ParsedPapers {
  const parsed: ParsedPapers = { papers: [], rejected: [] };
  for (const { text, number } of lines) {
    if (text?.trim() === "") continue;
    const paper = text === null ? "it is longer than any record" : parseSnapshotLine(text);
    if (typeof paper !== "string") parsed.papers.push(paper);
    else parsed.rejected.push({ where: `${name}: line ${number}`, reason: paper });
  }
  return parsed;
}

function parsePage(text: string, kind: PageKind): ParsedPapers & { deleted: PaperId[]; skipped: number } {
  if (kind === "atom") return { ...parseAtom(text), deleted: [], skipped: 0 };
  if (kind === "listing") return { ...parseListing(text), deleted: [] };
  const answer = parseOai(text);
  if (answer.status === "records") return { ...answer, skipped: 0 };
  throw new UnexpectedAnswer(`it holds arXiv's refusal of a question: ${answer.code}, ${answer.message.slice(0, 200)}`);
}

/** Stores what belongs on this site, `within` the same transaction what must be true with it. Gives how many that were. */
async function storeFound(
  parsed: ParsedPapers,
  { now, tally, all, say }: ArchiveReading,
  within: (tx: Transaction) => Promise<void>,
): Promise<number> {
  const { papers, rejected } = withBelievableDates(parsed, now);
  const wanted: FoundPaper[] = all ? papers : await keepWanted(papers);
  const { stored } = await storePapers(wanted, { now, closingOf: (day) => closingOf(day, site), within });
  nameSome(rejected, { tally, say });
  tally.found += wanted.length;
  tally.stored += stored;
  return wanted.length;
}

/** The first hundred are named; a list of a million would fill the memory. */
function nameSome(rejected: readonly Rejection[], { tally, say }: Pick<ArchiveReading, "tally" | "say">): void {
  const room = Math.max(0, MOST_REJECTED - tally.rejected.length);
  for (const named of rejected.slice(0, room)) {
    tally.rejected.push(named);
    say(`${named.where}: ${named.reason}`);
  }
  tally.unnamed = (tally.unnamed ?? 0) + Math.max(0, rejected.length - room);
}

function isBrokenFile(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(Z_|EIO)/.test(String(error.code));
}

function sentence({ papers, others, wrong }: { papers: number; others: number; wrong: number }): string {
  const left = others > 0 ? `, ${others} of other categories left out (--all stores them too)` : "";
  const bad = wrong > 0 ? `, ${wrong} that could not be read` : "";
  return `${countOf(papers, "paper")}${left}${bad}`;
}
