import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { writeMetrics } from "#lib/metrics.ts";
import { db } from "#lib/platform/db.ts";
import { startMetricsServer } from "#lib/platform/metrics-server.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { gatherAt, mailHour, openMailRoom, readers } from "#tests/mail-room.ts";

const room = openMailRoom();

test("they tell of promises, mails, sources and the process, and of nobody", async () => {
  await freezeEdition("2026-08-20", [{ title: "On Slow Reading" }]);
  await gatherAt("2026-08-21T05:59:00Z");
  await confirmSubscribers(readers(3));
  await room.sweep();
  const well = await writeMetrics({ now: mailHour });
  expect(well).toContain('broadsheet_last_digest_mails{state="sent"} 3');
  expect(well).toContain('broadsheet_broken_promises{promise="certainty"} 0');
  expect(well).toContain('broadsheet_source_age_seconds{source="arxiv"} 60');
  expect(well).toContain("broadsheet_database_up 1");
  expect(well).toMatch(/^process_resident_memory_bytes \d+/m);
  expect(well).not.toContain("@");

  await db.delivery.updateMany({ data: { state: "uncertain" } });
  const unwell = await writeMetrics({ now: mailHour });
  expect(unwell).toContain('broadsheet_broken_promises{promise="certainty"} 3');
  expect(unwell).toContain('broadsheet_last_digest_mails{state="uncertain"} 3');
});

test("every line is one that Prometheus reads", async () => {
  const lines = (await writeMetrics({ now: mailHour })).split("\n").filter(Boolean);
  const sample =
    /^[a-z_:][a-z0-9_:]*(\{[a-z_]+="[^"\\]*"(,[a-z_]+="[^"\\]*")*\})? (-?[\d.]+(e[+-]?\d+)?|NaN|[+-]Inf)$/i;
  expect(lines.filter((line) => !(line.startsWith("# ") || sample.test(line)))).toEqual([]);
});

test("with the database gone they say so, and tell the rest", async () => {
  const ask = `
    const { writeMetrics } = await import("#lib/metrics.ts");
    process.stdout.write(await writeMetrics({ now: Temporal.Now.instant() }));
    process.exit(0);`;
  const env = { ...process.env, DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" };
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", ask], { env });
  expect(stdout).toContain("broadsheet_database_up 0");
  expect(stdout).toMatch(/^process_resident_memory_bytes \d+/m);
}, 60_000);

test("they have an address of their own, at which nothing else is", async () => {
  const server = await startMetricsServer(async () => "broadsheet_database_up 1\n", { host: "127.0.0.1", port: 0 });
  try {
    const answer = await fetch(server.url);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("version=0.0.4"),
    ]);
    expect((await fetch(server.url, { method: "POST" })).status).toBe(404);
    expect((await fetch(new URL("/", server.url))).status).toBe(404);
  } finally {
    await server.close();
  }
  const broken = await startMetricsServer(() => Promise.reject(new Error("no")), { host: "127.0.0.1", port: 0 });
  try {
    expect((await fetch(broken.url)).status).toBe(500);
  } finally {
    await broken.close();
  }
});
