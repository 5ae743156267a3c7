// https://www.w3.org/TR/mathml-core/ and what Temml writes beside it. No <maction>, <semantics>, <annotation-xml> (a door
// to HTML), <merror>, and no <mglyph>, which loads pictures.
const elements = new Set(
  `math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts mprescripts
  none mtable mtr mtd mlabeledtr mstyle mpadded mphantom menclose`.split(/\s+/),
);

// No id, href, src, xlink:*, on*.
const attributes = new Set(
  `xmlns display displaystyle scriptlevel mathvariant mathsize mathcolor mathbackground class style dir form fence separator stretchy symmetric
  largeop movablelimits accent accentunder lspace rspace minsize maxsize width height depth voffset linethickness notation
  columnalign columnlines columnspacing columnspan rowalign rowlines rowspacing rowspan frame framespacing equalrows
  equalcolumns align side intent`.split(/\s+/),
);

// Declarations of Temml's: words, lengths, colours. No url(), no expression, no escapes.
const harmlessStyle = /^(?:[a-z-]+:\s*[a-z0-9#.%\s-]+;?\s*)*$/i;
const harmlessValue = /^[^<>"\\]*$/;

const tag = /<(?:\/([a-z]+)|([a-z]+)((?:\s+[a-z]+="[^"<>]*")*)\s*(\/?))>/y;
const attribute = /([a-z]+)="([^"<>]*)"/g;
// Text without a bare ampersand: XML knows five names, the rest must be numbers.
const characters = /(?:[^<>&]|&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)+/y;

/**
 * True when the text is one well-formed `<math>` element with MathML's presentation elements and harmless attributes only.
 * Everything else is refused, whoever wrote it: this is what allows the element into a page as it is.
 */
export function isSafeMathml(mathml: string): boolean {
  const open: string[] = [];
  let at = 0;
  while (at < mathml.length) {
    const length = readTag(mathml, at, open) || (open.length > 0 && readCharacters(mathml, at));
    if (!length) return false;
    at += length;
    if (open.length === 0) break;
  }
  return mathml.startsWith("<math") && at === mathml.length && open.length === 0;
}

/** Length of the tag at `at`, 0 when there is none or it is not allowed. Keeps `open`, the elements not yet closed. */
function readTag(mathml: string, at: number, open: string[]): number {
  tag.lastIndex = at;
  const found = tag.exec(mathml);
  if (!found) return 0;
  const [whole, closed, opened = "", list = "", empty] = found;
  if (closed !== undefined) return open.pop() === closed ? whole.length : 0;
  if (!elements.has(opened) || (opened === "math") !== (open.length === 0) || !hasSafeAttributes(list)) return 0;
  if (!empty) open.push(opened);
  return whole.length;
}

function readCharacters(mathml: string, at: number): number {
  characters.lastIndex = at;
  return characters.exec(mathml)?.[0].length ?? 0;
}

function hasSafeAttributes(list: string): boolean {
  const names = new Set<string>();
  for (const [, name = "", value = ""] of list.matchAll(attribute)) {
    const isHarmless = name === "style" ? harmlessStyle.test(value) : harmlessValue.test(value);
    if (!attributes.has(name) || names.has(name) || !isHarmless) return false;
    if (name === "xmlns" && value !== "http://www.w3.org/1998/Math/MathML") return false;
    names.add(name);
  }
  return true;
}
