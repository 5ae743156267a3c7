import { type AnalysedWord, analyseWord, joinNext, longestName, stemOf } from "#lib/search/analyse-text.ts";
import { NumberList } from "#lib/search/engine/bytes.ts";
import { longestTitle, mostAuthors, nameMark, type PaperBody } from "#lib/search/engine/paper-body.ts";
import type { Vocabulary } from "#lib/search/engine/vocabulary.ts";
import { notThere, WordTable } from "#lib/search/engine/word-table.ts";
import { joinsAnything, secondParts } from "#lib/search/compounds.ts";
import { WordScan } from "#lib/search/scan-words.ts";
import type { SearchableText } from "#lib/search/types.ts";

/** A word of a text: which words of the vocabulary it is, and the term of its parts put together. */
type Meaning = {
  words: readonly number[];
  compound: number | null;
  /** What may follow it as the second part of one word. */
  joins: "nothing" | "pairs" | "anything";
};

// Words of texts, and parts of names, that are found again by their letters. The commonest come first.
const mostRemembered = 500_000;

/**
 * Analyses papers as `analyseText` and `analyseName` do, but into numbers: each distinct word of all papers is analysed once, and
 * then found again by its letters.
 */
export class PaperAnalyser {
  readonly #vocabulary: Vocabulary;
  readonly #scan = new WordScan();
  /** 0: a stop word; n > 0: the word n - 1 of the vocabulary; n < 0: see `#others` at -n. */
  readonly #texts = new WordTable();
  /** The first two places: none, and a word that is not remembered. */
  readonly #others: Meaning[] = [nothing, nothing];
  /** A part of a name: where its term and that of its initial stand in `#nameTerms`. */
  readonly #names = new WordTable();
  readonly #nameTerms = new NumberList();
  readonly #secondParts = new WordTable();
  readonly #terms = new NumberList();
  readonly #compounds = new NumberList();
  readonly #named = new NumberList();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#scan.scan(secondParts.join(" "), "text");
    for (let n = 0; n < this.#scan.count; n++) {
      if (this.#secondParts.get(this.#scan, n) === notThere) this.#secondParts.put(this.#scan, n, 0);
    }
  }

  /** The arrays are written over by the next paper. `number`: the paper's, for the counting of words. */
  analyse(paper: SearchableText, number: number): PaperBody {
    this.#terms.length = this.#compounds.length = this.#named.length = 0;
    this.#readText(paper.title, number, longestTitle);
    const titleLength = this.#terms.length;
    const titleCompounds = this.#compounds.length;
    this.#readText(paper.abstract, number, Number.POSITIVE_INFINITY);
    const abstractLength = this.#terms.length - titleLength;
    for (let at = 0; at < this.#compounds.length; at++) this.#terms.push(this.#compounds.values[at] ?? 0);
    const authors = Math.min(paper.authors.length, mostAuthors);
    for (let author = 0; author < authors; author++) this.#readName(paper.authors[author] ?? "", author);
    // "Hinton 2015": the year stands with the names, as the number of an author that nobody is.
    this.#name(this.#vocabulary.termOf(nameMark + paper.day.slice(0, 4)), mostAuthors);
    return {
      titleLength,
      abstractLength,
      titleCompounds,
      terms: this.#terms.values.subarray(0, this.#terms.length),
      names: this.#named.values.subarray(0, this.#named.length),
    };
  }

  #readText(text: string, paper: number, most: number): void {
    const scan = this.#scan;
    scan.scan(text, "text");
    const end = this.#terms.length + most;
    for (let n = 0; n < scan.count; n++) {
      const known = this.#texts.get(scan, n);
      const meaning = known === notThere ? this.#meet(n) : known;
      if (meaning === 0) continue;
      if (meaning > 0) this.#push(meaning - 1, paper, end);
      else if (this.#pushOther(this.#others[-meaning] ?? nothing, n, { paper, end })) n++;
    }
  }

  #push(word: number, paper: number, end: number): void {
    if (this.#terms.length < end) this.#terms.push(this.#vocabulary.meet(word, paper));
  }

  /** Answers whether it was one word with the next. */
  #pushOther(meaning: Meaning, n: number, { paper, end }: { paper: number; end: number }): boolean {
    const joined = this.#mayJoin(meaning, n) ? joinNext(this.#scan.word(n), this.#scan.word(n + 1)) : null;
    const { words, compound } = joined ? this.#meaningOf(joined) : meaning;
    for (const word of words) this.#push(word, paper, end);
    if (compound !== null) this.#compounds.push(compound);
    return joined !== null;
  }

  #mayJoin({ joins }: Meaning, n: number): boolean {
    if (joins === "nothing" || n + 1 >= this.#scan.count) return false;
    return joins === "anything" || this.#secondParts.get(this.#scan, n + 1) !== notThere;
  }

  /** What a word that was not met yet means, as `#meanings` has it; it is remembered if there is room. */
  #meet(n: number): number {
    const written = this.#scan.word(n);
    const meaning = this.#meaningOf(analyseWord(written), joinsAnything(written) ? "anything" : "pairs");
    const [word = -1] = meaning.words;
    const isOne = meaning.words.length <= 1 && meaning.compound === null && meaning.joins === "nothing";
    if (this.#vocabulary.isFull || this.#texts.size >= mostRemembered) {
      this.#others[1] = meaning;
      return isOne ? word + 1 : -1;
    }
    const code = isOne ? word + 1 : 1 - this.#others.push(meaning);
    this.#texts.put(this.#scan, n, code);
    return code;
  }

  #meaningOf({ written, stems, compound, mayJoin }: AnalysedWord, joins: Meaning["joins"] = "nothing"): Meaning {
    const words = written.map((word, at) => this.#vocabulary.wordOf(word, stems[at] ?? ""));
    const term = compound === null ? null : this.#vocabulary.termOf(compound);
    return { words, compound: term, joins: mayJoin ? joins : "nothing" };
  }

  #readName(name: string, author: number): void {
    const scan = this.#scan;
    scan.scan(name.slice(0, longestName), "names");
    const begin = this.#named.length;
    for (let n = 0; n < scan.count; n++) {
      const known = this.#names.get(scan, n);
      const at = known === notThere ? this.#meetName(n) : known;
      for (let of = at; of < at + 2; of++) {
        const term = this.#nameTerms.values[of] ?? 0;
        if (!this.#isNamed(term, begin)) this.#name(term, author);
      }
    }
  }

  #meetName(n: number): number {
    // What is not remembered is written over by the next.
    const isKept = this.#names.size < mostRemembered;
    if (!isKept) this.#nameTerms.length = 2 * mostRemembered;
    const at = this.#nameTerms.length;
    for (const term of this.#vocabulary.termsOfName(stemOf(this.#scan.word(n)))) this.#nameTerms.push(term);
    if (isKept) this.#names.put(this.#scan, n, at);
    return at;
  }

  #isNamed(term: number, begin: number): boolean {
    for (let at = begin; at < this.#named.length; at += 2) if (this.#named.values[at] === term) return true;
    return false;
  }

  #name(term: number, author: number): void {
    this.#named.push(term);
    this.#named.push(author);
  }
}

const nothing: Meaning = { words: [], compound: null, joins: "nothing" };
