import { foldText } from "#lib/search/fold-text.ts";
import { texToWords } from "#lib/search/tex-words.ts";

/** `text`: hyphens and points join the parts of a word. `names`: they part them. */
export type ScanKind = "text" | "names";

// Longer texts than any abstract are cut: arXiv ends abstracts at 1,920 characters, other sources may not.
const longestText = 20_000;

/**
 * The words of one text, folded (fold-text.ts), as letters in arrays that the next text writes over: a first load reads a
 * million texts, and strings for each of their words would be most of its work. Word n stands in `letters` from `starts[n]`
 * to `ends[n]`.
 */
export class WordScan {
  letters = new Uint16Array(4096);
  // Words are kept apart by a mark at least.
  starts = new Int32Array(2049);
  ends = new Int32Array(2049);
  /** Of the words' letters; see `hashOf`. */
  hashes = new Int32Array(2049);
  count = 0;

  scan(text: string, kind: ScanKind): void {
    const whole = text.length > longestText ? text.slice(0, longestText) : text;
    if (this.#read(whole, asWritten[kind])) return;
    const folded = foldText(texToWords(whole));
    if (!this.#read(folded, afterFolding[kind])) this.#readAny(folded, kind);
  }

  word(n: number): string {
    const [begin = 0, end = 0] = [this.starts[n], this.ends[n]];
    return Buffer.from(this.letters.buffer, 2 * begin, 2 * (end - begin)).toString("utf16le");
  }

  /** False, and nothing that it wrote counts, when `text` holds a sign whose meaning is not in `meanings`. */
  #read(text: string, meanings: Uint8Array): boolean {
    this.#begin(text.length);
    const { letters } = this;
    let begin = 0;
    let end = 0;
    let waiting = 0;
    const last = meanings.length - 1;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const meaning = meanings[Math.min(code, last)] ?? trouble;
      if (meaning >= firstLetter) {
        // A joint is part of the word when a letter follows.
        if (waiting !== 0) letters[end++] = waiting;
        letters[end++] = meaning;
        waiting = 0;
        continue;
      }
      if (meaning === trouble) return false;
      const isJoint = meaning === joint && waiting === 0 && end > begin;
      waiting = isJoint ? code : 0;
      if (!isJoint) begin = this.#end(begin, end);
    }
    this.#end(begin, end);
    return true;
  }

  /** The same by a regular expression, which knows all letters that there are. */
  #readAny(text: string, kind: ScanKind): void {
    this.#begin(text.length);
    let end = 0;
    for (const word of text.match(wordPattern[kind]) ?? []) {
      const begin = end;
      for (let at = 0; at < word.length; at++) this.letters[end++] = word.charCodeAt(at);
      this.#end(begin, end);
    }
  }

  #begin(length: number): void {
    this.count = 0;
    if (length <= this.letters.length) return;
    this.letters = new Uint16Array(2 * length);
    for (const list of ["starts", "ends", "hashes"] as const) this[list] = new Int32Array(length + 1);
  }

  /** Answers where the next word begins. */
  #end(begin: number, end: number): number {
    if (begin === end) return end;
    this.starts[this.count] = begin;
    this.ends[this.count] = end;
    this.hashes[this.count++] = hashOf(this.letters, begin, end);
    return end;
  }
}

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(letters: Uint16Array, begin: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = begin; at < end; at++) hash = Math.imul(hash ^ (letters[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

const wordPattern: Record<ScanKind, RegExp> = {
  text: /[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*/gu,
  names: /[\p{L}\p{N}]+/gu,
};

// What a sign means: it ends a word, it joins two parts of one, it cannot be told here, or it is this letter or digit.
const mark = 0;
const joint = 1;
const trouble = 2;
const firstLetter = 48;

/** For texts that need no folding but small letters: ASCII without TeX, apostrophes, `C++` and `C#`. */
const asWritten = forKinds(
  (code) => (/[\\$_^~{}`'#+]/.test(String.fromCharCode(code)) ? trouble : meaningOf(code)),
  128,
);

/** For folded texts: dashes, arrows and quotation marks are marks, letters beyond a to z are trouble. */
const afterFolding = forKinds(meaningOf, 0x2400);

function meaningOf(code: number): number {
  const letter = String.fromCharCode(code).toLowerCase();
  if (/^[a-z0-9]$/.test(letter)) return letter.charCodeAt(0);
  return /[\p{L}\p{N}]/u.test(letter) ? trouble : mark;
}

function forKinds(meaning: (code: number) => number, codes: number): Record<ScanKind, Uint8Array> {
  // The last stands for all codes beyond.
  const names = Uint8Array.from({ length: codes + 1 }, (_, code) => (code < codes ? meaning(code) : trouble));
  const text = names.slice();
  for (const sign of "-.") text[sign.charCodeAt(0)] = joint;
  return { text, names };
}
