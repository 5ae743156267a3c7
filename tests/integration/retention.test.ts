import { beforeEach, expect, test } from "vitest";
import { listBrokenInvariants } from "#lib/digest/invariants/queries.ts";
import { countDeliveries, findLastDigest } from "#lib/digest/queries.ts";
import { sendDigestNow } from "#lib/digest/send-digest.ts";
import { db } from "#lib/platform/db.ts";
import { forgetAll, retention } from "#lib/retention.ts";
import { requestSubscription } from "#lib/subscribers/commands.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { day, mailHour, openMailRoom, period, readers } from "#tests/mail-room.ts";

const room = openMailRoom();
const after = (days: number, hours = 0) => mailHour.add({ hours: days * 24 + hours });

beforeEach(async () => {
  await db.letterRequest.deleteMany();
  await db.verification.deleteMany();
});

test("the table says how long what is kept", () => {
  expect(retention.map(({ days }) => days)).toEqual([1, 7, 30, 90, 1]);
});

/** What there is to be forgotten. */
async function countAll() {
  return {
    links: await db.verification.count(),
    waiting: await db.subscriber.count({ where: { status: "pending" } }),
    letters: await db.letterRequest.count(),
    deliveries: await db.delivery.count({ where: { digest: { day: new Date("2026-08-20") } } }),
    domains: await db.mailDomain.count(),
  };
}

test("each thing is there until its time is over, and then is not", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(3));
  await room.sweep();
  // The database's own clock wrote when they were settled.
  await db.delivery.updateMany({ data: { settledAt: new Date(mailHour.epochMilliseconds) } });
  await freezeEdition("2026-08-21", [{}]);
  await room.sweep({ now: after(1) });
  await requestSubscription({ email: "never@example.org", formVersion: "subscribe-page-2", now: mailHour });
  await db.letterRequest.updateMany({ data: { state: "expired", settledAt: new Date(mailHour.epochMilliseconds) } });
  const expiresAt = new Date(mailHour.epochMilliseconds);
  await db.verification.create({ data: { id: "1", identifier: "link", value: "{}", expiresAt } });
  await db.mailDomain.create({ data: { domain: "busy.example", nextAt: expiresAt } });

  const seen = [];
  for (const [days, hours] of [[1], [1, 1], [6, 23], [7, 1], [30], [30, 1], [90], [90, 1]] as const) {
    await forgetAll({ now: after(days, hours) });
    seen.push(await countAll());
  }
  expect(seen.map(({ links }) => links)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  expect(seen.map(({ domains }) => domains)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
  expect(seen.map(({ waiting }) => waiting)).toEqual([1, 1, 1, 0, 0, 0, 0, 0]);
  expect(seen.map(({ letters }) => letters)).toEqual([1, 1, 1, 1, 1, 0, 0, 0]);
  expect(seen.map(({ deliveries }) => deliveries)).toEqual([3, 3, 3, 3, 3, 3, 3, 0]);
});

test("how many got a digest is known for ever, though not who; and it is never sent again by mistake", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(5));
  room.script = ({ at, recipient }) => {
    if (at === "rcpt" && recipient.startsWith("reader1")) return 550;
    if (at === "dot" && recipient.startsWith("reader2")) return "drop";
  };
  await room.sweep();
  room.script = () => undefined;
  await room.sweep({ now: after(0, 1) });
  const before = await countDeliveries(period);
  expect(before).toMatchObject({ sent: 3, failed: 1, uncertain: 1, finished: true });

  await db.delivery.updateMany({ data: { settledAt: new Date(mailHour.epochMilliseconds) } });
  await forgetAll({ now: after(100) });
  expect(await db.delivery.count(), "the newest digest is left alone").toBe(5);

  await freezeEdition("2026-08-21", [{}]);
  await room.sweep({ now: after(1) });
  const last = await findLastDigest();
  for (const again of [0, 1]) await forgetAll({ now: after(100 + again) });
  expect(await db.delivery.count({ where: { digest: { day: new Date(day.toString()) } } })).toBe(0);
  expect(await countDeliveries(period)).toEqual(before);
  expect(await findLastDigest()).toEqual(last);
  expect((await listBrokenInvariants()).filter(({ weight }) => weight === "wrong")).toEqual([]);
  const mails = room.sink.mails.length;
  const command = sendDigestNow({ period, now: after(100), dryRun: false, mailer: room.mailer });
  expect(await command).toEqual({ status: "forgotten" });
  expect(room.sink.mails).toHaveLength(mails);

  await db.digestTotal.updateMany({ where: { state: "sent" }, data: { count: 50 } });
  expect((await listBrokenInvariants()).map(({ name }) => name)).toContain("recipients");
});
