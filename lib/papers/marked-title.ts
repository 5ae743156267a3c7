import { plainText } from "#lib/papers/plain-text.ts";

/** A title as one line of plain text, where there is no room for a mark beside it: a withdrawn paper's says so first. */
export function markedTitle({ title, withdrawn }: { title: string; withdrawn: boolean }): string {
  return withdrawn ? `Withdrawn: ${plainText(title)}` : plainText(title);
}
