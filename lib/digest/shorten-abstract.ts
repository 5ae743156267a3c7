import { tiedText, untied } from "#lib/papers/plain-text.ts";

/**
 * An abstract as plain text of at most `limit` characters, cut after a sentence, never within a formula. A dot after a single
 * letter, an abbreviation's or one within brackets ends no sentence. Where the first sentence is too long by itself, the cut is
 * after a word, with an ellipsis.
 */
export function shortenAbstract(abstract: string, limit: number): { text: string; shortened: boolean } {
  const { text, shortened } = shorten(tiedText(abstract), limit);
  return { text: untied(text), shortened };
}

/** The same for text that is plain already. */
export function shorten(text: string, limit: number): { text: string; shortened: boolean } {
  if (text.length <= limit) return { text, shortened: false };
  const end = lastSentenceEnd(text, limit);
  if (end >= limit / 3) return { text: text.slice(0, end), shortened: true };
  return { text: `${cutAfterWord(text, limit)}…`, shortened: true };
}

// The last group: journals, whose names are cited in the middle of sentences.
const abbreviations =
  /(?:\b\p{L}|\b(?:al|cf|resp|vs|viz|ca|approx|incl|esp|avg|max|min|std|etc|Figs?|Eqs?|Secs?|Sect|Tabs?|Refs?|Ch|Chap|Thm|Lem|Prop|Def|Cor|Alg|App|Vol|No|Nos|pp|eds?|St|Dr|Mr|Mrs|Ms|Prof|Jr|Sr|Inc|Ltd|Univ|Dept|Phys|Rev|Lett|Opt|Soc|Am|Amer|Proc|Int|Conf|Math|Ann|Astron|Astrophys|Nucl|Natl|Acad|Sci))\.$/u;

function lastSentenceEnd(text: string, limit: number): number {
  let end = 0;
  let depth = 0;
  let at = 0;
  // Not `\s`: a no-break space is one within a formula.
  for (const match of text.slice(0, limit + 1).matchAll(/[.!?]["”’)\]]*(?= +["“(]?[\p{Lu}\d])/gu)) {
    const until = match.index + match[0].length;
    depth = Math.max(0, depth + bracketDepth(text.slice(at, until)));
    at = until;
    // A bracket that nothing closes says nothing.
    const isWithin = depth > 0 && /^[^([]*[)\]]/.test(text.slice(until, until + 200));
    if (until <= limit && !isWithin && !abbreviations.test(text.slice(0, match.index + 1))) end = until;
  }
  return end;
}

/** Before brackets that would stay open, if enough is left. */
function cutAfterWord(text: string, limit: number): string {
  const space = text.lastIndexOf(" ", limit - 1);
  const cut = text.slice(0, space > 0 ? space : limit - 1);
  const open = bracketDepth(cut) > 0 ? cut.search(/[([{][^)\]}]*$/) : -1;
  return (open > limit / 2 ? cut.slice(0, open) : cut).replace(/[\s.,;:(–—-]+$/u, "").toWellFormed();
}

function bracketDepth(text: string): number {
  return (text.match(/[([{]/g)?.length ?? 0) - (text.match(/[)\]}]/g)?.length ?? 0);
}
