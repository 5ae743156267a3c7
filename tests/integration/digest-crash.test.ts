import { expect, test } from "vitest";
import { crashDigest, crashReaders, mixPreferences } from "#tests/crash-harness.ts";
import { confirmSubscribers } from "#tests/frozen-edition.ts";

const recipients = 60;

test("twenty times a worker is killed while it sends, and nobody gets two copies and nobody is lost", async () => {
  const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
  const emails = crashReaders(recipients);
  await confirmSubscribers(emails);
  await mixPreferences(emails);
  const report = await crashDigest({
    seed,
    day: Temporal.PlainDate.from("2026-08-20"),
    kills: 20,
    speed: 300,
    patience: 280_000,
  });
  process.stderr.write(`${JSON.stringify(report)}\n`);
  const { sent, failed, uncertain, kills } = report;
  expect(report, `CRASH_SEED=${seed} repeats the server's whims`).toMatchObject({
    finished: true,
    deliveries: recipients,
    expired: 0,
    doubled: 0,
    wrong: 0,
    broken: [],
  });
  expect(sent + failed + uncertain).toBe(recipients);
  expect(kills).toBeGreaterThan(5);
}, 300_000);
