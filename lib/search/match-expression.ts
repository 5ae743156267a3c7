import type { ParsedQuery } from "#lib/search/types.ts";

export const textColumns = "{title abstract compounds}";
export const withAuthors = "{title abstract compounds authors}";

/** Papers that have every word and phrase in `columns`; null when the query has none. */
export function allWords({ words, phrases }: ParsedQuery, columns: string): string | null {
  const wanted = [...phrases.map(quoted), ...words.map((word) => quoted([word]))];
  return wanted.length > 0 ? `${columns} : (${wanted.join(" AND ")})` : null;
}

/** Papers that have every phrase and one of `some` at least; null when there are neither. */
export function anyWord({ phrases }: ParsedQuery, some: readonly string[]): string | null {
  if (some.length === 0) return null;
  const any = `(${some.map((word) => quoted([word])).join(" OR ")})`;
  return `${textColumns} : (${[...phrases.map(quoted), any].join(" AND ")})`;
}

/** The argument of FTS5's MATCH: what is wanted, without what is not. */
export function matchExpression({ without }: ParsedQuery, wanted: string): string {
  return without.length > 0 ? `(${wanted}) NOT (${textColumns} : (${without.map(quoted).join(" OR ")}))` : wanted;
}

/** Stems side by side as an FTS5 string. They hold letters and digits only; doubling quotes keeps it so if that ever changes. */
function quoted(stems: readonly string[]): string {
  return `"${stems.join(" ").replaceAll('"', '""').replaceAll("\0", " ")}"`;
}
