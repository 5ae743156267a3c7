import { join } from "node:path";
import { env } from "#lib/platform/env.ts";
import { findCurrentFile, type IndexFolder } from "#lib/search/index-folder.ts";
import { openEngine } from "#lib/search/open-engine.ts";
import type { SearchEngine } from "#lib/search/types.ts";

/** This machine's index: derived from Postgres, deleted without loss. */
export const indexFolder: IndexFolder = { path: join(env.dataDir, "search") };

export type Reader = { path: string; engine: SearchEngine };

// Searches that began on an index that has been replaced since end on it.
const graceMs = 20_000;

// One reader for the process: Next loads this module once for each of its bundles.
const held = globalThis as typeof globalThis & { broadsheetSearchReader?: Reader };

/** The reader of the index in use, or null when there is none. Looks at the pointer each time: it costs microseconds. */
export function currentReader(): Reader | null {
  const path = findCurrentFile(indexFolder);
  const open = held.broadsheetSearchReader;
  if (open && open.path === path) return open;
  if (open) setTimeout(() => void open.engine.close(), graceMs).unref();
  held.broadsheetSearchReader = path ? { path, engine: openEngine(path, "read") } : undefined;
  return held.broadsheetSearchReader ?? null;
}
