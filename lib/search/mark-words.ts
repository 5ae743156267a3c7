import type { TextPart } from "#lib/papers/types.ts";
import { analyseText } from "#lib/search/analyse-text.ts";

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
  return [...text.matchAll(printedWord)].flatMap(({ 0: word, index }) => {
    if (isWanted(word, wanted)) return [{ start: index, end: index + word.length }];
    return [...word.matchAll(printedPart)]
      .filter(([part]) => part !== word && isWanted(part, wanted))
      .map(({ 0: part, index: inside }) => ({ start: index + inside, end: index + inside + part.length }));
  });
}

/** All that the word says is wanted, in parts or put together. A word that says nothing (a stop word) is not. */
function isWanted(word: string, wanted: ReadonlySet<string>): boolean {
  const { stems, compounds } = analyseText(word);
  return (stems.length > 0 && stems.every((stem) => wanted.has(stem))) || compounds.some((stem) => wanted.has(stem));
}
