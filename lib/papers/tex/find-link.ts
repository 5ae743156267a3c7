/** An http or https address found in running text; `end` is the index behind what belongs to it. */
export type LinkSpan = { href: string; typed: string; end: number };

const LONGEST_LINK = 500;
// TeX escapes inside an address (\_ \~ \% \# \&) are the author's, not the server's.
const address = /https?:\/\/(?:[^\s<>"{}|\\^`$]|\\[_~%#&])+/iy;

/** The web address that starts at `at`, without the punctuation of the sentence around it. */
export function findLink(text: string, at: number): LinkSpan | null {
  if (/[\p{L}\p{N}]/u.test(text[at - 1] ?? " ")) return null;
  address.lastIndex = at;
  const found = address.exec(text)?.[0];
  if (!found || found.length > LONGEST_LINK) return null;
  const typed = withoutTrailingPunctuation(found);
  const href = webAddress(typed.replace(/\\([_~%#&])/g, "$1"));
  return href === null ? null : { href, typed: typed.replace(/\\([_~%#&])/g, "$1"), end: at + typed.length };
}

/** The address as it may stand in `href`: http or https with a host and without a user name. Null for anything else. */
export function webAddress(text: string): string | null {
  if (!/^https?:\/\/\S+$/i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isWeb = (url.protocol === "https:" || url.protocol === "http:") && url.hostname.includes(".");
  return isWeb && !url.username && !url.password ? url.href : null;
}

/** A closing bracket belongs to the address when it was opened there, as Wikipedia's are. */
function withoutTrailingPunctuation(found: string): string {
  let unopened = found.split(")").length - found.split("(").length;
  let end = found.length;
  for (; end > 0; end -= 1) {
    const last = found[end - 1] ?? "";
    if (last === ")" && unopened > 0) unopened -= 1;
    else if (!/[.,;:!?'’”*~\]]/.test(last)) break;
  }
  return found.slice(0, end);
}
