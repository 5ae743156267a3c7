import { afterAll, expect, test } from "vitest";
import { type SourceServer, startSourceServer } from "#tests/fakes/source-server.ts";
import { gatherWorkers } from "#tests/gather-workers.ts";

// Every statement of a back-fill of one day by default; of a whole first run of the site with KILL_EVERYWHERE=1.
const everywhere = process.env.KILL_EVERYWHERE === "1";
const today = Temporal.PlainDate.from("2026-08-19");
const now = Temporal.Instant.from("2026-08-19T12:00:00Z");
const days: [string, string] = ["2026-08-12", "2026-08-12"];
const job = { now: now.toString(), ...(!everywhere && { days }) };

// The sources' addresses are read when lib/ is loaded: the played source comes first.
const source: SourceServer = await startSourceServer({ today, now: () => now });
Object.assign(process.env, source.settings);
const { killAtEveryStatement } = await import("#tests/kill-everywhere.ts");
const { gathered } = await import("#tests/gathered-rows.ts");
const workers = gatherWorkers(2);

afterAll(async () => {
  workers.close();
  await source.close();
});

test("killed before any one of its statements, it leaves no half paper, and the next run ends in the same rows", {
  timeout: everywhere ? 3_600_000 : 1_200_000,
}, async () => {
  const killed = await killAtEveryStatement({ source, workers, job });
  expect(killed).toBeGreaterThan(30);
  const { papers, entries } = await gathered();
  expect(papers.length).toBeGreaterThan(2);
  expect(entries.length).toBeGreaterThan(2);
  process.stdout.write(`Killed before each of ${killed} statements.\n`);
});
