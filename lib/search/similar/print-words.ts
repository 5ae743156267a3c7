import { analyseText } from "#lib/search/analyse-text.ts";

// With the parts that hyphens and points join: GPT-4, DeepSeek-V3, pre-training.
const printedWord = /[\p{L}\p{N}\p{M}]+(?:['’ʼ](?!s\b)[\p{L}\p{M}]+)?(?:[-‐‑.][\p{L}\p{N}\p{M}]+)*/gu;

/**
 * An index's words as a text prints them, at most `most`: `v3` as DeepSeek-V3, `lora` as LoRA. What the text has only as a
 * fragment of no word (a lone letter, a number, a piece of a formula) is left out. `text`: plain, no TeX. Pure.
 */
export function printWords(words: readonly string[], text: string, most: number): string[] {
  const forms = printedForms(text);
  const printed = words.flatMap((word) => analyseText(word).stems.slice(0, 1)).flatMap((stem) => forms.get(stem) ?? []);
  // Both parts of GPT-4 lead to it, and "fog" and "Fog" are one.
  return [...new Map(printed.map((form) => [form.toLowerCase(), form])).values()].slice(0, most);
}

type Form = { form: string; parts: number; times: number };

/** For each stem the word that shows it best: alone rather than in a compound, small rather than with a capital, often. */
function printedForms(text: string): Map<string, string> {
  const counted = new Map<string, number>();
  for (const { 0: word, index } of text.matchAll(printedWord)) {
    // The first word of a sentence has its capital from there.
    const isFirst = index === 0 || /[.?!:]\s+$/.test(text.slice(Math.max(0, index - 3), index));
    const form = isFirst && isTitled(word) ? word.toLowerCase() : word;
    counted.set(form, (counted.get(form) ?? 0) + 1);
  }
  const best = new Map<string, Form>();
  for (const [form, times] of counted) {
    if (!isRecognisable(form)) continue;
    const { stems } = analyseText(form);
    for (const stem of stems) {
      const known = best.get(stem);
      const candidate = { form, parts: stems.length, times };
      if (!known || isBetter(candidate, known)) best.set(stem, candidate);
    }
  }
  return new Map([...best].map(([stem, { form }]) => [stem, form]));
}

function isBetter(one: Form, other: Form): boolean {
  if (one.parts !== other.parts) return one.parts < other.parts;
  if (isTitled(one.form) !== isTitled(other.form)) return !isTitled(one.form);
  return one.times > other.times;
}

/** Letters enough to be read as a word, or an abbreviation in capitals (AI, 3D); no single letter with a number (v6, x2). */
function isRecognisable(form: string): boolean {
  const letters = form.match(/\p{L}/gu) ?? [];
  return letters.length >= 3 || /^(?:\p{Lu}{2}|\p{N}\p{Lu})$/u.test(form);
}

/** Lantern, as it may stand in a title; not LoRA. */
function isTitled(form: string): boolean {
  return /^\p{Lu}[^\p{Lu}]*$/u.test(form);
}
