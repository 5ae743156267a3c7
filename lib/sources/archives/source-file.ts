import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { decodeText } from "#lib/platform/text-encoding.ts";
import { UnexpectedAnswer } from "#lib/sources/types.ts";

/** A file on this machine, packed (gzip) or plain. Its own bytes decide that, not its name. */
export type SourceFile = {
  path: string;
  /** Bytes on the disk. */
  size: number;
  packed: boolean;
  /** Changes when the file does: of its size, its time, its beginning and its end. */
  identity: string;
  /** The beginning of what is in it. */
  head: string;
};

/** So much is looked at to see what a file is; one record with thousands of authors is longer than 64 KiB. */
const HEAD = 512 * 1024;
/** Files that are read whole: a day's list, a page of records. */
const MOST_WHOLE = 64 * 2 ** 20;

/** Looks at a file. Throws `UnexpectedAnswer` with a reason when it cannot be read. */
export async function openSourceFile(path: string): Promise<SourceFile> {
  try {
    const handle = await open(path);
    try {
      return await look(path, handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new UnexpectedAnswer(reasonFor(error));
  }
}

/** The unpacked bytes from an offset on. `read` gives the bytes of the disk that were used until then. */
export function readFrom(
  { path, packed }: Pick<SourceFile, "path" | "packed">,
  offset = 0,
): { stream: Readable; skipped: number; read: () => number } {
  const file = createReadStream(path, { start: packed ? 0 : offset, highWaterMark: 256 * 1024 });
  const start = packed ? 0 : offset;
  const stream = packed ? pipeline(file, createGunzip({ chunkSize: 256 * 1024 }), () => undefined) : file;
  // A packed file has no middle to begin at: what was read is unpacked once more, and passed over.
  return { stream, skipped: packed ? offset : 0, read: () => start + file.bytesRead };
}

/** All of a file as text. */
export async function readWhole(file: Pick<SourceFile, "path" | "packed">): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of readFrom(file).stream) {
      size += chunk.length;
      if (size > MOST_WHOLE) throw new UnexpectedAnswer(`it is larger than ${MOST_WHOLE / 2 ** 20} MiB`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw new UnexpectedAnswer(reasonFor(error));
  }
  return decodeText(Buffer.concat(chunks), null);
}

/** Why a file could not be read, for a person. */
export function reasonFor(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES") return "this user may not read it";
  if (code === "Z_BUF_ERROR") return "it ends in the middle";
  if (code.startsWith("Z_")) return "it is damaged gzip";
  return error instanceof Error ? error.message : String(error);
}

async function look(path: string, handle: FileHandle): Promise<SourceFile> {
  const { size, mtimeMs } = await handle.stat();
  const begin = await bytesAt(handle, 0, 64 * 1024);
  const end = await bytesAt(handle, Math.max(0, size - 64 * 1024), 64 * 1024);
  const packed = begin[0] === 0x1f && begin[1] === 0x8b;
  const identity = createHash("sha256").update(`${size} ${mtimeMs}\n`).update(begin).update(end).digest("hex");
  return { path, size, packed, identity, head: await readHead({ path, packed }) };
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function readHead(file: Pick<SourceFile, "path" | "packed">): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of readFrom(file).stream) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= HEAD) break;
    }
  } catch (error) {
    // A file that is cut off has a beginning all the same.
    if (size === 0) throw error;
  }
  return decodeText(Buffer.concat(chunks).subarray(0, HEAD), null);
}
