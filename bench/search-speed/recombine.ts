import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { paperId } from "#lib/papers/paper-id.ts";
import type { PaperId } from "#lib/papers/types.ts";
import type { SearchableText } from "#lib/search/types.ts";

/** A recorded paper, as the files of daily-arxiv write it. */
export type Line = { title: string; summary: string; authors: string[]; categories: string[] };

export function readLines(paths: readonly string[]): Line[] {
  return paths.flatMap((path) => {
    const bytes = readFileSync(path);
    const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
    return text.split("\n").flatMap((line): Line[] => (line ? [JSON.parse(line)] : []));
  });
}

/** Numbers from 0 to 1, the same each time (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// What new words the millionth paper still brings: names of methods, chemicals, genes, slips. Two a paper, of which the
// n-th commonest comes as often as Zipf's law says, one n-th of the first.
const tailWords = 4_000_000;
const tailPerPaper = 2;

/**
 * Papers of usual length and usual words that nobody wrote: a title, the first half of one abstract and the second half of
 * another, authors and classes, each of a recorded paper drawn by lot, and `tailPerPaper` made-up rare words. Days from 1995
 * on, more of them in later years, as on arXiv.
 */
export function* recombine(lines: readonly Line[], size: number): Generator<SearchableText> {
  const random = chance(size);
  const draw = () =>
    lines[Math.floor(random() * lines.length)] ?? { title: "", summary: "", authors: [], categories: [] };
  const first = Date.UTC(1995, 0, 1);
  const span = Date.UTC(2026, 7, 21) - first;
  for (let at = 0; at < size; at++) {
    const [opening, ending] = [halves(draw().summary)[0], halves(draw().summary)[1]];
    const tail = Array.from({ length: tailPerPaper }, () => tailWord(Math.floor(tailWords ** random())));
    const others = draw();
    yield {
      id: numbered(at),
      seq: at + 1,
      title: draw().title,
      abstract: `${opening} ${ending} ${tail.join(" ")}`,
      authors: others.authors,
      categories: others.categories,
      day: new Date(first + span * Math.sqrt(at / size)).toISOString().slice(0, 10),
      hasCode: random() < 0.3,
      sources: random() < 0.1 ? ["arxiv", "huggingface"] : ["arxiv"],
    };
  }
}

function halves(abstract: string): [string, string] {
  const sentences = abstract.split(/(?<=\.)\s+/);
  const middle = Math.ceil(sentences.length / 2);
  return [sentences.slice(0, middle).join(" "), sentences.slice(middle).join(" ")];
}

const syllables = "ba co du fe gi ho ju ka le mi no pu ra so ty va we xi yo zu".split(" ");

/** The n-th made-up word: `batyqu`, of syllables, so that it is analysed as a word is. */
function tailWord(n: number): string {
  let word = "q";
  for (let rest = n; rest > 0; rest = Math.floor(rest / syllables.length)) word += syllables[rest % syllables.length];
  return `${word}x`;
}

/** An id for the n-th paper, in the form of 2016 and later. */
export function numbered(at: number): PaperId {
  const month = Math.floor(at / 90_000);
  const year = String(16 + Math.floor(month / 12));
  return paperId(`${year}${String((month % 12) + 1).padStart(2, "0")}.${String((at % 90_000) + 1).padStart(5, "0")}`);
}
