import { basename } from "node:path";
import { parseEditionDay } from "#lib/editions/edition-date.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { readWhole, reasonFor, type SourceFile } from "#lib/sources/archives/source-file.ts";
import { withBelievableDates } from "#lib/sources/believable.ts";
import { parseDailyPapers } from "#lib/sources/huggingface/parse-daily-papers.ts";
import type { Tally } from "#lib/sources/types.ts";

/** The papers of one file; none when it cannot be read, which the tally then says. */
export async function importDayFile(
  file: SourceFile,
  { tally, now }: { tally: Tally; now: Temporal.Instant },
): Promise<FoundPaper[]> {
  const name = basename(file.path);
  const named = /\d{4}-\d{2}-\d{2}/.exec(name)?.[0] ?? "";
  try {
    const json: unknown = JSON.parse(await readWhole(file));
    const parsed = withBelievableDates(parseDailyPapers(json, { day: parseEditionDay(named) }), now);
    tally.answers++;
    tally.rejected.push(...parsed.rejected.map(({ where, reason }) => ({ where: `${name}: ${where}`, reason })));
    return parsed.papers;
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it is no JSON" : reasonFor(error);
    tally.rejected.push({ where: name, reason });
    tally.doubts.push(`${name} could not be read: ${reason}`);
    return [];
  }
}
