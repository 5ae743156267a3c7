import stem from "wink-porter2-stemmer";
import { joinWords, mayJoinNext } from "#lib/search/compounds.ts";
import { keptApart } from "#lib/search/kept-apart.ts";
import { oneSpelling } from "#lib/search/spelling.ts";
import { stopWords } from "#lib/search/stop-words.ts";
import { texToWords } from "#lib/search/tex-words.ts";

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

// Longer texts than any abstract are cut: arXiv ends abstracts at 1,920 characters, other sources may not.
const longestText = 20_000;
const longestWord = 40;
const longestName = 200;

// A word with the parts that hyphens and points join. Plain letters are told apart by the quicker expression.
const plainWord = /[a-z0-9]+(?:[-.][a-z0-9]+)*/g;
const anyWord = /[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*/gu;

/** A title, an abstract, a name or a query as the index sees it: TeX to words, accents and case folded, stemmed. */
export function analyseText(text: string): AnalysedText {
  const stems: string[] = [];
  const written: string[] = [];
  const compounds: string[] = [];
  const folded = foldText(texToWords(text.slice(0, longestText)));
  const words = folded.match(isPlain(folded) ? plainWord : anyWord) ?? [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    let known = analyseWord(word);
    const joined = known.mayJoin ? joinWords(word, words[at + 1] ?? "", "blank") : null;
    if (joined) {
      at++;
      known = { ...withoutStopWords(joined), compound: null, mayJoin: false };
    }
    stems.push(...known.stems);
    written.push(...known.written);
    if (known.compound !== null) compounds.push(known.compound);
  }
  return { stems, written, compounds };
}

/** A person's name as its parts, folded and stemmed as words are, so that words find it. No part is a stop word here. */
export function analyseName(name: string): string[] {
  return foldWords(name.slice(0, longestName)).map(stemOfName);
}

const knownNames = new Map<string, string>();

/** Remembered, as words are: a million papers have a few hundred thousand different names. */
function stemOfName(part: string): string {
  const known = knownNames.get(part);
  if (known !== undefined) return known;
  const stemmed = stemOf(part);
  if (knownNames.size < 100_000) knownNames.set(part, stemmed);
  return stemmed;
}

/** The words of a name or a query in the order of the text, not stemmed: small letters without accents. */
export function foldWords(text: string): string[] {
  return foldText(texToWords(text.slice(0, longestText))).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** Lower case, one form for each letter: é → e, ﬁ → fi, ² → 2, ß → ss, α → alpha; no apostrophes; all hyphens alike. */
function foldText(text: string): string {
  return withoutSigns(isPlain(text) ? text.toLowerCase() : foldLetters(text));
}

/** Possessives lose their ending, other apostrophes close up; C++ and F# become words; all hyphens are alike. */
function withoutSigns(text: string): string {
  const closed = /['’ʼ]/.test(text) ? text.replace(/(?<=[\p{L}\p{N}])['’ʼ]s?(?![\p{L}\p{N}])|['’ʼ]/gu, "") : text;
  const named = /\+\+|#/.test(closed)
    ? closed.replace(
        /(?<![\p{L}\p{N}])([cf])(?:\+\+|#)(?![\p{L}\p{N}])/gu,
        (sign, letter: string) => letter + (sign.endsWith("#") ? "sharp" : "plusplus"),
      )
    : closed;
  return named.replace(/[‐‑‒⁃−]/g, "-");
}

function foldLetters(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßøłđðþæœı]/g, (letter) => foldedLetters[letter] ?? letter)
    .replace(/(?<!\p{Script=Greek})\p{Script=Greek}(?!\p{Script=Greek})/gu, (letter) => greekNames[letter] ?? letter);
}

const foldedLetters: Record<string, string> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
};

const greekNames: Record<string, string> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
  ι: "iota",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  ν: "nu",
  ξ: "xi",
  ο: "omicron",
  π: "pi",
  ρ: "rho",
  σ: "sigma",
  ς: "sigma",
  τ: "tau",
  υ: "upsilon",
  φ: "phi",
  χ: "chi",
  ψ: "psi",
  ω: "omega",
};

/** `gpt-4`, `gpt4` and `GPT 4` are two words, always; `co2` and `3d` are one. */
function partsOf(word: string): string[] {
  return word.split(/[-.]/).flatMap((part) => {
    const lettersThenDigits = /^(\p{L}{3,})(\p{N}+)$/u.exec(part);
    return lettersThenDigits ? lettersThenDigits.slice(1) : [part];
  });
}

type AnalysedWord = { stems: readonly string[]; written: readonly string[]; compound: string | null; mayJoin: boolean };

const knownWords = new Map<string, AnalysedWord>();

/** A word between blanks and marks, such as `pre-training`. Remembered: most of a text's words have been met before. */
function analyseWord(word: string): AnalysedWord {
  const known = knownWords.get(word);
  if (known) return known;
  const parts = partsOf(word);
  const [first = "", second = "", ...rest] = parts;
  const joined = parts.length > 1 ? joinWords(first, second, "hyphen") : null;
  const compound = parts.length > 1 && !joined ? stemOf(parts.join("")) : null;
  const analysed = { ...withoutStopWords(joined ? [...joined, ...rest] : parts), compound, mayJoin: mayJoinNext(word) };
  // Bounded: words come from outside.
  if (knownWords.size < 100_000) knownWords.set(word, analysed);
  return analysed;
}

function withoutStopWords(words: readonly string[]): Pick<AnalysedWord, "stems" | "written"> {
  const written = words.filter((word) => !stopWords.has(word));
  return { stems: written.map(stemOf), written };
}

function stemOf(word: string): string {
  // Not in the middle of a letter outside the basic plane: half of one is no letter.
  const short = word.length > longestWord ? [...word].slice(0, longestWord / 2).join("") : word;
  if (!/^[a-z]{3,}$/.test(short)) return short;
  const spelt = oneSpelling(short);
  return keptApart.get(spelt) ?? stem(spelt);
}
