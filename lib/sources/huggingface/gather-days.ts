import type { Validator } from "#lib/papers/commands.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { withBelievableDates } from "#lib/sources/believable.ts";
import { parseDailyPapers } from "#lib/sources/huggingface/parse-daily-papers.ts";
import { countOf } from "#lib/sources/count-of.ts";
import { orDoubt } from "#lib/sources/or-doubt.ts";
import { type Gathering, type ParsedPapers, UnexpectedAnswer } from "#lib/sources/types.ts";

/** The largest page that it gives; asked for nothing it gives 50. */
const PAGE = 100;
const DEFAULT_PAGE = 50;
const MOST_PAGES = 20;

/** Asks for each day and stores it before the next one is asked for. */
export async function gatherDays(
  days: readonly Temporal.PlainDate[],
  { base, conditional }: { base: string; conditional: boolean },
  gathering: Gathering,
): Promise<void> {
  for (const day of days) {
    await orDoubt(gathering.tally, () => gatherDay(day, { base, conditional }, gathering));
  }
}

/** The address of one page of a day. */
function dailyPapersUrl(base: string, day: Temporal.PlainDate, page: number): string {
  return `${base}/api/daily_papers?date=${day}&limit=${PAGE}&p=${page}`;
}

async function gatherDay(
  day: Temporal.PlainDate,
  { base, conditional }: { base: string; conditional: boolean },
  gathering: Gathering,
): Promise<void> {
  const { tally, now } = gathering;
  const read: ParsedPapers = { papers: [], rejected: [] };
  let validator: Validator | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const url = dailyPapersUrl(base, day, page);
    const answer = await gathering.ask(url, { accept: "application/json", conditional: conditional && page === 0 });
    if (answer.status === "not-modified") {
      tally.unchanged++;
      return;
    }
    const { papers, rejected } = withBelievableDates(parseDailyPapers(readJson(answer.text), { day }), now);
    const fresh = papers.filter(({ id }) => !read.papers.some((paper) => paper.id === id));
    read.papers.push(...fresh);
    read.rejected.push(...rejected);
    // A day of several pages has no validator: the second can change while the first stays.
    validator = page === 0 && conditional ? answer.validator : null;
    if (isLastPage(papers.length + rejected.length, fresh)) break;
  }
  tally.answers++;
  tally.rejected.push(...read.rejected);
  const doubt = await findDoubt(day, read, gathering);
  if (doubt) tally.doubts.push(doubt);
  await gathering.store(read.papers, validator && !doubt ? [validator] : []);
  if (!doubt) gathering.onDayRead(day);
}

/** A page of exactly 50 was cut by a server that takes no limit: it may have a next one. */
function isLastPage(length: number, fresh: readonly FoundPaper[]): boolean {
  return fresh.length === 0 || (length < PAGE && length !== DEFAULT_PAGE);
}

/** Why this day's list cannot be all. Nothing is removed because of it, and the next run asks in full again. */
async function findDoubt(day: Temporal.PlainDate, { papers, rejected }: ParsedPapers, gathering: Gathering) {
  if (papers.length === 0 && rejected.length > 0)
    return `Hugging Face's list of ${day} holds nothing that can be read.`;
  const before = await gathering.countListings(day);
  // A paper is taken off a day now and then, but not half of them.
  if (papers.length * 2 >= before) return null;
  const now = papers.length === 0 ? "is empty" : `has only ${countOf(papers.length, "paper")}`;
  return `Hugging Face's list of ${day} ${now}; it had ${before} before.`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnexpectedAnswer("Hugging Face answered with something that is no complete JSON.");
  }
}
