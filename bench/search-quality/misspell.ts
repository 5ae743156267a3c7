import { drawn, shuffled } from "./judged-set.ts";

/** One word of six letters or more with one mistake after its first letter, as fingers make them; null when there is no such word. */
export function misspell(title: string, seed: string): string | null {
  const words = title.split(" ");
  const long = words.flatMap((word, place) => (/^[A-Za-z]{6,}$/.test(word) ? [place] : []));
  const [place] = shuffled(long, seed, String);
  if (place === undefined) return null;
  return words.with(place, mistype(words[place] ?? "", seed)).join(" ");
}

function mistype(word: string, seed: string): string {
  const at = 1 + Math.floor(drawn(`${seed} at`) * (word.length - 2));
  const [before, one, two, after] = [word.slice(0, at), word.charAt(at), word.charAt(at + 1), word.slice(at + 2)];
  switch (Math.floor(drawn(`${seed} how`) * 4)) {
    case 0:
      return before + two + after;
    case 1:
      return before + one + one + two + after;
    case 2:
      return before + neighbour(one) + two + after;
    default:
      return before + two + one + after;
  }
}

/** The key to the right. */
function neighbour(letter: string): string {
  const row = "qwertyuiop asdfghjkl zxcvbnm";
  return row.charAt(row.indexOf(letter.toLowerCase()) + 1).trim() || "x";
}

const prefixes =
  /\b(multi|pre|post|non|semi|self|inter|intra|sub|super|co|re|meta|hyper|cross|auto|over|under|bi|data)-/gi;

/**
 * The same title as somebody else would write it: hyphens as a blank or as nothing, American endings as British ones, and the
 * other way; null when nothing of that occurs.
 */
export function respell(title: string, seed: string): string | null {
  const joined = drawn(`${seed} joint`) < 0.5 ? title : title.replace(prefixes, "$1");
  const other = joined.replace(/(?<=\p{L}{2})-(?=\p{L}{2})/gu, " ").replace(/\b\w+\b/g, (word) => {
    for (const [from, to] of endings) if (from.test(word)) return word.replace(from, to);
    return word;
  });
  return other === title ? null : other;
}

const endings: [RegExp, string][] = [
  [/(?<=\w{3})iz(e|ed|es|er|ing|ation|ations)$/i, "is$1"],
  [/(?<=al|ar|er|an|im|gn|or)is(e|ed|es|er|ing|ation|ations)$/i, "iz$1"],
  [/(?<=avi|ol|lab|fav)or(s|ed|al|ing)?$/i, "our$1"],
  [/(?<=mode|labe|trave|signa|tunne)l(ed|ing|er)$/i, "ll$1"],
  [/(?<=mode|labe|trave|signa|tunne)ll(ed|ing|er)$/i, "l$1"],
  [/(?<=cent|fib|lit|met)er(s)?$/i, "re$1"],
];
