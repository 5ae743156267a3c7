import { readAuthorName } from "#lib/papers/author-name.ts";
import { foldWords } from "#lib/search/analyse-text.ts";
import type { AuthorName } from "#lib/search/types.ts";

/**
 * A name as readers write it: "LeCun", "Yann LeCun", "Y. LeCun", "LeCun, Yann", "LeCun Y", "van der Maaten". Null when it
 * holds no letter. Whether the family name stands first (He Kaiming) cannot be seen: the index knows both ways round.
 */
export function readAuthorQuery(typed: string): AuthorName | null {
  const name = readAuthorName(typed.replace(/[\s,]+et\.? al\.?$/i, ""));
  if (name.kind === "others") return null;
  const family = foldWords(name.kind === "person" ? name.family : name.name);
  const given = name.kind === "person" ? foldWords(name.given) : [];
  // "LeCun Y": nobody's family name is one letter.
  const isTurned = given.length > 0 && family.every(isInitial) && !given.every(isInitial);
  const parts = isTurned ? { family: given, given: family } : { family, given };
  return parts.family.length > 0 ? parts : null;
}

function isInitial(part: string): boolean {
  return [...part].length === 1;
}
