import stem from "wink-porter2-stemmer";
import { stopWords } from "#lib/search/stop-words.ts";
import { texToWords } from "#lib/search/tex-words.ts";

/** Raised when the same text would be analysed otherwise than before: indexes of an older make are then built anew. */
export const analysisVersion = 1;

export type AnalysedText = {
  /** Stems in reading order, without stop words. Letters and digits only. */
  stems: string[];
  /** Stems of words that were written in parts, put together: `pre-training` is also `pretrain`. */
  compounds: string[];
};

// Longer texts than any abstract are cut: arXiv ends abstracts at 1,920 characters, other sources may not.
const longestText = 20_000;
const longestWord = 40;

/** A title, an abstract, a name or a query as the index sees it: TeX to words, accents and case folded, stemmed. */
export function analyseText(text: string): AnalysedText {
  const stems: string[] = [];
  const compounds: string[] = [];
  for (const [word] of foldText(texToWords(text.slice(0, longestText))).matchAll(
    /[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*/gu,
  )) {
    const parts = partsOf(word);
    for (const part of parts) if (!stopWords.has(part)) stems.push(stemOf(part));
    if (parts.length > 1) compounds.push(stemOf(parts.join("")));
  }
  return { stems, compounds };
}

/** Lower case, one form for each letter: é → e, ﬁ → fi, ² → 2, ß → ss, α → alpha; no apostrophes; all hyphens alike. */
function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßøłđðþæœı]/g, (letter) => foldedLetters[letter] ?? letter)
    .replace(/(?<!\p{Script=Greek})\p{Script=Greek}(?!\p{Script=Greek})/gu, (letter) => greekNames[letter] ?? letter)
    .replace(/(?<=[\p{L}\p{N}])['’ʼ]s?(?![\p{L}\p{N}])|['’ʼ]/gu, "")
    .replace(
      /(?<![\p{L}\p{N}])([cf])(?:\+\+|#)(?![\p{L}\p{N}])/gu,
      (sign, letter: string) => letter + (sign.endsWith("#") ? "sharp" : "plusplus"),
    )
    .replace(/[‐‑‒⁃−]/g, "-");
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

const knownStems = new Map<string, string>();

function stemOf(word: string): string {
  const known = knownStems.get(word);
  if (known !== undefined) return known;
  // Not in the middle of a letter outside the basic plane: half of one is no letter.
  const short = word.length > longestWord ? [...word].slice(0, longestWord / 2).join("") : word;
  const stemmed = /^[a-z]{3,}$/.test(short) ? stem(short) : short;
  // Bounded: words come from outside. Most of a text's words are among the first hundred thousand.
  if (knownStems.size < 100_000) knownStems.set(word, stemmed);
  return stemmed;
}
