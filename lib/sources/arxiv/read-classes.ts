import { oneLine } from "#lib/papers/clean-text.ts";

/**
 * arXiv's own classes, the primary one first, and beside them what else authors put among the categories: ACM codes (I.2.7)
 * and MSC codes (68T07).
 */
export function readClasses(terms: readonly string[], primary = ""): { categories: string[]; otherClasses: string[] } {
  const all = [...new Set([primary, ...terms].map(oneLine).filter(Boolean))];
  return { categories: all.filter(isArxivClass), otherClasses: all.filter((term) => !isArxivClass(term)) };
}

/** `cs.LG`, `hep-th`, `astro-ph.GA`, `q-bio.NC`, `cond-mat.mes-hall`; not `I.2.7` and not `68T07, 62H30`. */
function isArxivClass(term: string): boolean {
  return /^[a-z]+(-[a-z]+)?(\.([A-Z]{2}|[a-z]+(-[a-z]+)?))?$/.test(term);
}
