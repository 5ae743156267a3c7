import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** The folder of a site's index: files that are each a whole index, and `current`, which names the one in use. */
export type IndexFolder = { path: string };

const pointer = "current";
const nameOfFile = /^index-[0-9a-f]{12}\.sqlite$/;

/** The file in use, or null: never built, deleted, or not even SQLite's any more. */
export function findCurrentFile(folder: IndexFolder): string | null {
  const name = readIfThere(join(folder.path, pointer));
  if (!name || !nameOfFile.test(name)) return null;
  const path = join(folder.path, name);
  return hasSqliteHeader(path) ? path : null;
}

/** A path for a new index, beside the one in use. A file is never renamed: its write-ahead log would stay behind. */
export function newFile(folder: IndexFolder): string {
  mkdirSync(folder.path, { recursive: true });
  return join(folder.path, `index-${randomBytes(6).toString("hex")}.sqlite`);
}

/** From here on `path` is the file in use. Readers of the one before go on with it until they look again. */
export function makeCurrent(folder: IndexFolder, path: string): void {
  const next = join(folder.path, `${pointer}.${randomBytes(6).toString("hex")}`);
  writeFileSync(next, path.slice(folder.path.length + 1));
  renameSync(next, join(folder.path, pointer));
}

/** Takes away what is neither in use nor in `keep`: indexes replaced earlier, builds that were cut off. */
export function clearFolder(folder: IndexFolder, keep: readonly string[]): void {
  const kept = [findCurrentFile(folder), ...keep].flatMap((path) => (path ? [path, `${path}-wal`, `${path}-shm`] : []));
  for (const name of readdirSync(folder.path)) {
    const path = join(folder.path, name);
    if (/^(index-|current\.)/.test(name) && !kept.includes(path)) removeIfPossible(path);
  }
}

/** A name for the lock of this folder's one writer: the folder's own, whatever path or machine it is reached by. */
export function lockName(folder: IndexFolder): string {
  mkdirSync(folder.path, { recursive: true });
  const path = join(folder.path, "name");
  try {
    writeFileSync(path, randomBytes(12).toString("hex"), { flag: "wx" });
  } catch {
    // Named already, by an earlier process or by another one just now.
  }
  return `search-index:${readFileSync(path, "utf8")}`;
}

function hasSqliteHeader(path: string): boolean {
  if (!existsSync(path)) return false;
  const file = openSync(path, "r");
  try {
    const header = Buffer.alloc(16);
    readSync(file, header, 0, 16, 0);
    return header.toString("latin1") === "SQLite format 3\0";
  } finally {
    closeSync(file);
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Windows keeps a file that somebody has open; the next rebuild takes it away.
  }
}
