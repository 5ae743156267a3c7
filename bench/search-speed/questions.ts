import { chance, type Line, numbered } from "./recombine.ts";
import { analyseText } from "#lib/search/analyse-text.ts";

/** What is asked of the index in each class; a question is a reader's line, or an id for `similar`. */
export type Questions = Record<string, string[]>;

const perClass = 100;

export function makeQuestions(lines: readonly Line[], size: number): Questions {
  const random = chance(7);
  const draw = <T>(from: readonly T[]): T => {
    const drawn = from[Math.floor(random() * from.length)];
    if (drawn === undefined) throw new Error("Nothing to draw from.");
    return drawn;
  };
  const many = (make: () => string) => Array.from({ length: perClass }, make);
  const wordsOf = () => analyseText(draw(lines).summary).written;
  const common = commonWords(lines).slice(0, 40);
  const some = (count: number) => {
    const words = wordsOf();
    return Array.from({ length: count }, () => draw(words)).join(" ");
  };
  const neighbours = (count: number) => {
    const words = draw(lines).summary.match(/[a-z]{3,}/gi) ?? [];
    const from = Math.floor(random() * Math.max(1, words.length - count));
    return `"${words.slice(from, from + count).join(" ")}"`;
  };
  return {
    "one common word": many(() => draw(common)),
    "three words": many(() => some(3)),
    "six words": many(() => some(6)),
    "three common words": many(() => [draw(common), draw(common), draw(common)].join(" ")),
    "a question of 25 words": many(() => some(25)),
    "a phrase": many(() => neighbours(random() < 0.5 ? 2 : 3)),
    "a phrase of common words": many(
      () =>
        `"${draw(["language models", "large language models", "deep learning", "neural networks", "experimental results", "proposed method", "extensive experiments", "machine learning"])}"`,
    ),
    "a common word, broad filter": many(() => `${draw(common)} cat:cs from:2005`),
    "two words, narrow filter": many(() => `${some(2)} cat:cs.CL date:2019`),
    "a filter alone": many(() =>
      draw(["cat:cs", "cat:cs.CV", "has:code", "from:2015 cat:cs.LG", "date:2024", "source:huggingface"]),
    ),
    "an author": many(() =>
      `au:"${draw(draw(lines).authors.length > 0 ? draw(lines).authors : ["Yann LeCun"])}"`.replace(
        /[^\p{L}:" .-]/gu,
        "",
      ),
    ),
    suggestions: many(() => {
      const title = draw(lines).title;
      return title.slice(0, 2 + Math.floor(random() * Math.min(30, title.length)));
    }),
    similar: many(() => numbered(Math.floor(random() * size))),
  };
}

function commonWords(lines: readonly Line[]): string[] {
  const papers = new Map<string, number>();
  for (const { summary } of lines) {
    for (const word of new Set(analyseText(summary).written)) papers.set(word, (papers.get(word) ?? 0) + 1);
  }
  return [...papers].toSorted((a, b) => b[1] - a[1]).map(([word]) => word);
}
