import { grown } from "#lib/search/engine/bytes.ts";

// A stream is four numbers in an array of its owner: where its first chunk begins, where its last one does, where its next byte
// goes, and where the last chunk ends. Each chunk begins with the place of the next one, in four bytes.
const headAt = 0;
const lastAt = 1;
const nextAt = 2;
const endAt = 3;

const link = 4;
const smallest = 8;
const largest = 4096;

/**
 * Hundreds of thousands of streams of bytes that grow side by side in one array, each in chunks that double: most streams stay
 * at a few bytes, some become megabytes.
 */
export class ByteChunks {
  #bytes = new Uint8Array(4096);
  #links = new Int32Array(this.#bytes.buffer);
  /** Bytes in use. */
  length = 0;
  #taken = new Uint8Array(4096);

  open(streams: Int32Array, at: number): void {
    const begin = this.#chunk(smallest);
    streams[at + headAt] = streams[at + lastAt] = begin;
    streams[at + nextAt] = begin + link;
    streams[at + endAt] = begin + smallest;
  }

  /** A whole number from 0 to 2^32 - 1, as `ByteWriter` writes it. */
  number(streams: Int32Array, at: number, value: number): void {
    const next = streams[at + nextAt] ?? 0;
    if (value < 128 && next !== streams[at + endAt]) {
      this.#bytes[next] = value;
      streams[at + nextAt] = next + 1;
      return;
    }
    let rest = value;
    while (rest > 127) {
      this.#byte(streams, at, (rest & 127) | 128);
      rest >>>= 7;
    }
    this.#byte(streams, at, rest);
  }

  /** All of a stream, as a copy. */
  read(streams: Int32Array, at: number): Uint8Array {
    const last = streams[at + lastAt] ?? 0;
    let length = 0;
    let size = smallest;
    for (let chunk = streams[at + headAt] ?? 0; ; chunk = this.#links[chunk >> 2] ?? 0) {
      const end = chunk === last ? (streams[at + nextAt] ?? 0) : chunk + size;
      if (length + size > this.#taken.length) this.#taken = grown(this.#taken, 2 * (length + size));
      this.#taken.set(this.#bytes.subarray(chunk + link, end), length);
      length += end - chunk - link;
      if (chunk === last) return this.#taken.slice(0, length);
      size = Math.min(2 * size, largest);
    }
  }

  #byte(streams: Int32Array, at: number, byte: number): void {
    if (streams[at + nextAt] === streams[at + endAt]) this.#extend(streams, at);
    const next = streams[at + nextAt] ?? 0;
    this.#bytes[next] = byte;
    streams[at + nextAt] = next + 1;
  }

  #extend(streams: Int32Array, at: number): void {
    const last = streams[at + lastAt] ?? 0;
    const size = Math.min(2 * ((streams[at + endAt] ?? 0) - last), largest);
    const begin = this.#chunk(size);
    this.#links[last >> 2] = begin;
    streams[at + lastAt] = begin;
    streams[at + nextAt] = begin + link;
    streams[at + endAt] = begin + size;
  }

  #chunk(size: number): number {
    const begin = this.length;
    this.length += size;
    if (this.length > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, 2 * this.#bytes.length);
      this.#links = new Int32Array(this.#bytes.buffer);
    }
    return begin;
  }
}
