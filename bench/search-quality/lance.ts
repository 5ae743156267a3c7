import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { type Contestant, deepest } from "./contestants.ts";
import type { JudgedDocument } from "./judged-set.ts";

// The part of LanceDB that is asked here; the package is no dependency of this project, so its types cannot be named.
const lanceSchema = z.object({
  connect: z.function({ input: [z.string()], output: z.any() }),
  // A class: what is asked of it is one function of its own.
  Index: z.custom<{ fts: (options: Record<string, unknown>) => unknown }>(
    (value) => typeof value === "function" && "fts" in value,
  ),
});

/** LanceDB's full-text index (BM25, English stems) over the title twice and the rest; null where it is not installed. */
export async function openLance(options: {
  documents: readonly JudgedDocument[];
  folder: string;
}): Promise<Contestant | null> {
  const name = "@lancedb/lancedb";
  try {
    createRequire(import.meta.url).resolve(name);
  } catch {
    return null;
  }
  const { connect, Index } = lanceSchema.parse(await import(name));
  const db = await connect(join(options.folder, "lance"));
  const rows = options.documents.map(({ id, title, text, authors, year }) => ({
    id,
    words: `${title} ${title} ${text} ${[...authors, year].join(", ")}`,
  }));
  const table = await db.createTable("papers", rows);
  await table.createIndex("words", { config: Index.fts({ stem: true, removeStopWords: true, language: "English" }) });
  return {
    name: "LanceDB",
    search: async (text) => {
      const found: unknown = await table.search(text, "fts", "words").select(["id", "_score"]).limit(deepest).toArray();
      return z
        .array(z.object({ id: z.string() }))
        .parse(found)
        .map(({ id }) => id);
    },
    close: async () => {},
  };
}
