import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { listOutbox } from "#lib/platform/outbox.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { runScript } from "#tests/run-command.ts";

beforeAll(async () => {
  await freezeEdition("2026-08-20", [{ title: "On Slow Reading" }]);
  await freezeEdition("2026-08-19", [{}], { sample: true });
  await confirmSubscribers(["ada@example.org", "bo@example.org"]);
});

/** Runs the command as a person does, beside a database that others use. */
function digest(...args: string[]) {
  return runScript("scripts/digest.ts", args);
}

test("a dry run says how many, what and how much, and writes nothing", async () => {
  const { code, stdout } = await digest("--date", "2026-08-20", "--dry-run");
  expect(stdout).toMatch(
    /Would go to 2 subscribers.*\nSubject: 20 August 2026: On Slow Reading\nSize: HTML \d+\.\d kB/,
  );
  expect(code).toBe(0);
  expect([await db.digest.count(), await db.delivery.count()]).toEqual([0, 0]);
}, 300_000);

test("without a mail server the digest goes to the outbox, once", async () => {
  expect(await digest("--date", "2026-08-20")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^2 sent, 0 refused, 0 taken back, 0 not/),
  });
  expect(await digest("--date", "2026-08-20")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^0 sent/) });
  const kept = await listOutbox(join(process.env.DATA_DIR ?? "", "outbox"), { limit: 10 });
  expect(kept.map(({ to }) => to).sort()).toEqual(["ada@example.org", "bo@example.org"]);
}, 300_000);

test.each([
  [["--date", "2026-08-21"], 1, /still open: it closes by itself/],
  [["--date", "2026-08-19"], 1, /sample/],
  [["--date", "2026-02-30"], 2, /--date must be a day/],
  [["--day", "2026-08-20"], 2, /Try --help/],
  [[], 2, /--date must be a day/],
] as const)(
  "%j ends with %i and one sentence",
  async (args, expected, sentence) => {
    const { code, stderr } = await digest(...args);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(expected);
  },
  60_000,
);
