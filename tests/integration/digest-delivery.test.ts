import { expect, test } from "vitest";
import { requestLatestDigest } from "#lib/digest/recipients/commands.ts";
import { countDeliveries, findLastDigest } from "#lib/digest/queries.ts";
import { sendDigestNow } from "#lib/digest/send-digest.ts";
import { db } from "#lib/platform/db.ts";
import type { Mailer } from "#lib/platform/mailer.ts";
import { parseEmailAddress } from "#lib/platform/email-address.ts";
import { smtpMailer } from "#lib/platform/smtp.ts";
import { unsubscribe } from "#lib/subscribers/commands.ts";
import { startSmtpSink } from "#tests/fakes/smtp-sink.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { mailHour, openMailRoom, period, readers, stateOf, tokenOf } from "#tests/mail-room.ts";

const room = openMailRoom();

test("who unsubscribes after the claim and before the last dot gets nothing", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(3));
  const token = await tokenOf("reader2@example.org");
  const slow: Mailer = {
    ...room.mailer,
    async handOver(mail) {
      if (mail.envelope.to === "reader2@example.org") await unsubscribe({ token, now: mailHour });
      return room.mailer.handOver(mail);
    },
  };
  await room.sweep({ by: slow });
  await room.sweep({ now: mailHour.add({ hours: 2 }) });
  expect(room.sink.mails.map(({ to }) => to[0]).sort()).toEqual(["reader1@example.org", "reader3@example.org"]);
  expect(await stateOf("reader2@example.org")).toBe("excluded");
});

test.each(["mail", "rcpt", "dot"] as const)("451 at %s: tried again later, then sent; 550: never again", async (at) => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(["patient@example.org"]);
  room.script = (moment) => (moment.at === at ? 451 : undefined);
  await room.sweep();
  expect(await stateOf("patient@example.org")).toBe("pending");
  room.script = () => undefined;
  await room.sweep({ now: mailHour.add({ seconds: 30 }) });
  expect(room.sink.mails, "not before its delay is over").toEqual([]);
  await room.sweep({ now: mailHour.add({ minutes: 2 }) });
  expect(await stateOf("patient@example.org")).toBe("sent");

  await confirmSubscribers(["refused@example.org"]);
  room.script = (moment) => (moment.at === at ? 550 : undefined);
  await sendDigestNow({ period, now: mailHour.add({ minutes: 3 }), dryRun: false, mailer: room.mailer });
  expect(await stateOf("refused@example.org")).toBe("failed");
  room.script = () => undefined;
  await room.sweep({ now: mailHour.add({ hours: 5 }) });
  expect(room.sink.mails.map(({ to }) => to[0])).toEqual(["patient@example.org"]);
});

test("a server that defers for ever makes the delivery expire when the next edition is due", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(1));
  room.script = ({ at }) => (at === "rcpt" ? 421 : undefined);
  let tries = 0;
  for (let hours = 0; hours < 26; hours++) {
    const run = await room.sweep({ now: mailHour.add({ hours }) });
    tries += run.deferred;
  }
  expect(await stateOf("reader1@example.org")).toBe("expired");
  expect(tries).toBeGreaterThan(8);
  expect(tries).toBeLessThanOrEqual(24);
});

test("a connection that breaks before the dot is tried again, one that breaks after it never", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(["before@example.org"]);
  room.script = ({ at }) => (at === "rcpt" ? "drop" : undefined);
  await room.sweep();
  expect(await stateOf("before@example.org")).toBe("pending");

  await confirmSubscribers(["after@example.org"]);
  await sendDigestNow({ period, now: mailHour, dryRun: false, mailer: room.mailer });
  room.script = ({ at }) => (at === "dot" ? "drop" : undefined);
  await room.sweep({ now: mailHour.add({ minutes: 10 }) });
  await room.sweep({ now: mailHour.add({ minutes: 20 }) });
  room.script = () => undefined;
  for (const hours of [1, 5, 23]) await room.sweep({ now: mailHour.add({ hours }) });
  expect(await countDeliveries(period)).toMatchObject({ uncertain: 2, sent: 0, finished: true });
  expect([...room.sink.copies().values()]).toEqual([1, 1]);
  // Nor by the operator: it may have arrived.
  expect(await sendDigestNow({ period, now: mailHour, dryRun: false, mailer: room.mailer })).toMatchObject({
    status: "done",
    recipients: 0,
  });
});

