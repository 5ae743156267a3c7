import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import { parseEditionDay } from "#lib/editions/edition-date.ts";
import type { FoundPaper } from "#lib/papers/types.ts";
import { decodeText } from "#lib/platform/text-encoding.ts";
import { withBelievableDates } from "#lib/sources/believable.ts";
import { parseDailyPapers } from "#lib/sources/huggingface/parse-daily-papers.ts";
import { type Tally, UnexpectedAnswer } from "#lib/sources/types.ts";

/** One day's list is a few megabytes. */
const MOST_BYTES = 64 * 2 ** 20;

/** The papers of one file; none when it cannot be read, which the tally then says. */
export async function importDayFile(
  path: string,
  { tally, now }: { tally: Tally; now: Temporal.Instant },
): Promise<FoundPaper[]> {
  const name = basename(path);
  const named = /\d{4}-\d{2}-\d{2}/.exec(name)?.[0] ?? "";
  try {
    const json: unknown = JSON.parse(await readWhole(path));
    const parsed = withBelievableDates(parseDailyPapers(json, { day: parseEditionDay(named) }), now);
    tally.answers++;
    tally.rejected.push(...parsed.rejected.map(({ where, reason }) => ({ where: `${name}: ${where}`, reason })));
    return parsed.papers;
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it is no JSON" : sentenceOf(error);
    tally.rejected.push({ where: name, reason });
    tally.doubts.push(`${name} could not be read: ${reason}`);
    return [];
  }
}

async function readWhole(path: string): Promise<string> {
  const file = createReadStream(path);
  const stream = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  // A pipe does not carry its source's error on.
  file.on("error", (error) => stream.destroy(error));
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new UnexpectedAnswer(`it is larger than ${MOST_BYTES / 2 ** 20} MiB`);
    chunks.push(chunk);
  }
  return decodeText(Buffer.concat(chunks), null);
}

function sentenceOf(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "there is no such file";
  return error instanceof Error ? error.message : String(error);
}
