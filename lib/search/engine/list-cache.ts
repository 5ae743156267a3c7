import type { PostingsBlock } from "#lib/search/engine/paper-reader.ts";

const mostBytes = 24e6;

// Shorter lists are read as quickly as they are found here.
const fewestBlocks = 4;

/** The longest lists that were asked for last: a few hundred words are in most questions. */
export class ListCache {
  readonly #lists = new Map<number, PostingsBlock[]>();
  #bytes = 0;

  get(term: number, read: () => PostingsBlock[]): PostingsBlock[] {
    const kept = this.#lists.get(term);
    const blocks = kept ?? read();
    if (blocks.length < fewestBlocks) return blocks;
    // A map gives its keys in the order in which they were put in: the first is the one that was not asked for longest.
    this.#lists.delete(term);
    this.#lists.set(term, blocks);
    if (!kept) this.#bytes += bytesOf(blocks);
    for (const [oldest, list] of this.#lists) {
      if (this.#bytes <= mostBytes) break;
      this.#bytes -= bytesOf(list);
      this.#lists.delete(oldest);
    }
    return blocks;
  }

  clear(): void {
    this.#lists.clear();
    this.#bytes = 0;
  }
}

function bytesOf(blocks: readonly PostingsBlock[]): number {
  return blocks.reduce((sum, { postings }) => sum + postings.byteLength, 0);
}
