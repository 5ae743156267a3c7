import { expect, test } from "vitest";
import { countAllowed, countDeliveries } from "#lib/digest/queries.ts";
import { sendDigestNow } from "#lib/digest/send-digest.ts";
import { takeTurns } from "#lib/mailing/pace/commands.ts";
import { listPausedDomains } from "#lib/mailing/pace/queries.ts";
import { db } from "#lib/platform/db.ts";
import type { Mailer } from "#lib/platform/mailer.ts";
import { smtpMailer } from "#lib/platform/smtp.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { mailHour, openMailRoom, period } from "#tests/mail-room.ts";

const room = openMailRoom();
const patience = { lease: 45, silence: 900, slow: 0.05, sweep: 60 };
const later = (duration: Temporal.DurationLike) => mailHour.add(duration);

/** Names are in no order of their domains: deliveries are claimed as they come. */
const at = (domain: string, count: number) => Array.from({ length: count }, (_, index) => `r${index}@${domain}`);

function sentTo(domain: string): number {
  return room.sink.mails.filter(({ to }) => to[0]?.endsWith(`@${domain}`)).length;
}

test("a domain that asks for patience gets it, from every process, and all others get their mail at once", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers([...at("busy.example", 60), ...at("one.example", 20), ...at("two.example", 20)]);
  let asked = 0;
  room.script = ({ at: moment, recipient }) => {
    if (moment !== "rcpt" || !recipient.endsWith("busy.example")) return undefined;
    asked++;
    return 421;
  };
  await room.sweep({ patience });
  expect([sentTo("one.example"), sentTo("two.example"), sentTo("busy.example")]).toEqual([20, 20, 0]);
  expect(asked, "as many as were under way when it first asked").toBeLessThanOrEqual(4);
  expect(await countDeliveries(period)).toMatchObject({ pending: 60, sending: 0, sent: 40 });

  const tried = asked;
  const restarted = smtpMailer(room.sink.url);
  await room.sweep({ now: later({ seconds: 45 }), by: restarted, patience });
  restarted.close();
  expect(asked, "the pause stands in the database").toBe(tried);

  await room.sweep({ now: later({ seconds: 75 }), patience });
  expect(asked).toBeGreaterThan(tried);
  const [again] = await listPausedDomains({ now: later({ seconds: 75 }) });
  expect(again?.opensAt.since(mailHour).total("seconds"), "the second pause is two minutes").toBeGreaterThan(190);

  room.script = () => undefined;
  await room.sweep({ now: later({ seconds: 200 }), patience });
  expect(sentTo("busy.example"), "it begins again slowly").toBeLessThan(20);
  for (let seconds = 205; seconds < 900; seconds += 5) await room.sweep({ now: later({ seconds }), patience });
  expect(await countDeliveries(period)).toMatchObject({ sent: 100, finished: true });
  expect(Math.max(...room.sink.copies().values())).toBe(1);
});

test("451 4.7.1 is a request for patience, 452 4.2.2 is a full mailbox and nobody else's trouble", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers([...at("grey.example", 8), ...at("full.example", 8)]);
  const replies: Mailer = {
    ...room.mailer,
    handOver: async ({ envelope }) =>
      envelope.to.endsWith("grey.example")
        ? { outcome: "deferred", code: 451, reply: "451 4.7.1 Greylisted, come back later" }
        : { outcome: "deferred", code: 452, reply: "452 4.2.2 Mailbox full" },
  };
  await room.sweep({ by: replies, patience });
  expect((await listPausedDomains({ now: mailHour })).map(({ domain }) => domain)).toEqual(["grey.example"]);
  expect(await db.delivery.count({ where: { reply: { contains: "4.2.2" } } })).toBe(8);
});

test("a domain whose server says nothing holds up nobody else, and gets no more connections than a few", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers([...at("silent.example", 40), ...at("one.example", 30), ...at("two.example", 30)]);
  let silent = 0;
  room.script = ({ at: moment, recipient }) => {
    if (moment !== "rcpt" || !recipient.endsWith("silent.example")) return undefined;
    silent++;
    return "silence";
  };
  const mailer = smtpMailer(room.sink.url, { socketTimeout: 8000 });
  const sweep = room.sweep({ by: mailer, patience });
  await expect.poll(() => sentTo("one.example") + sentTo("two.example"), { timeout: 60_000 }).toBe(60);
  expect(silent).toBeLessThanOrEqual(4);
  expect(
    await db.delivery.count({ where: { state: "sending" } }),
    "nothing is held that is not being sent",
  ).toBeLessThan(25);
  await sweep;
  mailer.close();
  expect(await countDeliveries(period)).toMatchObject({ sent: 60, pending: 40, uncertain: 0 });
});

