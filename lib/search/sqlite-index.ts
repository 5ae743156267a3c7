import { correctWords } from "#lib/search/engine/correct-words.ts";
import { findSimilar } from "#lib/search/engine/find-similar.ts";
import { IndexFile, type OpenMode, unlessBroken } from "#lib/search/engine/index-file.ts";
import { readState } from "#lib/search/engine/index-state.ts";
import { PaperReader } from "#lib/search/engine/paper-reader.ts";
import { PaperWriter } from "#lib/search/engine/paper-writer.ts";
import { Scores } from "#lib/search/engine/scores.ts";
import { searchPapers } from "#lib/search/engine/search-papers.ts";
import { suggest } from "#lib/search/engine/suggest.ts";
import type { PaperId } from "#lib/papers/types.ts";
import type {
  Correction,
  FoundPapers,
  IndexedPaper,
  ParsedQuery,
  Progress,
  SearchableText,
  SearchOrder,
  SimilarPapers,
  Suggestions,
} from "#lib/search/types.ts";

/**
 * One index in one SQLite file. Synchronous, so it lives in a thread of its own (index-thread.ts). Many may read a file
 * while one writes it (WAL). Throws `BrokenIndexError` when the file is damaged or of another make.
 */
export class SqliteIndex {
  readonly #file: IndexFile;
  readonly #reader: PaperReader | null;
  readonly #writer: PaperWriter | null;
  readonly #scores = new Scores();

  constructor(path: string, use: OpenMode) {
    this.#file = new IndexFile(path, use);
    this.#writer = use === "read" ? null : new PaperWriter(path, this.#file, { bulk: use === "bulk" });
    this.#reader = use === "bulk" ? null : new PaperReader(this.#file);
  }

  search(query: ParsedQuery, { limit, order = "best" }: { limit: number; order?: SearchOrder }): FoundPapers {
    return this.#read((reader) => searchPapers(reader, this.#scores, query, { limit, order }));
  }

  suggest(text: string, { limit }: { limit: number }): Suggestions {
    return this.#read((reader) => suggest(reader, this.#scores, text, limit));
  }

  correct(words: readonly string[]): Correction[] {
    return this.#read((reader) => correctWords(reader, words));
  }

  similar(id: PaperId, { limit }: { limit: number }): SimilarPapers {
    return this.#read((reader) => findSimilar(reader, this.#scores, id, limit));
  }

  index(papers: readonly SearchableText[]): void {
    this.#write((writer) => writer.index(papers));
  }

  remove(ids: readonly PaperId[]): number {
    return this.#write((writer) => writer.remove(ids));
  }

  count(): number {
    return unlessBroken(() => readState(this.#file).papers);
  }

  findStale(papers: readonly IndexedPaper[]): PaperId[] {
    return unlessBroken(() => {
      const seqOf = this.#file.statement("SELECT seq FROM papers WHERE id = ?");
      return papers.filter(({ id, seq }) => seqOf.get(id)?.seq !== seq).map(({ id }) => id);
    });
  }

  list({ after, limit }: { after: string; limit: number }): IndexedPaper[] {
    return unlessBroken(() =>
      this.#file
        .statement("SELECT id, seq FROM papers WHERE id > ? ORDER BY id LIMIT ?")
        .all(after, limit)
        .map(({ id, seq }) => ({ id: String(id) as PaperId, seq: Number(seq) })),
    );
  }

  readProgress(): Progress | null {
    return unlessBroken(() => this.#file.readFact<Progress>("progress"));
  }

  writeProgress(progress: Progress): void {
    unlessBroken(() => this.#file.writeFact("progress", progress));
  }

  compact(): void {
    this.#write((writer) => writer.compact());
  }

  close(): void {
    this.#file.close();
  }

  #read<T>(work: (reader: PaperReader) => T): T {
    const reader = this.#reader;
    if (!reader) throw new Error("This index is being loaded. Search it when it has been compacted and opened again.");
    return reader.read(() => work(reader));
  }

  #write<T>(work: (writer: PaperWriter) => T): T {
    const writer = this.#writer;
    if (!writer) throw new Error("This index is open for reading. Open it for writing.");
    return unlessBroken(() => work(writer));
  }
}
