import { oneLine } from "#lib/papers/clean-text.ts";

/**
 * The names in arXiv's one-string lists: "A. One (1, 2), B. Two and C. Three ((1) Here, (2) There)". Affiliations stand in
 * parentheses and may hold commas; they are left out.
 */
export function splitAuthors(text: string): string[] {
  return withoutParentheses(oneLine(text))
    .split(/,\s*(?:and\s+)?|\s+and\s+|;\s*/)
    .map(oneLine)
    .filter(isName);
}

/** False for what stands among authors without being one: the colon after a collaboration, a lone mark. */
export function isName(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function withoutParentheses(text: string): string {
  let depth = 0;
  let kept = "";
  for (const character of text) {
    if (character === "(") depth++;
    else if (character === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += character;
  }
  // A bracket that is never closed would swallow every name after it.
  return depth === 0 ? kept : text.replace(/[()]/g, " ");
}
