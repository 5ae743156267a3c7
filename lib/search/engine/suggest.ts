import { analyseName, analyseText } from "#lib/search/analyse-text.ts";
import { findTogether, type Step } from "#lib/search/engine/find-together.ts";
import { nameMark } from "#lib/search/engine/paper-body.ts";
import type { PaperReader, Term } from "#lib/search/engine/paper-reader.ts";
import { Best, type Scores } from "#lib/search/engine/scores.ts";
import type { Suggestions } from "#lib/search/types.ts";

// A half typed word is taken as one of its so many commonest ends. All ends would be half of the vocabulary.
const mostEnds = 8;

// Papers that are read for their titles or names, to find the few that are shown.
const mostRead = 60;

// Words beyond this many do not narrow the titles.
const mostWords = 12;

export function suggest(reader: PaperReader, scores: Scores, text: string, limit: number): Suggestions {
  return {
    titles: suggestTitles(reader, scores, text, limit),
    authors: suggestAuthors(reader, text, limit),
    categories: suggestCategories(reader, text, limit),
  };
}

/** Titles with all the words, the last of them in any of its ends. Those that begin with the text first, then short ones. */
function suggestTitles(reader: PaperReader, scores: Scores, text: string, limit: number): Suggestions["titles"] {
  const { whole, half } = splitTyped(text);
  const groups = groupsOfWords(reader, whole, half);
  if (groups.length === 0 || groups.some((terms) => terms.length === 0)) return [];
  scores.clear(reader.state.next, groups.length);
  const lists = groups.map((terms, index) =>
    scores.addBit(
      terms.flatMap((term) => reader.postingsOf(term)),
      1 << index,
      { onlyTitles: true },
    ),
  );
  const [shortest = new Int32Array()] = lists.toSorted((a, b) => a.length - b.length);
  const all = 2 ** groups.length - 1;
  const best = new Best(mostRead);
  for (const number of shortest) {
    const shortness = -(reader.columns.titleLengths[number] ?? 0);
    if (scores.masks[number] === all && reader.columns.isThere(number)) best.offer(number, shortness);
  }
  const found = best.take().map(({ number }) => number);
  const ids = reader.idsOf(found);
  const texts = reader.textsOf(found);
  const titles = found.flatMap((number) => {
    const [id, text] = [ids.get(number), texts.get(number)];
    return id && text ? [{ id, title: text.title }] : [];
  });
  const begin = folded(text);
  const isBegun = ({ title }: { title: string }) => folded(title).startsWith(begin);
  const distinct = [...new Map(titles.map((title) => [folded(title.title), title])).values()];
  return [...distinct.filter(isBegun), ...distinct.filter((title) => !isBegun(title))].slice(0, limit);
}

function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}

/** Stems of the finished words, and the beginning of the one that is being typed. */
function splitTyped(text: string): { whole: string[]; half: string } {
  const at = text.search(/\S*$/u);
  const { written, stems } = analyseText(text.slice(at));
  const before = analyseText(text.slice(0, at)).stems;
  return { whole: [...before, ...stems.slice(0, -1)], half: written.at(-1) ?? "" };
}

function groupsOfWords(reader: PaperReader, whole: readonly string[], half: string): number[][] {
  const stems = [...new Set(whole)].slice(0, mostWords);
  const terms = reader.termsOf(stems);
  const groups = stems.map((stem) => idsOfTerms(terms.get(stem)));
  return half === "" ? groups : [...groups, endsOf(reader, half)];
}

function idsOfTerms(term: Term | undefined): number[] {
  return term ? [term.id] : [];
}

/** Terms of the commonest words that begin so. Rare ones are looked through only when there are few common ones. */
function endsOf(reader: PaperReader, half: string): number[] {
  const common = reader.file
    .statement(
      `SELECT term, papers FROM words INDEXED BY frequent_words
       WHERE word >= ? AND word < ? AND papers >= 16 ORDER BY papers DESC LIMIT 40`,
    )
    .all(half, `${half}\u{10ffff}`);
  const rare =
    common.length >= mostEnds
      ? []
      : reader.file
          .statement("SELECT term, papers FROM words WHERE word >= ? AND word < ? LIMIT 200")
          .all(half, `${half}\u{10ffff}`)
          .toSorted((a, b) => Number(b.papers) - Number(a.papers));
  const terms = [...common, ...rare].map(({ term }) => Number(term));
  return [...new Set([...idsOfTerms(reader.termsOf(analyseText(half).stems).values().next().value), ...terms])].slice(
    0,
    mostEnds,
  );
}

/** Names that have all the typed parts, the last of them perhaps half, among the newest papers of such authors. */
function suggestAuthors(reader: PaperReader, text: string, limit: number): string[] {
  const typed = folded(text).split(" ").filter(Boolean);
  const half = typed.at(-1) ?? "";
  if (half.length < 2 || typed.length > 4) return [];
  const known = reader.termsOf(typed.slice(0, -1).flatMap((part) => analyseName(part).map((stem) => nameMark + stem)));
  const steps: Step[] = [...known.values(), null].map((term) => ({
    terms: term ? [term] : endsOfName(reader, half),
    offset: 0,
  }));
  if (known.size < typed.length - 1 || steps.some(({ terms }) => terms.length === 0)) return [];
  const { numbers } = findTogether(reader, steps);
  const newest = [...numbers.values.subarray(Math.max(0, numbers.length - mostRead), numbers.length)];
  const counts = new Map<string, number>();
  for (const { authors } of reader.textsOf(newest).values()) {
    for (const name of authors) {
      if (hasParts(name, typed)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const byCount = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return byCount.map(([name]) => name).slice(0, limit);
}

function endsOfName(reader: PaperReader, half: string): Term[] {
  const rows = reader.file
    .statement(
      `SELECT id, papers FROM terms INDEXED BY frequent_terms
       WHERE stem >= ? AND stem < ? AND papers >= 16 ORDER BY papers DESC LIMIT ?`,
    )
    .all(nameMark + half, `${nameMark}${half}\u{10ffff}`, mostEnds);
  const rare =
    rows.length >= mostEnds
      ? []
      : reader.file
          .statement("SELECT id, papers FROM terms WHERE stem >= ? AND stem < ? LIMIT 200")
          .all(nameMark + half, `${nameMark}${half}\u{10ffff}`)
          .toSorted((a, b) => Number(b.papers) - Number(a.papers));
  const exact = reader.termsOf(analyseName(half).map((stem) => nameMark + stem)).values();
  const terms = [...exact, ...[...rows, ...rare].map(({ id, papers }) => ({ id: Number(id), papers: Number(papers) }))];
  return [...new Map(terms.map((term) => [term.id, term])).values()].slice(0, mostEnds);
}

function hasParts(name: string, typed: readonly string[]): boolean {
  const parts = folded(name).split(" ");
  const half = typed.at(-1) ?? "";
  return typed.slice(0, -1).every((part) => parts.includes(part)) && parts.some((part) => part.startsWith(half));
}

function suggestCategories({ state }: PaperReader, text: string, limit: number): string[] {
  const begin = text.trim().toLowerCase();
  if (begin === "") return [];
  return state.codes.categories
    .filter((name) => name.toLowerCase().startsWith(begin))
    .toSorted()
    .slice(0, limit);
}
