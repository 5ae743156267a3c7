import stem from "wink-porter2-stemmer";
import { joinWords, mayJoinNext } from "#lib/search/compounds.ts";
import { keptApart } from "#lib/search/kept-apart.ts";
import { type ScanKind, WordScan } from "#lib/search/scan-words.ts";
import { oneSpelling } from "#lib/search/spelling.ts";
import { stopWords } from "#lib/search/stop-words.ts";

/** Raised when the same text would be analysed otherwise than before: indexes of an older make are then built anew. */
export const analysisVersion = 3;

export type AnalysedText = {
  /** Stems in reading order, without stop words. Letters and digits only. */
  stems: string[];
  /** The words of `stems`, place by place, folded but not stemmed. */
  written: string[];
  /** Stems of words that were written in parts, put together: `pre-training` is also `pretrain`. */
  compounds: string[];
};

const longestWord = 40;
export const longestName = 200;

const scan = new WordScan();

/** A title, an abstract, a name or a query as the index sees it: TeX to words, accents and case folded, stemmed. */
export function analyseText(text: string): AnalysedText {
  const stems: string[] = [];
  const written: string[] = [];
  const compounds: string[] = [];
  const words = wordsOf(text, "text");
  for (let at = 0; at < words.length; at++) {
    let known = remembered(words[at] ?? "");
    const joined = known.mayJoin ? joinNext(words[at] ?? "", words[at + 1] ?? "") : null;
    if (joined) {
      at++;
      known = joined;
    }
    stems.push(...known.stems);
    written.push(...known.written);
    if (known.compound !== null) compounds.push(known.compound);
  }
  return { stems, written, compounds };
}

/** A person's name as its parts, folded and stemmed as words are, so that words find it. No part is a stop word here. */
export function analyseName(name: string): string[] {
  return foldWords(name.slice(0, longestName)).map(stemOf);
}

/** The words of a name or a query in the order of the text, not stemmed: small letters without accents. */
export function foldWords(text: string): string[] {
  return wordsOf(text, "names");
}

function wordsOf(text: string, kind: ScanKind): string[] {
  scan.scan(text, kind);
  return Array.from({ length: scan.count }, (_, n) => scan.word(n));
}

const knownWords = new Map<string, AnalysedWord>();

/** Most of a text's words have been met before. */
function remembered(word: string): AnalysedWord {
  const known = knownWords.get(word);
  if (known) return known;
  const analysed = analyseWord(word);
  // Bounded: words come from outside.
  if (knownWords.size < 100_000) knownWords.set(word, analysed);
  return analysed;
}

/** `gpt-4`, `gpt4` and `GPT 4` are two words, always; `co2` and `3d` are one. */
function partsOf(word: string): string[] {
  return word.split(/[-.]/).flatMap((part) => {
    const lettersThenDigits = /^(\p{L}{3,})(\p{N}+)$/u.exec(part);
    return lettersThenDigits ? lettersThenDigits.slice(1) : [part];
  });
}

/** A word between blanks and marks. `mayJoin`: it may be the first part of one that is written in two; see `joinNext`. */
export type AnalysedWord = {
  stems: readonly string[];
  written: readonly string[];
  compound: string | null;
  mayJoin: boolean;
};

/** A folded word, its parts joined by hyphens or points, such as `pre-training`. */
export function analyseWord(word: string): AnalysedWord {
  const parts = partsOf(word);
  const [first = "", second = "", ...rest] = parts;
  const joined = parts.length > 1 ? joinWords(first, second, "hyphen") : null;
  const compound = parts.length > 1 && !joined ? stemOf(parts.join("")) : null;
  return { ...withoutStopWords(joined ? [...joined, ...rest] : parts), compound, mayJoin: mayJoinNext(word) };
}

/** The word that two words are between which only a blank is written; null when they are two. */
export function joinNext(word: string, next: string): AnalysedWord | null {
  const joined = joinWords(word, next, "blank");
  return joined && { ...withoutStopWords(joined), compound: null, mayJoin: false };
}

function withoutStopWords(words: readonly string[]): Pick<AnalysedWord, "stems" | "written"> {
  const written = words.filter((word) => !stopWords.has(word));
  return { stems: written.map(stemOf), written };
}

/** Of a folded word. */
export function stemOf(word: string): string {
  // Not in the middle of a letter outside the basic plane: half of one is no letter.
  const short = word.length > longestWord ? [...word].slice(0, longestWord / 2).join("") : word;
  if (!/^[a-z]{3,}$/.test(short)) return short;
  const spelt = oneSpelling(short);
  return keptApart.get(spelt) ?? stem(spelt);
}
