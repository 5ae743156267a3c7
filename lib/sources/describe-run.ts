import { countOf } from "#lib/sources/count-of.ts";
import type { DescribedRun, LastRun, RunStatus } from "#lib/sources/types.ts";

/** What a run's end is called; for a person, not for a program. */
export const statusWords: Record<RunStatus, string> = {
  running: "at work",
  ok: "ok",
  // The message beside it says that nothing was new.
  "not-modified": "ok",
  suspect: "doubtful",
  failed: "failed",
  interrupted: "interrupted",
};

/** The last run of one kind of work, in words. */
export function describeRun({ job, label, status, at, message }: LastRun, now: Temporal.Instant): DescribedRun {
  const names: Record<LastRun["job"], string> = {
    gather: `Gathering from ${label}`,
    backfill: `Back-fill from ${label}`,
    import: "Import of daily lists",
    archive: "Import of archives",
    harvest: `Harvest of ${label}'s records`,
  };
  const age = ageOf(at, now);
  return {
    what: names[job],
    state: statusWords[status],
    age: status === "running" ? `for ${age.replace(/ ago$/, "")}` : age,
    message: message ?? "",
  };
}

/** "3 hours ago": in the largest unit that is whole, days at the most. */
export function ageOf(moment: Temporal.Instant | string, now: Temporal.Instant): string {
  const minutes = Math.floor(Math.max(0, now.since(Temporal.Instant.from(moment)).total("minutes")));
  if (minutes < 1) return "a moment ago";
  if (minutes < 60) return `${countOf(minutes, "minute")} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${countOf(hours, "hour")} ago` : `${countOf(Math.floor(hours / 24), "day")} ago`;
}
