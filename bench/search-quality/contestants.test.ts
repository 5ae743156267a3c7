import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openBroadsheet, openFts5 } from "./contestants.ts";
import { deriveJudgedSet } from "./derive-queries.ts";
import { judge } from "./judge.ts";
import { mean } from "./metrics.ts";
import { readRecordedPapers } from "./recorded-papers.ts";

const recorded = join(import.meta.dirname, "../../../shared/data");
const folder = mkdtempSync(join(tmpdir(), "broadsheet-quality-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(!existsSync(recorded))(
  "questions in our own words find their papers better than FTS5's bm25(), and no worse than measured (skipped where ../shared/data is absent)",
  async () => {
    const { documents, queries } = deriveJudgedSet(readRecordedPapers(recorded));
    const asked = queries.filter(({ kind }) => kind === "paraphrase");
    const wanted = new Set(asked.flatMap(({ grades }) => [...grades.keys()]));
    // A third of the papers: enough for wrong ones to be near, and quick enough for a test.
    const some = documents.filter(({ id }, place) => wanted.has(id) || place % 3 === 0);
    const ours = await judge(await openBroadsheet({ documents: some, folder }), asked);
    const plain = await judge(await openFts5({ documents: some, folder }), asked);
    const ndcg = ({ scores }: typeof ours) => mean(scores.map((score) => score.ndcg));
    expect(asked.length).toBeGreaterThan(100);
    expect(ndcg(ours)).toBeGreaterThan(ndcg(plain) + 0.02);
    expect(ndcg(ours)).toBeGreaterThan(0.8);
  },
  600_000,
);
