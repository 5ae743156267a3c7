import type { FoundPaper } from "#lib/papers/types.ts";

// More than three digits no arXiv id has.
const GREATEST = 999;

/** A source's list of versions, oldest first, as dates of those before the last, whose date is the paper's `revisedAt`. */
export function versionDates(
  versions: readonly { version: number | null; at: Temporal.Instant | null }[],
): FoundPaper["versionDates"] {
  const last = versions.at(-1)?.version ?? 0;
  return versions.flatMap(({ version, at }) =>
    version !== null && Number.isInteger(version) && version >= 1 && version < last && version <= GREATEST && at
      ? [{ version, submittedAt: at }]
      : [],
  );
}
