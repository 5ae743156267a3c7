import { createHash } from "node:crypto";

/** What arXiv knows of a paper. */
export type ArxivPaper = {
  /** Without version. */
  id: string;
  version: number;
  title: string;
  abstract: string;
  authors: string[];
  categories: string[];
  comment: string | null;
  journalRef: string | null;
  doi: string | null;
  licenseUrl: string | null;
  /** Version 1. */
  submittedAt: Temporal.Instant;
  revisedAt: Temporal.Instant;
  listings: { day: Temporal.PlainDate; type: "new" | "cross" | "replace" }[];
};

/** An item of `/api/daily_papers`; the named fields are those that the fake sorts, finds and rewrites by. */
export type DailyItem = Record<string, unknown> & {
  title: string;
  publishedAt: string;
  paper: Record<string, unknown> & { id: string; title: string; upvotes: number };
};

/** What the played sources know. */
export type World = {
  /** The newest day; arXiv's RSS lists this one. */
  today: Temporal.PlainDate;
  /** Days that have daily papers, oldest first. */
  days: readonly Temporal.PlainDate[];
  listDailyItems: (day: Temporal.PlainDate) => readonly DailyItem[];
  listArxivPapers: () => readonly ArxivPaper[];
};

/** An answer before faults and the wire. */
export type Answer = { status: number; headers: Record<string, string>; body: string };

/** Hexadecimal digits that depend on the text alone. */
export function digest(text: string, length: number): string {
  return createHash("sha1").update(text).digest("hex").slice(0, length);
}

export function isWeekend(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek >= 6;
}

/** The latest `count` days from `today` back that are no Saturday or Sunday, newest first. */
export function weekdaysBack(today: Temporal.PlainDate, count: number): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let day = today; days.length < count; day = day.subtract({ days: 1 })) {
    if (!isWeekend(day)) days.push(day);
  }
  return days;
}

/** Morning (UTC) of the weekday before arXiv's listing: what is submitted then is announced on that listing. */
export function submissionFor(listing: Temporal.PlainDate, minute: number): Temporal.Instant {
  const [, before = listing] = weekdaysBack(listing, 2);
  return before.toZonedDateTime({ timeZone: "UTC", plainTime: "09:00" }).add({ minutes: minute }).toInstant();
}
