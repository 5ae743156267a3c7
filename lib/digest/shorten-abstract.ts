/**
 * At most `limit` characters, cut after a sentence; where the first sentence is longer than that, after a word, with an
 * ellipsis. A dot after a single letter, a digit's or an abbreviation's ends no sentence.
 */
export function shortenAbstract(text: string, limit: number): { text: string; shortened: boolean } {
  if (text.length <= limit) return { text, shortened: false };
  const end = lastSentenceEnd(text, limit);
  if (end >= limit / 3) return { text: text.slice(0, end), shortened: true };
  const space = text.lastIndexOf(" ", limit - 1);
  const cut = text.slice(0, space > 0 ? space : limit - 1).replace(/[\s,;:(–—-]+$/u, "");
  return { text: `${cut.toWellFormed()}…`, shortened: true };
}

const abbreviations = /(?:\b\p{L}|\b(?:al|cf|resp|vs|approx|Fig|Eq|Sec|Tab|No|St|Dr|Prof|etc))\.$/u;

function lastSentenceEnd(text: string, limit: number): number {
  let end = 0;
  for (const match of text.slice(0, limit + 1).matchAll(/[.!?]["”’)]*(?=\s+["“(]?[\p{Lu}\d])/gu)) {
    const until = match.index + match[0].length;
    if (until <= limit && !abbreviations.test(text.slice(0, match.index + 1))) end = until;
  }
  return end;
}