test("everybody may know when the last digest went out and how it ended, and of nobody who got it", async () => {
  expect(await findLastDigest()).toBeNull();
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(3));
  room.script = ({ at, recipient }) => {
    if (at === "rcpt" && recipient.startsWith("reader1")) return 550;
    if (at === "dot" && recipient.startsWith("reader2")) return "drop";
  };
  await room.sweep();
  room.script = () => undefined;
  await room.sweep({ now: mailHour.add({ minutes: 5 }) });
  const last = {
    title: "Thursday, 20 August 2026",
    wentOutAt: "2026-08-21T06:00:00.000Z",
    sent: 1,
    failed: 1,
    uncertain: 1,
  };
  expect(await findLastDigest()).toMatchObject(last);

  await freezeEdition("2026-08-21", [{}]);
  const { id } = await db.subscriber.findFirstOrThrow();
  await requestLatestDigest({ subscriberId: id, now: mailHour.add({ hours: 20 }) });
  expect(await findLastDigest(), "one reader's own wish is no news").toMatchObject(last);
});

test("the operator's command beside a running site says what became of all it asked for, whoever sent it", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(200));
  const site = smtpMailer(room.sink.url);
  const command = sendDigestNow({ period, now: mailHour, dryRun: false, mailer: room.mailer });
  await expect.poll(() => room.sink.mails.length, { interval: 5, timeout: 120_000 }).toBeGreaterThan(0);
  const [done, sweep] = await Promise.all([command, room.sweep({ by: site })]);
  site.close();
  expect(sweep.accepted, "the site took part").toBeGreaterThan(0);
  expect(done).toMatchObject({ status: "done", recipients: 200, counts: { sent: 200, finished: true } });
});

test("three workers at once: one copy each", async () => {
  await freezeEdition("2026-08-20", [{}, {}]);
  await confirmSubscribers(readers(60));
  const mailers = [smtpMailer(room.sink.url), smtpMailer(room.sink.url), smtpMailer(room.sink.url)];
  await Promise.all(mailers.map((by) => room.sweep({ by })));
  for (const one of mailers) one.close();
  await room.sweep({ now: mailHour.add({ seconds: 5 }) });
  expect(room.sink.mails).toHaveLength(60);
  expect(new Set(room.sink.mails.map(({ to }) => to[0])).size).toBe(60);
  expect(await countDeliveries(period)).toMatchObject({ sent: 60, finished: true });
});

test("a dead worker's claim is taken over after its lease, and its late word counts no more", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(1));
  let revived = () => {};
  const asleep: Mailer = {
    ...room.mailer,
    async handOver(mail) {
      await new Promise<void>((wake) => {
        revived = wake;
      });
      return room.mailer.handOver(mail);
    },
  };
  const dead = room.sweep({ by: asleep });
  await expect.poll(() => stateOf("reader1@example.org")).toBe("sending");
  await room.sweep();
  expect(room.sink.mails, "the lease still runs").toEqual([]);
  await db.delivery.updateMany({ data: { claimedAt: new Date(Date.now() - 60_000) } });
  await room.sweep();
  expect(await stateOf("reader1@example.org")).toBe("sent");
  revived();
  expect(await dead).toMatchObject({ fenced: 1 });
  expect(room.sink.mails).toHaveLength(1);
  expect(await stateOf("reader1@example.org")).toBe("sent");
});

test("handed over and never settled, because the worker died then: uncertain after the silence, not before", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(1));
  const dies: Mailer = {
    ...room.mailer,
    handOver: async ({ beforeDot }) => {
      await beforeDot();
      return new Promise(() => undefined);
    },
  };
  void room.sweep({ by: dies });
  await expect.poll(async () => (await db.delivery.findFirst())?.handedAt, { timeout: 30_000 }).toBeInstanceOf(Date);
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
  await db.delivery.updateMany({ data: { claimedAt: ago(800), handedAt: ago(800) } });
  await room.sweep();
  expect(await stateOf("reader1@example.org")).toBe("sending");
  await db.delivery.updateMany({ data: { claimedAt: ago(1000), handedAt: ago(1000) } });
  await room.sweep();
  expect(await stateOf("reader1@example.org")).toBe("uncertain");
  expect(room.sink.mails).toEqual([]);
});

test("an address beyond ASCII gets its digest from a server that can write it, and fails for good at one that cannot", async () => {
  await freezeEdition("2026-08-20", [{}]);
  const reader = parseEmailAddress("ü@exämple.test");
  await confirmSubscribers([reader?.email ?? ""]);
  const unable = await startSmtpSink({ options: { hideSMTPUTF8: true } });
  const mailer = smtpMailer(unable.url);
  await room.sweep({ by: mailer });
  await room.sweep({ by: mailer, now: mailHour.add({ hours: 5 }) });
  expect(await db.delivery.findFirst()).toMatchObject({
    state: "failed",
    attempt: 1,
    reply: expect.stringMatching(/ASCII/),
  });
  mailer.close();
  await unable.stop();
  await sendDigestNow({ period, now: mailHour.add({ hours: 6 }), dryRun: false, mailer: room.mailer });
  expect(await db.delivery.findFirst()).toMatchObject({ state: "sent" });
  expect(room.sink.mails.map(({ to }) => to[0])).toEqual([expect.stringMatching(/^ü@/)]);
});
