import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";

const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");

// The sources' addresses are read when lib/ is loaded: the played source comes first.
const source: SourceServer = await startSourceServer({ today, now: () => now });
Object.assign(process.env, source.settings);
const { backfillDays, gatherPapers, importFiles } = await import("#lib/sources/commands.ts");
const { describeRun } = await import("#lib/sources/describe-run.ts");
const { harvestArxiv } = await import("#lib/sources/harvest/commands.ts");
const { findLastRuns } = await import("#lib/sources/queries.ts");
const { loadSampleIfEmpty } = await import("#lib/sources/sample/commands.ts");
const { recordRun } = await import("#lib/sources/runs/commands.ts");

const folder = mkdtempSync(join(tmpdir(), "broadsheet-runs-"));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await source.close();
});

const told = async () => (await findLastRuns()).map((run) => describeRun(run, now));

test("a site on which nothing was done has nothing to tell; its sample is no work on a source", async () => {
  await loadSampleIfEmpty({ now });
  expect(await told()).toEqual([]);
});

test("each kind of work is told once for each source, by its last run, with its age", async () => {
  const monday = Temporal.PlainDate.from("2026-08-17");
  const days = { from: monday, to: monday };
  const sets = { sets: ["cs"], from: monday, until: null, restart: false, say: () => undefined };
  const page = await fetch(`${source.url}/api/daily_papers?date=2026-08-18`);
  const file = join(folder, "2026-08-18.json");
  writeFileSync(file, await page.text());

  await backfillDays({ ...days, now: now.subtract({ hours: 96 }) });
  await backfillDays({ ...days, now: now.subtract({ hours: 72 }) });
  await importFiles([file], { now: now.subtract({ hours: 5 }) });
  source.arm({ kind: "status", status: 500, path: "/oai", times: 3 });
  await harvestArxiv({ ...sets, now: now.subtract({ hours: 2 }) });
  await gatherPapers({ now: now.subtract({ minutes: 20 }) });

  const runs = await told();
  expect(runs.map(({ what, state, age }) => `${what}: ${state}, ${age}`)).toEqual([
    expect.stringMatching(/^Gathering from arXiv: ok, (19|20) minutes ago$/),
    expect.stringMatching(/^Gathering from Hugging Face: ok, (19|20) minutes ago$/),
    expect.stringMatching(/^Harvest of arXiv's records: failed, (1 hour|2 hours) ago$/),
    expect.stringMatching(/^Import of daily lists: ok, (4|5) hours ago$/),
    expect.stringMatching(/^Back-fill from arXiv: ok, (2|3) days ago$/),
    expect.stringMatching(/^Back-fill from Hugging Face: ok, (2|3) days ago$/),
  ]);
  expect(runs[2]?.message).toMatch(/status 500/);
});

test("work that is being done says for how long", async () => {
  const begun = now.subtract({ minutes: 40 });
  await recordRun({ source: "arxiv", label: "Files", job: "archive", now: begun }, async () => {
    expect((await told())[0]).toMatchObject({ what: "Import of archives", state: "at work", age: "for 40 minutes" });
  });
  expect((await told())[0]).toMatchObject({ what: "Import of archives", state: "ok" });
});