test("a mail that takes longer than a lease stays this process's, and goes out once", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(["patient@tarpit.example"]);
  let begun = 0;
  const slow: Mailer = {
    ...room.mailer,
    async handOver(mail) {
      begun++;
      await new Promise((next) => setTimeout(next, 2500));
      return room.mailer.handOver(mail);
    },
  };
  const impatient = { ...patience, lease: 1 };
  const first = room.sweep({ by: slow, patience: impatient });
  await expect.poll(() => begun).toBe(1);
  const others = [];
  for (let tries = 0; tries < 8; tries++) {
    others.push(await room.sweep({ patience: impatient }));
    await new Promise((next) => setTimeout(next, 200));
  }
  expect(await first).toMatchObject({ accepted: 1 });
  expect(others.every(({ accepted, fenced }) => accepted + fenced === 0)).toBe(true);
  expect(room.sink.mails).toHaveLength(1);
});

test("one domain whose connections break does not end the sweep of the others", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers([...at("broken.example", 10), ...at("one.example", 20)]);
  room.script = ({ at: moment, recipient }) =>
    moment === "rcpt" && recipient.endsWith("broken.example") ? "drop" : undefined;
  await room.sweep({ patience });
  expect(sentTo("one.example")).toBe(20);
});

test("turns are counted over all workers at once", async () => {
  await db.mailDomain.create({
    data: { domain: "busy.example", strikes: 1, pausedUntil: new Date(0), nextAt: new Date(0) },
  });
  await db.mailDomain.update({
    where: { domain: "busy.example" },
    data: { pausedUntil: new Date(mailHour.epochMilliseconds - 20_000) },
  });
  const granted = await Promise.all(
    Array.from({ length: 10 }, () => takeTurns("busy.example", { wanted: 5, now: mailHour })),
  );
  expect(
    granted.reduce((sum, count) => sum + count, 0),
    "ten seconds of thirty a minute",
  ).toBe(6);
});

test("the operator's command waits for the turns of a domain that is only counted, not for one that asked for a long pause", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers([...at("counted.example", 8), ...at("paused.example", 4)]);
  const time = (seconds: number) => new Date(mailHour.epochMilliseconds + seconds * 1000);
  await db.mailDomain.createMany({
    data: [
      { domain: "counted.example", strikes: 1, pausedUntil: time(-5), nextAt: time(-4) },
      { domain: "paused.example", strikes: 7, pausedUntil: time(3000), nextAt: time(3000) },
    ],
  });
  const done = await sendDigestNow({ period, now: mailHour, dryRun: false, mailer: room.mailer });
  expect(done).toMatchObject({ status: "done", recipients: 12, counts: { sent: 8, pending: 4 } });
});

test("a domain that cannot prove itself sends no more than large receivers take of it in a day", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(at("one.example", 6));
  await room.sweep({ patience });
  await confirmSubscribers(at("two.example", 6));
  await db.mailCheck.create({ data: { id: 1, checkedAt: new Date(), missing: ["PTR", "MX"] } });
  expect(await countAllowed({ now: mailHour }), "which neither PTR nor MX decides").toBe(Number.POSITIVE_INFINITY);
  await db.mailCheck.update({ where: { id: 1 }, data: { missing: ["SPF"] } });
  expect(await countAllowed({ now: mailHour })).toBe(5000 - 6);
  // As if 4,990 more had gone out today.
  await db.$executeRaw`
    INSERT INTO subscribers (email, email_key, email_hash, form_version, requested_at)
    SELECT n || '@x.example', n || '@x.example', n::text, 'subscribe-page-1', now() FROM generate_series(1, 4990) AS n`;
  await db.$executeRaw`
    INSERT INTO deliveries (digest_id, subscriber_id, asked_by, state, due_at, expires_at, claimed_at, handed_at, settled_at)
    SELECT (SELECT id FROM digests), id, 'timetable', 'sent', now(), now(), now(), now(), now()
    FROM subscribers WHERE email LIKE '%@x.example'`;
  const command = () => sendDigestNow({ period, now: later({ minutes: 1 }), dryRun: false, mailer: room.mailer });
  expect(await command()).toMatchObject({ status: "done", recipients: 6, counts: { sent: 4, pending: 2 } });
  await db.mailCheck.update({ where: { id: 1 }, data: { missing: [] } });
  await room.sweep({ now: later({ minutes: 2 }), patience });
  expect(sentTo("two.example")).toBe(6);
  await db.mailCheck.deleteMany();
});
