import type { Readable } from "node:stream";

/** A line, where it stands (the first is 1), and the offset after its end. `text` null: longer than anything that is a record. */
export type FileLine = { text: string | null; number: number; end: number };

/** The place after a line. */
export type LinePlace = { bytes: number; lines: number };

/** A record with the 3,000 authors of a collaboration is some 300 KB. */
const LONGEST = 8 * 2 ** 20;

/**
 * The lines of a stream, as many at a time as its chunks hold. The stream begins at `from`, or `skip` bytes before it. Memory
 * stays flat: of a line that never ends only its length is kept.
 */
export async function* readLines(
  stream: Readable,
  { from, skip = 0, longest = LONGEST }: { from: LinePlace; skip?: number; longest?: number },
): AsyncGenerator<FileLine[]> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let { bytes: end, lines: number } = from;
  let toSkip = skip;

  for await (const whole of stream) {
    const passed = Math.min(toSkip, whole.length);
    toSkip -= passed;
    const chunk: Uint8Array = passed > 0 ? whole.subarray(passed) : whole;
    const found: FileLine[] = [];
    let start = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, at));
      found.push(close(1));
      start = at + 1;
    }
    keep(chunk.subarray(start));
    if (found.length > 0) yield found;
  }
  if (size > 0) yield [close(0)];

  function keep(piece: Uint8Array): void {
    size += piece.length;
    if (size > longest) pieces = [];
    else if (piece.length > 0) pieces.push(piece);
  }

  function close(lineEnd: number): FileLine {
    const text =
      size > longest
        ? null
        : Buffer.concat(pieces)
            .toString()
            .replace(/^\uFEFF/, "");
    end += size + lineEnd;
    number += 1;
    pieces = [];
    size = 0;
    return { text, number, end };
  }
}
