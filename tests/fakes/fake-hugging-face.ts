import { parseEditionDay, parseEditionMonth, parseEditionWeek } from "#lib/editions/edition-date.ts";
import { type Answer, type DailyItem, digest, type World } from "#tests/fakes/world.ts";

type Query = URLSearchParams;

/** `/api/daily_papers`, `/api/papers/ID` and `/api/papers/search` as huggingface.co answers them; null for other paths. */
export function answerHuggingFace({ pathname, searchParams }: URL, world: World): Answer | null {
  if (pathname === "/api/daily_papers") return answerDailyPapers(searchParams, world);
  if (pathname === "/api/papers/search") return answerSearch(searchParams, world);
  const id = /^\/api\/papers\/(.+)$/.exec(pathname)?.[1];
  return id ? answerPaper(decodeURIComponent(id), world) : null;
}

function answerDailyPapers(query: Query, world: World): Answer {
  const days = findDays(query, world);
  if (!days) return json(400, { error: 'Invalid parameter: "date" must be a valid date' });
  const submitter = query.get("submitter");
  const items = days
    .flatMap((day) => world.listDailyItems(day).toSorted(byUpvotes))
    .filter((item) => !submitter || nameOf(item.submittedBy) === submitter);
  return json(200, pageOf(query.get("sort") === "trending" ? items.toSorted(byUpvotes) : items, query));
}

/** The days that are asked for, newest first; all of them when none is named; null for one that does not exist. */
function findDays(query: Query, { days }: World): Temporal.PlainDate[] | null {
  const newestFirst = days.toReversed();
  const [date, week, month] = ["date", "week", "month"].map((name) => query.get(name));
  if (date) {
    const asked = parseEditionDay(date);
    return asked && newestFirst.filter((day) => day.equals(asked));
  }
  if (week) {
    const monday = parseEditionWeek(week);
    return monday && newestFirst.filter((day) => isWithin(day, monday, monday.add({ days: 7 })));
  }
  if (month) {
    const first = parseEditionMonth(month);
    return first && newestFirst.filter((day) => isWithin(day, first, first.add({ months: 1 })));
  }
  return newestFirst;
}

function isWithin(day: Temporal.PlainDate, from: Temporal.PlainDate, until: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(day, from) >= 0 && Temporal.PlainDate.compare(day, until) < 0;
}

function answerPaper(id: string, world: World): Answer {
  const item = listAllItems(world).find(({ paper }) => paper.id === id);
  if (!item) return json(404, { error: "Paper not found" });
  const links = { linkedModels: [], numTotalModels: 0, linkedDatasets: [], numTotalDatasets: 0, linkedSpaces: [] };
  return json(200, { ...item.paper, ...links, numTotalSpaces: 0 });
}

function answerSearch(query: Query, world: World): Answer {
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return json(400, { error: '"q" is required' });
  const found = listAllItems(world).filter(({ title, summary }) => {
    const text = `${title} ${String(summary)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return json(200, pageOf(found, query));
}

/** Lazily, newest day first: a recorded world has years of days. */
function listAllItems(world: World): IteratorObject<DailyItem> {
  return Iterator.from(world.days.toReversed()).flatMap((day) => world.listDailyItems(day));
}

function pageOf(items: readonly DailyItem[] | IteratorObject<DailyItem>, query: Query): DailyItem[] {
  const limit = Math.min(100, Number(query.get("limit") ?? 50) || 50);
  const page = Math.max(0, Number(query.get("p") ?? 0) || 0);
  return [...items].slice(page * limit, (page + 1) * limit);
}

function byUpvotes(a: DailyItem, b: DailyItem): number {
  return b.paper.upvotes - a.paper.upvotes;
}

function nameOf(user: unknown): unknown {
  return typeof user === "object" && user !== null && "name" in user ? user.name : undefined;
}

function json(status: number, value: unknown): Answer {
  const body = JSON.stringify(value);
  const type = "application/json; charset=utf-8";
  // A weak tag, as theirs: the same papers, whatever the compression.
  const headers = { "content-type": type, ...(status === 200 && { etag: `W/"${digest(body, 12)}"` }) };
  return { status, headers, body };
}
