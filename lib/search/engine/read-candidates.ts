import { nameMark } from "#lib/search/engine/paper-body.ts";
import type { PaperReader, Term } from "#lib/search/engine/paper-reader.ts";
import type { Candidate } from "#lib/search/rank-candidates.ts";

type Word = { stem: string; term: Term | null };

/** The best papers with their words as places in the query. `withNames`: words may be names too. */
export function readCandidates(
  reader: PaperReader,
  words: readonly Word[],
  { best, withNames }: { best: readonly { number: number; key: number }[]; withNames: boolean },
): Candidate[] {
  const bodies = reader.bodiesOf(best.map(({ number }) => number));
  const names = reader.termsOf(withNames ? words.map(({ stem }) => nameMark + stem) : []);
  const placeOf = placesByTerm(
    [...words.map(({ term }) => term), ...words.map(({ stem }) => names.get(nameMark + stem) ?? null)],
    words.length,
  );
  return best.flatMap(({ number, key }) => {
    const body = bodies.get(number);
    return body ? [{ number, bm25: key, ...inWordsOfQuery(body, placeOf, withNames) }] : [];
  });
}

/** By a term's number, its place in the query; -1 or nothing for all others. */
function placesByTerm(terms: readonly (Term | null)[], words: number): Int8Array {
  const places = new Int8Array(1 + Math.max(0, ...terms.map((term) => term?.id ?? 0))).fill(-1);
  for (const [index, term] of terms.entries()) if (term) places[term.id] = index % words;
  return places;
}

/**
 * Reads a stored body (paper-body.ts tells its form) straight into places of the query: hundreds are read for one search, and
 * this loop is half of its time.
 */
function inWordsOfQuery(
  bytes: Uint8Array,
  placeOf: Int8Array,
  withNames: boolean,
): Pick<Candidate, "title" | "abstract" | "others"> {
  const numbers = decodeNumbers(bytes);
  const titleLength = numbers[0] ?? 0;
  const textEnd = titleLength + (numbers[1] ?? 0);
  const end = numbers[3] ?? 0;
  const places = new Int8Array(end);
  for (let at = 0; at < end; at++) places[at] = placeOf[numbers[4 + at] ?? 0] ?? -1;
  const others = places.subarray(textEnd);
  return {
    title: places.subarray(0, titleLength),
    abstract: places.subarray(titleLength, textEnd),
    others: withNames ? Int8Array.from([...others, ...namesAmong(numbers.subarray(4 + end), placeOf)]) : others,
  };
}

function namesAmong(authors: Uint32Array, placeOf: Int8Array): number[] {
  const places: number[] = [];
  for (let at = 1; at < authors.length; at += 2) {
    const place = placeOf[authors[at] ?? 0] ?? -1;
    if (place >= 0) places.push(place);
  }
  return places;
}

let decoded = new Uint32Array(1024);

/** All numbers of `bytes`, in an array that the next call writes over. */
function decodeNumbers(bytes: Uint8Array): Uint32Array {
  if (decoded.length < bytes.length) decoded = new Uint32Array(2 * bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    let byte = bytes[at++] ?? 0;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] ?? 0;
      value |= (byte & 127) << shift;
    }
    decoded[length++] = value;
  }
  return decoded.subarray(0, length);
}
