import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { findArchivedDigest } from "#lib/digest/contents/queries.ts";
import { countDeliveries } from "#lib/digest/queries.ts";
import { prepareDueDigests, requestLatestDigest } from "#lib/digest/recipients/commands.ts";
import { writeDigest } from "#lib/digest/send-copy.ts";
import { sendDigestNow } from "#lib/digest/send-digest.ts";
import { listPrintedPlaces, readPlaces } from "#lib/editions/queries.ts";
import { encodedSize } from "#lib/platform/compose-mail.ts";
import { db } from "#lib/platform/db.ts";
import { unsubscribe } from "#lib/subscribers/commands.ts";
import { unsubscribeToken } from "#lib/subscribers/tokens.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { day, mailHour, openMailRoom, period, readers, tokenOf } from "#tests/mail-room.ts";

const room = openMailRoom();

const linksOf = (text: string) =>
  [...new Set(text.match(/https?:\/\/[^\s"'<>)]+/g) ?? [])].filter((link) => !link.includes("w3.org")).sort();

test("at the mail hour each reader gets yesterday's edition once, and never again", async () => {
  await freezeEdition("2026-08-20", [{ title: "On Slow Reading" }, {}]);
  await confirmSubscribers(readers(3));
  await room.sweep({ now: mailHour.subtract({ seconds: 1 }) });
  expect(room.sink.mails).toEqual([]);
  await room.sweep();
  await room.sweep({ now: mailHour.add({ seconds: 5 }) });
  await room.sweep({ now: mailHour.add({ hours: 23 }) });

  expect(room.sink.mails.map(({ to }) => to[0]).sort()).toEqual(readers(3));
  expect(await countDeliveries(period)).toMatchObject({ sent: 3, pending: 0, sending: 0, finished: true });
  expect(await db.digest.findFirst()).toMatchObject({ candidates: 3, excluded: 0 });
});

test("its headers say whose list it is, how to leave it by one click, and that no machine should answer", async () => {
  await freezeEdition("2026-08-20", [{ title: "On Slow Reading" }]);
  await confirmSubscribers(readers(2));
  await room.sweep();
  const [mail, other] = await Promise.all(room.sink.mails.map(({ raw }) => simpleParser(raw)));
  const lines = (parsed = mail) =>
    Object.fromEntries(parsed?.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(":") + 2)]) ?? []);
  const delivery = await db.delivery.findFirstOrThrow({
    where: { subscriber: { emailKey: room.sink.mails[0]?.to[0] } },
  });

  expect(mail?.subject).toBe("20 August 2026: On Slow Reading");
  expect(mail?.messageId).toBe(`<${delivery.id}@localhost>`);
  expect(lines()["list-unsubscribe"]).toBe(
    `<http://localhost:3000/unsubscribe/${await tokenOf(room.sink.mails[0]?.to[0] ?? "")}/one-click>`,
  );
  expect(lines()).toMatchObject({
    "list-unsubscribe-post": "List-Unsubscribe=One-Click",
    "list-id": "<digest.localhost>",
    "auto-submitted": "auto-generated",
    precedence: "bulk",
    "x-auto-response-suppress": "OOF, AutoReply",
  });
  expect(lines()["feedback-id"]).toMatch(/^([^:]+:){0,3}[^:]{5,15}$/);
  expect(lines()["feedback-id"]).toBe(lines(other)["feedback-id"]);
});

test("the text comes first, with every paper and every link of the HTML, and the archive page says the same", async () => {
  const long = "We read slowly, and measure what it costs. ".repeat(40);
  await freezeEdition("2026-08-20", [
    { title: "Attention is $O(n^2)$ & <b>bold</b>", abstract: long, codeUrl: "https://example.org/code" },
    ...Array.from({ length: 30 }, () => ({})),
  ]);
  await confirmSubscribers(readers(1));
  await room.sweep();
  const mail = await simpleParser(room.sink.mails[0]?.raw ?? "");
  const raw = room.sink.mails[0]?.raw.toString("latin1") ?? "";
  expect(raw.indexOf("text/plain")).toBeLessThan(raw.indexOf("text/html"));
  expect(linksOf(mail.text ?? "")).toEqual(linksOf(String(mail.html).replaceAll("&amp;", "&")));
  expect(mail.text).toContain("1. Attention is O(n²) & <b>bold</b>");
  expect(mail.text).toContain("20. The paper 20");
  expect(mail.text).toContain("And 11 more");
  expect(mail.text).toContain("40 upvotes in 18 h");
  expect(mail.text).toContain(`Unsubscribe: http://localhost:3000/unsubscribe/${await tokenOf("reader1@example.org")}`);
  expect(String(mail.html)).not.toMatch(/<(img|script|link)\b/);

  const archived = await findArchivedDigest(period, { now: mailHour });
  expect(archived?.papers).toHaveLength(20);
  for (const { title, abstract, url } of archived?.papers ?? []) {
    expect(mail.text).toContain(title);
    expect(mail.text).toContain(abstract);
    expect(mail.html).toContain(url);
  }
});

test("fifty papers with titles and abstracts of 3,000 letters still arrive whole", async () => {
  const wide = "читаем медленно ".repeat(190);
  await freezeEdition(
    "2026-08-20",
    Array.from({ length: 50 }, () => ({ title: wide, abstract: wide })),
  );
  await confirmSubscribers(readers(1));
  await room.sweep();
  const archived = await findArchivedDigest(period, { now: mailHour });
  const papers = await readPlaces((await listPrintedPlaces([day])).slice(0, 20));
  const written = await writeDigest({ period, papers, total: 50 });
  expect(encodedSize(written.html)).toBeLessThanOrEqual(90_000);
  const mail = await simpleParser(room.sink.mails[0]?.raw ?? "");
  expect(mail.subject?.length).toBeLessThan(140);
  expect(String(mail.html)).toContain("/unsubscribe/");
  expect(archived?.more).toBe(30);
  for (const line of room.sink.mails[0]?.raw.toString("latin1").split("\r\n") ?? [])
    expect(line.length).toBeLessThanOrEqual(998);
});

test.each([
  ["is not frozen yet", (): Promise<void> => Promise.resolve()],
  ["is a sample", (): Promise<void> => freezeEdition("2026-08-20", [{}], { sample: true })],
  ["is empty", (): Promise<void> => freezeEdition("2026-08-20", [])],
] as const)("nothing is mailed of a day that %s", async (_, print) => {
  await print();
  await confirmSubscribers(readers(2));
  await room.sweep();
  expect(room.sink.mails).toEqual([]);
  expect(await db.digest.count()).toBe(0);
  expect(await sendDigestNow({ period, now: mailHour, dryRun: false, mailer: room.mailer })).not.toHaveProperty(
    "recipients",
  );
  expect(room.sink.mails).toEqual([]);
});

test("a digest that is a day late is old news: the timetable does not send it, not even the rest of one", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(2));
  await room.sweep({ now: mailHour.add({ hours: 24 }) });
  expect(await db.digest.count()).toBe(0);

  await prepareDueDigests({ now: mailHour.add({ hours: 23 }) });
  await room.sweep({ now: mailHour.add({ hours: 24 }) });
  expect(room.sink.mails).toEqual([]);
  expect(await countDeliveries(period)).toMatchObject({ expired: 2, finished: true });
});

