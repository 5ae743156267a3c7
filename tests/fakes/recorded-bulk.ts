import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type ArxivPaper, submissionFor, weekdaysBack } from "#tests/fakes/world.ts";

type Line = {
  id: string;
  categories: string[];
  authors: string[];
  title: string;
  comment: string | null;
  summary: string;
};

/**
 * The papers of `bulk/daily-arxiv/YYYY-MM.jsonl.gz`. The lines have no date: ids are given out in the order of
 * submission, so the papers of a file are spread over the weekdays of its month by their ids. With `shiftTo` the
 * newest of these days becomes the latest weekday up to that one, and so on back.
 */
export function readBulkPapers(folder: string, shiftTo: Temporal.PlainDate | null): ArxivPaper[] {
  const bulk = join(folder, "bulk/daily-arxiv");
  if (!existsSync(bulk)) return [];
  const months = readdirSync(bulk).filter((name) => /^\d{4}-\d{2}\.jsonl\.gz$/.test(name));
  const listings = months.sort().flatMap((name) => spread(readLines(join(bulk, name)), name.slice(0, 7)));
  const days = [...new Set(listings.map(({ day }) => day))].sort();
  const shifted = shiftTo
    ? weekdaysBack(shiftTo, days.length).reverse()
    : days.map((day) => Temporal.PlainDate.from(day));
  const played = new Map(days.map((day, index) => [day, shifted[index] ?? Temporal.PlainDate.from(day)]));
  return listings.map(({ line, day, minute }) => toArxivPaper(line, played.get(day), minute));
}

function readLines(path: string): Line[] {
  const text = gunzipSync(readFileSync(path)).toString();
  return text.split("\n").flatMap((line) => (line ? [JSON.parse(line)] : []));
}

type Listing = { line: Line; day: string; minute: number };

function spread(lines: Line[], month: string): Listing[] {
  const first = Temporal.PlainDate.from(`${month}-01`);
  const weekdays = weekdaysBack(first.add({ months: 1 }).subtract({ days: 1 }), 23)
    .filter((day) => day.month === first.month)
    .reverse();
  return lines
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((line, index, { length }) => {
      const place = (index / length) * weekdays.length;
      // The five hours before arXiv's deadline hold the day's papers.
      return { line, day: String(weekdays[Math.floor(place)]), minute: Math.floor((place % 1) * 300) };
    });
}

function toArxivPaper(line: Line, day: Temporal.PlainDate | undefined, minute: number): ArxivPaper {
  if (!day) throw new Error(`No day for ${line.id}.`);
  const submittedAt = submissionFor(day, minute);
  return {
    id: line.id,
    version: 1,
    title: line.title,
    abstract: line.summary,
    authors: line.authors,
    categories: line.categories,
    comment: line.comment,
    journalRef: null,
    doi: null,
    licenseUrl: null,
    submittedAt,
    revisedAt: submittedAt,
    listings: [{ day, type: "new" }],
  };
}
