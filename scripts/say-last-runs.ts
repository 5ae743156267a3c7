import type { LastRun } from "#lib/sources/types.ts";

/** Says how the other work on the sources ended, and how long ago: who harvests wants to know whether gathering goes on. */
export async function sayLastRuns(except: readonly LastRun["job"][]): Promise<void> {
  // Imported here: modules of lib/ read the environment when they are loaded.
  const { describeRun } = await import("#lib/sources/describe-run.ts");
  const { findLastRuns } = await import("#lib/sources/queries.ts");
  const { now } = await import("#lib/platform/clock.ts");
  const others = (await findLastRuns()).filter(({ job }) => !except.includes(job));
  for (const run of others) {
    const { what, state, age } = describeRun(run, now());
    console.log(`${what}: ${state}, ${age}`);
  }
}