test("recipients are frozen and counted: candidates are deliveries and excluded, and who comes later is not among them", async () => {
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(4));
  const suppressed = await db.subscriber.findFirstOrThrow({ where: { emailKey: "reader1@example.org" } });
  await db.suppression.create({ data: { emailHash: suppressed.emailHash, reason: "bounced", since: new Date() } });
  const pressed = await db.subscriber.findFirstOrThrow({ where: { emailKey: "reader2@example.org" } });
  expect(await requestLatestDigest({ subscriberId: pressed.id, now: mailHour })).toMatchObject({ status: "requested" });

  const prepared = await Promise.all([prepareDueDigests({ now: mailHour }), prepareDueDigests({ now: mailHour })]);
  await confirmSubscribers(["late@example.org"]);
  await room.sweep();
  expect(prepared.flat()).toEqual([{ digest: "2026-08-20", candidates: 4, excluded: 2 }]);
  expect(room.sink.mails.map(({ to }) => to[0]).sort()).toEqual([
    "reader2@example.org",
    "reader3@example.org",
    "reader4@example.org",
  ]);
});

test("the reader's button sends the latest edition once, however often it is pressed", async () => {
  await freezeEdition("2026-08-19", [{}]);
  await freezeEdition("2026-08-20", [{}]);
  await confirmSubscribers(readers(1));
  const { id } = await db.subscriber.findFirstOrThrow();
  const presses = await Promise.all(
    Array.from({ length: 20 }, () => requestLatestDigest({ subscriberId: id, now: mailHour })),
  );
  expect(presses.filter(({ status }) => status === "requested")).toHaveLength(1);
  await room.sweep();
  expect(await requestLatestDigest({ subscriberId: id, now: mailHour })).toEqual({
    status: "had-it",
    day: "2026-08-20",
  });
  await room.sweep({ now: mailHour.add({ hours: 1 }) });
  expect(room.sink.mails).toHaveLength(1);

  await unsubscribe({ token: unsubscribeToken(id), now: mailHour });
  await db.delivery.deleteMany();
  expect(await requestLatestDigest({ subscriberId: id, now: mailHour })).toEqual({ status: "not-subscribed" });
});

test("the operator's command counts without writing, then sends to who has not had it, also what was refused before", async () => {
  await freezeEdition("2026-08-10", [{ title: "Old News" }]);
  await confirmSubscribers(readers(3));
  const old = Temporal.PlainDate.from("2026-08-10");
  expect(
    await sendDigestNow({ period: { kind: "day", day: old }, now: mailHour, dryRun: true, mailer: room.mailer }),
  ).toMatchObject({
    status: "dry-run",
    recipients: 3,
    subject: "10 August 2026: Old News",
  });
  expect([await db.digest.count(), await db.delivery.count(), room.sink.mails.length]).toEqual([0, 0, 0]);

  room.script = ({ at, recipient }) => (at === "rcpt" && recipient.startsWith("reader3") ? 550 : undefined);
  expect(
    await sendDigestNow({ period: { kind: "day", day: old }, now: mailHour, dryRun: false, mailer: room.mailer }),
  ).toMatchObject({
    recipients: 3,
    counts: { sent: 2, failed: 1, finished: true },
  });
  room.script = () => undefined;
  const later = mailHour.add({ minutes: 1 });
  expect(
    await sendDigestNow({ period: { kind: "day", day: old }, now: mailHour, dryRun: true, mailer: room.mailer }),
  ).toMatchObject({
    recipients: 1,
  });
  expect(
    await sendDigestNow({ period: { kind: "day", day: old }, now: later, dryRun: false, mailer: room.mailer }),
  ).toMatchObject({
    recipients: 1,
    counts: { sent: 1, failed: 0 },
  });
  expect(
    await sendDigestNow({ period: { kind: "day", day: old }, now: later, dryRun: false, mailer: room.mailer }),
  ).toMatchObject({
    recipients: 0,
  });
  expect([...room.sink.copies().values()]).toEqual([1, 1, 1]);
});
