import { join } from "node:path";
import { simpleParser } from "mailparser";
import { beforeAll, expect, test } from "vitest";
import { db } from "#lib/platform/db.ts";
import { listOutbox } from "#lib/platform/outbox.ts";
import { keyedHash } from "#lib/platform/secret.ts";
import { unsubscribe } from "#lib/subscribers/commands.ts";
import { startSmtpSink } from "#tests/fakes/smtp-sink.ts";
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

test("a test goes to one address, says that it is one, and is nobody's delivery", async () => {
  const sink = await startSmtpSink();
  try {
    // In a copy, whose other mail is held, it is how one tries the mail server.
    await db.mailHome.create({ data: { place: "elsewhere", since: new Date() } });
    const before = await db.delivery.count();
    const { code, stdout } = await runScript("scripts/digest.ts", ["--to", "me@example.org"], { SMTP_URL: sink.url });
    expect(stdout).toMatch(/^Sent to me@example.org: \[Test\] .*On Slow Reading\nThe answer: 250 /);
    expect(code).toBe(0);
    const parsed = await simpleParser(sink.mails[0]?.raw ?? "");
    expect(parsed.subject).toMatch(/^\[Test\] /);
    expect(sink.mails.map(({ to }) => to)).toEqual([["me@example.org"]]);
    expect(await db.delivery.count()).toBe(before);
    // Its way out is nobody's.
    const [, token = ""] = /\/unsubscribe\/([\w.-]+)/.exec(parsed.text ?? "") ?? [];
    expect(await unsubscribe({ token, now: Temporal.Now.instant() })).toEqual({ status: "unknown" });
  } finally {
    await db.mailHome.deleteMany();
    await sink.stop();
  }
}, 300_000);

test("a test that the server refuses ends with 1 and the server's words; who must not be mailed gets no test", async () => {
  const sink = await startSmtpSink({ script: ({ at }) => (at === "rcpt" ? 550 : undefined) });
  try {
    const to = (address: string) => runScript("scripts/digest.ts", ["--to", address], { SMTP_URL: sink.url });
    expect(await to("me@example.org")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Not sent\. The answer: 550 /),
    });
    const emailHash = keyedHash("suppression", "gone@example.org");
    await db.suppression.create({ data: { emailHash, reason: "bounced", since: new Date() } });
    expect(await to("Gone@example.org")).toMatchObject({ code: 1, stderr: expect.stringMatching(/is not mailed/) });
    expect(sink.connections()).toBe(1);
  } finally {
    await sink.stop();
  }
}, 300_000);

test.each([
  [["--to", "me"], 2, /--to must be an address/],
  [["--to", "me@example.org", "--dry-run"], 2, /--dry-run is for an edition/],
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
