import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEngine } from "#lib/search/open-engine.ts";
import { describeEngine } from "#tests/search-conformance.ts";

describeEngine("the SQLite index", () => {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-index-"));
  return {
    open: (use) => openEngine(join(folder, "index.sqlite"), use),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
});
