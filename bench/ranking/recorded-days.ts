import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

/** A paper as an answer of /api/daily_papers shows it at one moment. Names and texts are not read. */
export type Seen = {
  id: string;
  upvotes: number;
  comments: number;
  /** When it was put on the list; null where the answer does not say. */
  listedAt: Temporal.Instant | null;
};

export type Day = { day: string; papers: Seen[] };

/** One day, seen twice. */
export type Pair = { day: string; at: Temporal.Instant | null; early: Seen[]; late: Seen[] };

const itemSchema = z.object({
  publishedAt: z.string(),
  numComments: z.number(),
  paper: z.object({ id: z.string(), upvotes: z.number(), submittedOnDailyAt: z.string().optional() }),
});

/** The recorded days of `folder`/daily_papers, oldest first. */
export function readDays(folder: string): Day[] {
  const files = readdirSync(join(folder, "daily_papers")).sort();
  return files.map((name) => ({
    day: name.slice(0, 10),
    papers: readAnswer(join(folder, "daily_papers", name), name.slice(0, 10)),
  }));
}

/** Days that were recorded twice: in earlier_captures hours before, or in raw after. */
export function readPairs(folder: string, days: readonly Day[]): Pair[] {
  const dayOf = (name: string) => /\d{4}-\d{2}-\d{2}/.exec(name)?.[0] ?? "";
  const recorded = (day: string) => days.find((one) => one.day === day)?.papers ?? [];
  const before = list(join(folder, "earlier_captures")).map((path): Pair => {
    const day = dayOf(basename(path));
    return { day, at: captureTimes[day] ?? null, early: readAnswer(path, day), late: recorded(day) };
  });
  const after = list(join(folder, "raw")).map((path): Pair => {
    const day = dayOf(basename(path));
    return { day, at: null, early: recorded(day), late: readAnswer(path, day) };
  });
  return [...before, ...after].map((pair) => ({ ...pair, early: inBoth(pair.early, pair.late) }));
}

/** When the earlier answers were taken, as their recorder noted. */
const captureTimes: Record<string, Temporal.Instant> = {
  "2024-06-12": Temporal.Instant.from("2024-06-12T17:06Z"),
  "2025-01-22": Temporal.Instant.from("2025-01-22T04:16Z"),
};

/** Papers that stand on two days, with what they had on each. */
export function findTwice(days: readonly Day[]): { id: string; days: string[]; upvotes: number[] }[] {
  const all = days.flatMap(({ day, papers }) => papers.map(({ id, upvotes }) => ({ id, day, upvotes })));
  return [...Map.groupBy(all, ({ id }) => id)]
    .filter(([, seen]) => seen.length > 1)
    .map(([id, seen]) => ({ id, days: seen.map(({ day }) => day), upvotes: seen.map(({ upvotes }) => upvotes) }));
}

/** The primary arXiv class of each paper of a folder of JSON lines `{ id, categories }`. */
export function readClasses(folder: string | undefined): Map<string, string> {
  if (!folder) return new Map();
  const lineSchema = z.object({ id: z.string(), categories: z.array(z.string()) });
  const lines = list(folder).flatMap((path) => readText(path).split("\n").filter(Boolean));
  return new Map(
    lines.map((line) => {
      const { id, categories } = lineSchema.parse(JSON.parse(line));
      return [id.replace(/v\d+$/, ""), categories[0] ?? ""];
    }),
  );
}

function readAnswer(path: string, day: string): Seen[] {
  const items = z.array(itemSchema).parse(JSON.parse(readText(path)));
  return items.map(({ publishedAt, numComments, paper }) => ({
    id: paper.id,
    upvotes: paper.upvotes,
    comments: numComments,
    listedAt: listingTime(paper.submittedOnDailyAt ?? (day < "2025-03-17" ? publishedAt : null)),
  }));
}

/** Since May 2026 the answers say the day only, as its midnight: that is no time. */
function listingTime(text: string | null): Temporal.Instant | null {
  return text === null || text.includes("T00:00:00.000Z") ? null : Temporal.Instant.from(text);
}

function inBoth(early: Seen[], late: Seen[]): Seen[] {
  const ids = new Set(late.map(({ id }) => id));
  return early.filter(({ id }) => ids.has(id));
}

function list(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.jsonl?(\.gz)?$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
