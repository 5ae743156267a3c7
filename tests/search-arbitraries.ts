import fc from "fast-check";
import { paperId } from "#lib/papers/paper-id.ts";
import type { PaperId } from "#lib/papers/types.ts";
import { parseQuery } from "#lib/search/parse-query.ts";
import type { SearchableText } from "#lib/search/types.ts";

export function idOf(number: number): PaperId {
  return paperId(`2608.${String(number).padStart(5, "0")}`);
}

/** `looked`: questions are asked after it. */
export type Step = { papers: SearchableText[]; removed: PaperId[]; compacted: boolean; looked: boolean };

// Few words, so that queries meet papers often; some with hyphens, accents, mathematics.
const word = fc.constantFrom(
  "kite",
  "kites",
  "lantern",
  "blue",
  "self-attention",
  "selfattention",
  "attention",
  "co2",
  "pre-training",
  "the",
  "$x^2$",
  "model",
);
const text = (most: number) => fc.array(word, { maxLength: most }).map((words) => words.join(" "));
const author = fc.constantFrom("Ada Kite", "A. Kite", "Yann LeCun", "Cléa Muñoz", "Blue");
const day = fc.constantFrom("2025-12-31", "2026-01-01", "2026-08-20");
const category = fc.constantFrom("cs.LG", "cs.CL", "math.CO", "hep-th");
const source = fc.constantFrom("arxiv", "huggingface");

/** Any paper. */
export const paperOf: fc.Arbitrary<SearchableText> = fc.record({
  id: fc.integer({ min: 1, max: 40 }).map(idOf),
  seq: fc.nat(1000),
  title: text(6).map((words) => words || "Untitled"),
  abstract: text(20),
  authors: fc.uniqueArray(author, { maxLength: 3 }),
  categories: fc.uniqueArray(category, { maxLength: 3 }),
  day,
  hasCode: fc.boolean(),
  sources: fc.uniqueArray(source, { minLength: 1 }),
});

/** What is done to an index. */
export const steps: fc.Arbitrary<Step> = fc.record({
  papers: fc.uniqueArray(paperOf, { maxLength: 25, selector: ({ id }) => id }),
  removed: fc.array(fc.integer({ min: 1, max: 40 }).map(idOf), { maxLength: 4 }),
  compacted: fc.boolean(),
  looked: fc.boolean(),
});

const piece = fc.oneof(
  { weight: 5, arbitrary: word },
  fc.tuple(word, word).map((words) => `"${words.join(" ")}"`),
  word.map((kept) => `-${kept}`),
  word.map((kept) => `ti:${kept}`),
  fc.tuple(word, word).map((words) => `ti:"${words.join(" ")}"`),
  fc.constantFrom("abs:kite", "abs:blue", 'abs:"blue kite"'),
  fc.constantFrom("au:Kite", 'au:"Ada Kite"', 'au:"A. Kite"', 'au:"Y. LeCun"', "munoz", "lecun"),
  category.map((kept) => `cat:${kept}`),
  fc.constantFrom("cat:cs", "date:2026", "from:2026-01-01", "to:2025", "has:code", "source:arxiv"),
);
/** Any question. */
export const queries = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => parseQuery(pieces.join(" ")));
