import { analyseName } from "#lib/search/analyse-text.ts";
import { findTogether, type Step } from "#lib/search/engine/find-together.ts";
import { initialTerm, nameMark } from "#lib/search/engine/paper-body.ts";
import type { PaperReader, Term } from "#lib/search/engine/paper-reader.ts";
import { readPostings, titleFlag } from "#lib/search/engine/postings.ts";
import type { AuthorName, ParsedQuery } from "#lib/search/types.ts";

/** Papers that have all that must be there, or null when nothing must. */
export function findRequired(reader: PaperReader, query: ParsedQuery): Int32Array | null {
  const sets: (() => Int32Array)[] = [
    ...query.authors.map((author) => () => findByAuthor(reader, author)),
    ...query.phrases.map((stems) => () => findStems(reader, stems, "anywhere")),
    ...query.title.map((stems) => () => findStems(reader, stems, "title")),
    ...query.abstract.map((stems) => () => findStems(reader, stems, "abstract")),
  ];
  let common: Int32Array | null = null;
  for (const find of sets) {
    if (common?.length === 0) break;
    common = common ? common.filter(isIn(find())) : find();
  }
  return common;
}

export function findBarred(reader: PaperReader, { without }: ParsedQuery): Uint8Array | null {
  if (without.length === 0) return null;
  const barred = new Uint8Array(reader.state.next);
  for (const stems of without) for (const number of findStems(reader, stems, "anywhere")) barred[number] = 1;
  return barred;
}

function findStems(
  reader: PaperReader,
  stems: readonly string[],
  where: "anywhere" | "title" | "abstract",
): Int32Array {
  const terms = reader.termsOf(stems);
  // One word may be a compound's, which stands behind the text; its list says whether it is the title's.
  if (where === "title" && stems.length === 1) return findInTitles(reader, [...terms.values()]);
  const steps: Step[] = stems.map((stem, offset) => {
    const term = terms.get(stem);
    return { terms: term ? [term] : [], offset };
  });
  const { numbers, starts, begins } = findTogether(reader, steps);
  const all = numbers.values.subarray(0, numbers.length);
  if (where === "anywhere") return all;
  return all.filter((number, index) => {
    const title = reader.columns.titleLengths[number] ?? 0;
    const places = begins.values.subarray(starts.values[index], starts.values[index + 1]);
    return places.some((begin) => (where === "title" ? begin < title : begin > title));
  });
}

function findInTitles(reader: PaperReader, terms: readonly Term[]): Int32Array {
  const numbers: number[] = [];
  for (const block of terms.flatMap(({ id }) => reader.postingsOf(id))) {
    for (const code of readPostings(block)) if ((code & titleFlag) !== 0) numbers.push(code >>> 5);
  }
  return Int32Array.from(numbers);
}

/** All parts must be of one author. A single letter stands for the names that it begins, and a printed one for ours. */
function findByAuthor(reader: PaperReader, { family, given }: AuthorName): Int32Array {
  const alternatives = [
    ...family.flatMap(analyseName).map((part) => [nameMark + part]),
    ...given
      .flatMap(analyseName)
      .map((part) => ([...part].length === 1 ? [initialTerm(part)] : [nameMark + part, nameMark + [...part][0]])),
  ];
  const terms = reader.termsOf(alternatives.flat());
  const steps = alternatives.map(
    (stems): Step => ({ terms: stems.flatMap((stem) => terms.get(stem) ?? []), offset: 0 }),
  );
  const { numbers } = findTogether(reader, steps);
  return numbers.values.subarray(0, numbers.length);
}

function isIn(numbers: Int32Array): (number: number) => boolean {
  return (number) => includesNumber(numbers, number);
}

/** Whether a list of rising numbers has this one. */
export function includesNumber(numbers: Int32Array, number: number): boolean {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === number;
}
