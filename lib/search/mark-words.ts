import type { TextPart } from "#lib/papers/types.ts";
import { analyseText } from "#lib/search/analyse-text.ts";
import { joinWords, mayJoinNext } from "#lib/search/compounds.ts";

// A word as it is printed: with its accents, apostrophe and hyphens.
const printedWord = /[\p{L}\p{N}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)?(?:[-‐‑.][\p{L}\p{N}\p{M}]+)*/gu;
const printedPart = /[\p{L}\p{N}\p{M}'’ʼ]+/gu;

/**
 * The same text with the words marked whose stems are among `stems`: also their other forms, and both ways of writing
 * pre-training. Mathematics and links stay as they are. Pure: the same parts, only cut where a mark begins or ends.
 */
export function markWords(parts: string | readonly TextPart[], stems: readonly string[]): TextPart[] {
  const wanted = new Set(stems);
  const all: readonly TextPart[] = typeof parts === "string" ? [{ kind: "text", text: parts }] : parts;
  return all.flatMap((part) => (part.kind === "text" ? markText(part.text, wanted) : [part]));
}

function markText(text: string, wanted: ReadonlySet<string>): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { start, end } of findMarks(text, wanted)) {
    if (start > from) parts.push({ kind: "text", text: text.slice(from, start) });
    parts.push({ kind: "text", text: text.slice(start, end), marked: true });
    from = end;
  }
  if (from < text.length || parts.length === 0) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function findMarks(text: string, wanted: ReadonlySet<string>): { start: number; end: number }[] {
  const words = [...text.matchAll(printedWord)];
  return words.flatMap(({ 0: word, index }, place) => {
    const next = words[place + 1];
    if (next && isJoined(word, next[0], wanted)) return [{ start: index, end: next.index + next[0].length }];
    const before = words[place - 1];
    if (before && isJoined(before[0], word, wanted)) return [];
    if (isWanted(word, wanted)) return [{ start: index, end: index + word.length }];
    return [...word.matchAll(printedPart)]
      .filter(([part]) => part !== word && isWanted(part, wanted))
      .map(({ 0: part, index: inside }) => ({ start: index + inside, end: index + inside + part.length }));
  });
}

/** Two words that are read as one, which is wanted: data set. */
function isJoined(word: string, next: string, wanted: ReadonlySet<string>): boolean {
  if (!mayJoinNext(word.toLowerCase())) return false;
  const joined = joinWords(word.toLowerCase(), next.toLowerCase(), "blank");
  return joined !== null && wanted.has(analyseText(joined[0] ?? "").stems[0] ?? "");
}

/** All that the word says is wanted, in parts or put together. A word that says nothing (a stop word) is not. */
function isWanted(word: string, wanted: ReadonlySet<string>): boolean {
  const { stems } = analyseText(word);
  if (stems.length > 0 && stems.every((stem) => wanted.has(stem))) return true;
  const together = word.replace(/[-‐‑.]/g, "");
  return together !== word && analyseText(together).stems.some((stem) => wanted.has(stem));
}
