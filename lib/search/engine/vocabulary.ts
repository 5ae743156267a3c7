import { grown } from "#lib/search/engine/bytes.ts";
import type { IndexFile } from "#lib/search/engine/index-file.ts";
import { initialTerm, nameMark } from "#lib/search/engine/paper-body.ts";

// So many words and terms are kept in memory. The commonest come first, and what is kept then is what matters.
const mostKept = 400_000;

// Of a word: its term, how many papers had it since it was written down last, and the last of them.
const stride = 3;

/** The writer's words and terms: gives stems their numbers, and counts for each word as it is written how many papers have it. */
export class Vocabulary {
  readonly #file: IndexFile;
  readonly #bulk: boolean;
  readonly #terms = new Map<string, number>();
  /** Those that the file has not: their numbers follow each other. */
  readonly #newTerms = new Map<string, number>();
  firstNewTerm: number;
  readonly #wordNumbers = new Map<string, number>();
  /** By number. */
  readonly #written: string[] = [];
  #words = new Int32Array(stride * 1024);
  /** Words with a count that is not written down. */
  #met: number[] = [];

  constructor(file: IndexFile, { bulk }: { bulk: boolean }) {
    this.#file = file;
    this.#bulk = bulk;
    this.firstNewTerm = Number(file.statement("SELECT coalesce(max(id), 0) AS last FROM terms").get()?.last) + 1;
  }

  /** No more is kept: what is new now has a number of a word until `writeCounts` only. */
  get isFull(): boolean {
    return this.#written.length >= mostKept;
  }

  termOf(stem: string): number {
    const known = this.#terms.get(stem) ?? this.#newTerms.get(stem);
    if (known !== undefined) return known;
    const hasRoom = this.#terms.size < mostKept;
    // In a first load everything is in memory until that is full.
    const isNew = this.#bulk && hasRoom;
    const stored = isNew ? undefined : this.#file.statement("SELECT id FROM terms WHERE stem = ?").get(stem)?.id;
    const term = stored === undefined ? this.firstNewTerm + this.#newTerms.size : Number(stored);
    if (stored === undefined) this.#newTerms.set(stem, term);
    if (hasRoom) this.#terms.set(stem, term);
    return term;
  }

  /** Of a part of a name: its own term, and that of the initial which may stand for it. */
  termsOfName(part: string): readonly [part: number, initial: number] {
    return [this.termOf(nameMark + part), this.termOf(initialTerm(part))];
  }

  /** The number of a word as it is written. */
  wordOf(written: string, stem: string): number {
    const known = this.#wordNumbers.get(written);
    if (known !== undefined) return known;
    const word = this.#written.push(written) - 1;
    this.#wordNumbers.set(written, word);
    if (stride * (word + 1) > this.#words.length) this.#words = grown(this.#words, 2 * this.#words.length);
    this.#words.set([this.termOf(stem), 0, 0], stride * word);
    return word;
  }

  /** Counts the word once for each paper, and gives its term. */
  meet(word: number, paper: number): number {
    const words = this.#words;
    const at = stride * word;
    if (words[at + 2] !== paper) {
      words[at + 2] = paper;
      if (words[at + 1] === 0) this.#met.push(word);
      words[at + 1] = (words[at + 1] ?? 0) + 1;
    }
    return words[at] ?? 0;
  }

  /** `papersOf`: how many papers have a new term, as far as the file's lists tell. */
  writeTerms(papersOf: (term: number) => number): void {
    const insert = this.#file.statement("INSERT INTO terms (id, stem, papers) VALUES (?, ?, ?)");
    for (const [stem, term] of this.#newTerms) insert.run(term, stem, papersOf(term));
    this.firstNewTerm += this.#newTerms.size;
    this.#newTerms.clear();
  }

  writeCounts(): void {
    const more = this.#file.statement(
      `INSERT INTO words (word, term, papers) VALUES (?, ?, ?)
       ON CONFLICT (word) DO UPDATE SET papers = papers + excluded.papers`,
    );
    // By the alphabet, as the table is: each of its pages is visited once.
    const met = this.#met.map((word) => ({ word, written: this.#written[word] ?? "" }));
    for (const { word, written } of met.toSorted((a, b) => (a.written < b.written ? -1 : 1))) {
      more.run(written, this.#words[stride * word] ?? 0, this.#words[stride * word + 1] ?? 0);
      this.#words[stride * word + 1] = 0;
    }
    this.#met = [];
    for (const written of this.#written.splice(mostKept)) this.#wordNumbers.delete(written);
  }
}
