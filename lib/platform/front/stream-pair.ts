import { Duplex } from "node:stream";

/**
 * Two ends of one connection inside this process: what is written to one is read from the other, and when one breaks the
 * other does.
 *
 * Node's own duplexPair stops for ever when the reader asks for more while it is being given something (26.10: the
 * writer's callback is stored after the push, and the read that should call it has passed by then).
 */
export function streamPair(): [Duplex, Duplex] {
  const left = new End();
  const right = new End();
  left.join(right);
  right.join(left);
  return [left, right];
}

class End extends Duplex {
  private other: End | undefined;
  private giveMore: (() => void) | undefined;

  join(other: End): void {
    this.other = other;
  }

  override _read(): void {
    // Later, because a read may come while a chunk is being taken in: HTTP's parser must not be entered twice.
    if (this.giveMore) process.nextTick(this.giveMore);
    this.giveMore = undefined;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.other) this.other.giveMore = done;
    this.other?.push(chunk);
    if (chunk.length === 0) this.other?._read(); // an empty chunk wakes no reader
  }

  override _final(done: () => void): void {
    this.other?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this;
    // An end that was read to the end breaks nothing any more.
    process.nextTick(() => {
      if (other && !other.destroyed && !other.readableEnded) other.destroy();
    });
    done(error);
  }
}
