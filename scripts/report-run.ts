import type { GatherReport } from "#lib/sources/types.ts";

/** Says what is left to say of a run, and gives the exit code: 0 done, 1 nothing could be read, 75 (EX_TEMPFAIL) busy. */
export function exitCodeFor(report: GatherReport): number {
  if (report.status === "busy") {
    process.stderr.write("Another run is at work just now. Try again in a minute.\n");
    return 75;
  }
  const { sources, closed } = report;
  if (closed.length > 10) console.log(`Closed: ${closed.length} days, from ${closed[0]} to ${closed.at(-1)}`);
  else if (closed.length > 0) console.log(`Closed: ${closed.join(", ")}`);
  return sources.length > 0 && sources.every(({ status }) => status === "failed") ? 1 : 0;
}
