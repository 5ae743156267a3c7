import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { readBulkPapers } from "#tests/fakes/recorded-bulk.ts";
import { type ArxivPaper, type DailyItem, submissionFor, type World, weekdaysBack } from "#tests/fakes/world.ts";

type RecordedDay = { recorded: Temporal.PlainDate; played: Temporal.PlainDate; path: string };

/**
 * Recorded days of daily papers, by their dates, and an arXiv made of the papers in them and of the bulk files. With
 * `shiftTo` the newest day is played on the latest weekday up to that one, the day before it on the weekday before …
 * Throws when the folder has no recorded day.
 */
export function recordedWorld(folder: string, shiftTo: Temporal.PlainDate | null): World {
  const days = findDays(join(folder, "hf/daily_papers"), shiftTo);
  const newest = days.at(-1);
  if (!newest) throw new Error(`There is no hf/daily_papers/YYYY-MM-DD.json under ${folder}. Give another --recorded.`);
  const byDay = new Map(days.map((day) => [day.played.toString(), day]));
  const read = remember((day: string) => readDay(byDay.get(day)));
  let papers: ArxivPaper[] | null = null;
  return {
    today: newest.played,
    days: days.map(({ played }) => played),
    listDailyItems: (day) => read(day.toString()),
    listArxivPapers: () => (papers ??= readArxivPapers(folder, days, shiftTo)),
  };
}

function findDays(folder: string, shiftTo: Temporal.PlainDate | null): RecordedDay[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => /^\d{4}-\d{2}-\d{2}\.json(\.gz)?$/.test(name));
  const days = files
    .map((name) => ({ recorded: Temporal.PlainDate.from(name.slice(0, 10)), path: join(folder, name) }))
    .sort((a, b) => Temporal.PlainDate.compare(a.recorded, b.recorded));
  const shifted = shiftTo ? weekdaysBack(shiftTo, days.length).reverse() : [];
  return days.map((day, index) => ({ ...day, played: shifted[index] ?? day.recorded }));
}

function readDay(day: RecordedDay | undefined): DailyItem[] {
  if (!day) return [];
  const bytes = readFileSync(day.path);
  const items: DailyItem[] = JSON.parse(String(day.path.endsWith(".gz") ? gunzipSync(bytes) : bytes));
  const moved = day.recorded.until(day.played).days;
  return moved === 0 ? items : items.map((item) => moveItem(item, moved));
}

function moveItem(item: DailyItem, days: number): DailyItem {
  const paper = { ...item.paper };
  for (const field of ["publishedAt", "submittedOnDailyAt"]) {
    const time = paper[field];
    if (typeof time === "string") paper[field] = moveTime(time, days);
  }
  return { ...item, publishedAt: moveTime(item.publishedAt, days), paper };
}

function moveTime(time: string, days: number): string {
  const moved = Temporal.Instant.from(time).add({ hours: 24 * days });
  return moved.toString({ fractionalSecondDigits: 3 });
}

/** The last days that were asked for: years of them would fill the memory. */
function remember(read: (day: string) => DailyItem[]): (day: string) => DailyItem[] {
  const known = new Map<string, DailyItem[]>();
  return (day) => {
    const items = known.get(day) ?? read(day);
    known.delete(day);
    known.set(day, items);
    if (known.size > 60) known.delete(known.keys().next().value ?? "");
    return items;
  };
}

function readArxivPapers(folder: string, days: RecordedDay[], shiftTo: Temporal.PlainDate | null): ArxivPaper[] {
  const daily = days.flatMap((day) => readDay(day).map((item) => toArxivPaper(item, day.played)));
  const bulk = readBulkPapers(folder, shiftTo);
  const papers = new Map(bulk.map((paper) => [paper.id, paper]));
  for (const paper of daily) {
    // The bulk file knows the classes and the comment, the day's file the time.
    const { categories, comment } = papers.get(paper.id) ?? paper;
    papers.set(paper.id, { ...paper, categories, comment });
  }
  return [...papers.values()];
}

function toArxivPaper({ paper, title, summary, publishedAt }: DailyItem, day: Temporal.PlainDate): ArxivPaper {
  const abstract = String(paper.summary ?? summary ?? "");
  const submittedAt = submissionOf(String(paper.publishedAt ?? publishedAt), paper.id, day);
  return {
    id: paper.id,
    version: 1,
    title: paper.title.replace(/\s+/g, " "),
    abstract,
    authors: namesOf(paper.authors),
    categories: guessCategories(`${title} ${abstract}`),
    comment: null,
    journalRef: null,
    doi: null,
    licenseUrl: null,
    submittedAt,
    revisedAt: submittedAt,
    listings: [{ day: listingAfter(submittedAt), type: "new" }],
  };
}

/** Recordings since April 2026 have only the day: the id tells where in the day, later ones later. */
function submissionOf(publishedAt: string, id: string, day: Temporal.PlainDate): Temporal.Instant {
  if (!publishedAt) return submissionFor(day, 0);
  const instant = Temporal.Instant.from(publishedAt);
  if (!publishedAt.includes("T00:00:00")) return instant;
  return instant.add({ seconds: Math.floor(Number(id.slice(5)) * 1.9) });
}

/** What came in before 14:00 Eastern is listed on the next weekday, the rest on the one after. */
function listingAfter(submittedAt: Temporal.Instant): Temporal.PlainDate {
  const cutOff = submittedAt.toZonedDateTimeISO("America/New_York").add({ hours: 10 }).toPlainDate();
  const [submissionDay = cutOff] = weekdaysBack(cutOff, 1);
  const ready = submissionDay.equals(cutOff) ? submissionDay : nextWeekday(submissionDay);
  return nextWeekday(ready);
}

function nextWeekday(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.add({ days: day.dayOfWeek >= 5 ? 8 - day.dayOfWeek : 1 });
}

function namesOf(authors: unknown): string[] {
  return Array.isArray(authors) ? authors.map((author) => String(author?.name ?? "")).filter(Boolean) : [];
}

/** Hugging Face does not tell the classes. A guess by the words is enough for a source that is played. */
function guessCategories(text: string): string[] {
  const guesses: [RegExp, string][] = [
    [/robot|manipulation|locomotion/i, "cs.RO"],
    [/image|video|visual|3D|scene/i, "cs.CV"],
    [/speech|audio|music/i, "eess.AS"],
    [/language|LLM|text|translation/i, "cs.CL"],
    [/agent|reasoning|planning/i, "cs.AI"],
  ];
  const [primary = "cs.LG", ...others] = guesses.flatMap(([words, category]) => (words.test(text) ? [category] : []));
  return [...new Set([primary, ...others, "cs.LG"])];
}
