import { afterEach, beforeEach, expect, test } from "vitest";
import { forgetOldLetters, requestLetter } from "#lib/letters/commands.ts";
import { sendDueLetters } from "#lib/letters/send-letters.ts";
import type { LetterWriters } from "#lib/letters/types.ts";
import { db } from "#lib/platform/db.ts";
import type { Mailer } from "#lib/platform/mailer.ts";
import { smtpMailer } from "#lib/platform/smtp.ts";
import { type Moment, type SmtpSink, startSmtpSink, type Whim } from "#tests/fakes/smtp-sink.ts";

const now = Temporal.Instant.from("2026-08-21T08:00:00Z");
const letter = { subject: "Sign in", text: "Here is your link.", html: "<p>Here is your link.</p>" };

let sink: SmtpSink;
let mailer: Mailer;
let script: (moment: Moment) => Whim;
let writers: LetterWriters;

beforeEach(async () => {
  await db.letterRequest.deleteMany();
  script = () => undefined;
  writers = { "sign-in": async () => letter, "confirm-subscription": async () => letter };
  sink = await startSmtpSink({ script: (moment) => script(moment) });
  mailer = smtpMailer(sink.url);
});

afterEach(async () => {
  mailer.close();
  await sink.stop();
});

function ask(email = "ada@example.org") {
  return requestLetter({ kind: "sign-in", email, details: { next: "/papers" }, now });
}

function sweep(at = now, by = mailer) {
  return sendDueLetters({ now: at, writers, limit: 50, mailer: by });
}

async function states() {
  return (await db.letterRequest.findMany({ orderBy: { requestedAt: "asc" } })).map(({ state }) => state);
}

test("a letter is written when it is sent, from what was asked, and goes once", async () => {
  const asked: unknown[] = [];
  writers["sign-in"] = async (request, context) => {
    asked.push(request, context);
    return letter;
  };
  await ask("Ada@example.org");
  await Promise.all([sweep(now.add({ seconds: 2 })), sweep(now.add({ seconds: 2 }))]);
  await sweep(now.add({ seconds: 4 }));
  expect(asked).toEqual([
    expect.objectContaining({ email: "Ada@example.org", details: { next: "/papers" }, requestedAt: now }),
    { now: now.add({ seconds: 2 }) },
  ]);
  expect(sink.mails.map(({ to }) => to)).toEqual([["Ada@example.org"]]);
  expect(sink.mails[0]?.raw.toString()).toMatch(/Auto-Submitted: auto-generated/);
  expect(await states()).toEqual(["sent"]);
});

test("a letter is due at the very moment at which it was asked for", async () => {
  const exactly = Temporal.Instant.from("2026-08-21T08:00:00.000999999Z");
  await requestLetter({ kind: "sign-in", email: "ada@example.org", details: {}, now: exactly });
  await sweep(exactly);
  expect(await states()).toEqual(["sent"]);
});

test("a sign-in letter may be asked for again, another kind once in 24 hours", async () => {
  expect([await ask(), await ask()]).toEqual([{ status: "requested" }, { status: "requested" }]);
  const confirm = (at: Temporal.Instant) =>
    requestLetter({ kind: "confirm-subscription", email: "ada@example.org", details: {}, now: at });
  expect(await confirm(now)).toEqual({ status: "requested" });
  expect(await confirm(now.add({ hours: 23 }))).toEqual({ status: "had-one" });
  await db.letterRequest.updateMany({
    where: { kind: "confirm-subscription" },
    data: { state: "failed", settledAt: new Date() },
  });
  expect(await confirm(now.add({ hours: 23 })), "one that was refused does not count").toEqual({ status: "requested" });
});

test("deferred is tried again while the letter is of use, refused is final, and after the dot silence is uncertain", async () => {
  script = ({ at, recipient }) => {
    if (at === "rcpt" && recipient.startsWith("later")) return 451;
    if (at === "rcpt" && recipient.startsWith("never")) return 550;
    if (at === "dot" && recipient.startsWith("silent")) return "drop";
  };
  for (const name of ["later", "never", "silent"]) await ask(`${name}@example.org`);
  for (const seconds of [0, 5, 10]) await sweep(now.add({ seconds }));
  expect((await states()).sort()).toEqual(["failed", "pending", "uncertain"]);
  script = () => undefined;
  await sweep(now.add({ minutes: 3 }));
  expect((await states()).sort()).toEqual(["failed", "sent", "uncertain"]);
  expect([...sink.copies().values()]).toEqual([1, 1]);
});

test("a link that would be dead on arrival is not mailed", async () => {
  await ask();
  await sweep(now.add({ minutes: 10 }));
  expect(sink.mails).toEqual([]);
  expect(await states()).toEqual(["expired"]);
});

test("one letter that cannot be written does not stop the others", async () => {
  writers["sign-in"] = async ({ email }) => {
    if (email.startsWith("bad")) throw new Error("no such account");
    return letter;
  };
  await ask("bad@example.org");
  await ask("ada@example.org");
  await sweep();
  expect(sink.mails.map(({ to }) => to[0])).toEqual(["ada@example.org"]);
  expect((await states()).sort()).toEqual(["pending", "sent"]);
});

test("a worker that died before the dot loses nothing: its letter goes out after the lease", async () => {
  await ask();
  const dies: Mailer = { ...mailer, handOver: () => new Promise(() => undefined) };
  void sweep(now, dies);
  await expect.poll(states).toEqual(["sending"]);
  await sweep();
  expect(sink.mails).toEqual([]);
  await db.letterRequest.updateMany({ data: { claimedAt: new Date(Date.now() - 46_000) } });
  await sweep(now.add({ seconds: 50 }));
  expect(sink.mails).toHaveLength(1);
  expect(await states()).toEqual(["sent"]);
});

test("a letter that hangs does not hold up the one that is asked for after it", async () => {
  const hangs: Mailer = {
    ...mailer,
    handOver: (mail) => (mail.envelope.to.startsWith("slow") ? new Promise(() => undefined) : mailer.handOver(mail)),
  };
  const patience = { lease: 45, silence: 900, slow: 2, sweep: 1 };
  await ask("slow@example.org");
  await ask("ada@example.org");
  const sweepOnce = () => sendDueLetters({ now, writers, limit: 50, mailer: hangs, patience });
  await sweepOnce();
  await ask("bo@example.org");
  await sweepOnce();
  await expect.poll(() => sink.mails.map(({ to }) => to[0])).toContain("bo@example.org");
});

test("who asked for a letter is forgotten after thirty days", async () => {
  await ask();
  await sweep();
  expect(await forgetOldLetters({ now: now.add({ hours: 30 * 24 }), days: 30 })).toEqual({ forgotten: 0 });
  expect(await forgetOldLetters({ now: now.add({ hours: 30 * 24 + 1 }), days: 30 })).toEqual({ forgotten: 1 });
});
