import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { markDeliveryHanded } from "#lib/digest/commands.ts";
import { findArchivedDigest } from "#lib/digest/contents/queries.ts";
import { listBrokenInvariants } from "#lib/digest/invariants/queries.ts";
import { type Period, parsePeriod } from "#lib/digest/period.ts";
import { findNextMail } from "#lib/digest/queries.ts";
import { prepareDueDigests, requestLatestDigest } from "#lib/digest/recipients/commands.ts";
import { sendDigestNow } from "#lib/digest/send-digest.ts";
import { db } from "#lib/platform/db.ts";
import type { Mailer } from "#lib/platform/mailer.ts";
import { endAllMail, pauseMail, savePreferences } from "#lib/subscribers/preferences/commands.ts";
import { findAddressPreferences, findSubscriptionById } from "#lib/subscribers/preferences/queries.ts";
import { typePreferences } from "#lib/subscribers/preferences/read-preferences.ts";
import { preferencesToken } from "#lib/subscribers/tokens.ts";
import type { Rhythm, TypedPreferences } from "#lib/subscribers/types.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { gatherAt, mailHour, openMailRoom, stateOf } from "#tests/mail-room.ts";

const room = openMailRoom();
const at = (time: string) => Temporal.Instant.from(time);
const of = (name: string): Period => {
  const period = parsePeriod(name);
  if (!period) throw new Error(`${name} is no period`);
  return period;
};

type Asked = Partial<{
  rhythm: Rhythm;
  hour: number | null;
  timeZone: string;
  papers: number;
  classes: string[];
  pausedUntil: Date;
  plainText: boolean;
  emptyDay: "skip" | "explain";
}>;

/** A confirmed reader who asked for this. */
async function reader(name: string, asked: Asked = {}): Promise<string> {
  const email = `${name}@example.org`;
  await confirmSubscribers([email]);
  const { id } = await db.subscriber.update({ where: { emailKey_query: { emailKey: email, query: "" } }, data: asked });
  return id;
}

/** Who got which mail so far, oldest first. */
async function mails() {
  const parsed = await Promise.all(room.sink.mails.map(async ({ to, raw }) => ({ to, mail: await simpleParser(raw) })));
  return parsed.map(({ to, mail }) => ({ name: to[0]?.split("@")[0] ?? "", mail }));
}

const subjects = async () => Object.fromEntries((await mails()).map(({ name, mail }) => [name, mail.subject]));

const week = ["2026-08-17", "2026-08-18", "2026-08-19", "2026-08-20", "2026-08-21"];

test("each gets what was asked, when it was asked: of the day, of weekdays, of the week", async () => {
  for (const day of week) await freezeEdition(day, [{ title: `Lead of ${day}` }, {}]);
  await freezeEdition("2026-08-22", [{ title: "A Saturday" }]);
  await reader("daily");
  await reader("workday", { rhythm: "weekdays" });
  await reader("weekly", { rhythm: "weekly" });
  await room.sweep({ now: at("2026-08-22T06:00:00Z") });
  expect(await subjects()).toEqual({
    daily: "21 August 2026: Lead of 2026-08-21",
    workday: "21 August 2026: Lead of 2026-08-21",
  });
  await room.sweep({ now: at("2026-08-23T06:00:00Z") });
  expect((await subjects()).daily).toBe("22 August 2026: A Saturday");
  expect(room.sink.mails).toHaveLength(3);
  await room.sweep({ now: at("2026-08-24T05:59:59Z") });
  expect(room.sink.mails).toHaveLength(3);
  await room.sweep({ now: at("2026-08-24T06:00:00Z") });
  expect((await subjects()).weekly).toBe("17 to 23 August 2026: A Saturday");
  expect(room.sink.mails).toHaveLength(4);
  const { mail } = (await mails()).at(-1) ?? {};
  expect([...(mail?.text ?? "").matchAll(/^(\d+)\. (.*)$/gm)].map(([, rank]) => rank)).toEqual(
    Array.from({ length: 11 }, (_, index) => String(index + 1)),
  );
  expect(mail?.html).toContain("/papers/week/2026-W34");
});

test("a month's mail is made of the frozen editions of the month; one that is frozen later changes neither it nor its page", async () => {
  await freezeEdition("2026-08-03", [{ title: "Early" }, {}]);
  await freezeEdition("2026-08-31", [{ title: "Late" }]);
  await reader("monthly", { rhythm: "monthly" });
  await room.sweep({ now: at("2026-09-01T06:00:00Z") });
  const before = await findArchivedDigest(of("2026-08"), { now: at("2026-09-01T06:00:00Z") });
  await freezeEdition("2026-08-10", [{ title: "Filled by a back-fill" }]);
  const after = await findArchivedDigest(of("2026-08"), { now: at("2026-09-20T06:00:00Z") });
  expect(after).toEqual(before);
  expect(before?.papers.map(({ title }) => title)).toEqual(["Late", "Early", "The paper 2"]);
  const [{ mail } = { mail: undefined }] = await mails();
  for (const { title, url } of before?.papers ?? []) {
    expect(mail?.text).toContain(title);
    expect(mail?.html).toContain(url);
  }
});

test("the hour is the reader's own, also where clocks change, and is frozen with the recipients", async () => {
  await freezeEdition("2026-10-31", [{}]);
  const id = await reader("york", { hour: 7, timeZone: "America/New_York" });
  await reader("kathmandu", { hour: 7, timeZone: "Asia/Kathmandu" });
  await reader("usual");
  await room.sweep({ now: at("2026-11-01T01:14:00Z") });
  expect(await db.digest.count()).toBe(0);
  await room.sweep({ now: at("2026-11-01T01:15:00Z") });
  expect(Object.keys(await subjects())).toEqual(["kathmandu"]);
  // Chosen after the list was written: it counts from the next one.
  await db.subscriber.update({ where: { id }, data: { hour: 3 } });
  await room.sweep({ now: at("2026-11-01T06:00:00Z") });
  await room.sweep({ now: at("2026-11-01T11:59:59Z") });
  expect(Object.keys(await subjects())).toEqual(["kathmandu", "usual"]);
  await room.sweep({ now: at("2026-11-01T12:00:00Z") });
  expect(Object.keys(await subjects())).toEqual(["kathmandu", "usual", "york"]);
  const subscription = await findSubscriptionById(id);
  expect(subscription && (await findNextMail(subscription, { now: at("2026-11-01T13:00:00Z") })).toString()).toBe(
    "2026-11-02T08:00:00Z",
  );
});

test("as many papers as asked, of the classes that were asked for, with their ranks in the edition", async () => {
  const many = Array.from({ length: 60 }, (_, index) => ({ categories: index % 2 ? ["math.CO", "cs.DM"] : ["cs.CL"] }));
  await freezeEdition("2026-08-20", many);
  await reader("five", { papers: 5 });
  await reader("fifty", { papers: 50 });
  await reader("maths", { papers: 5, classes: ["math"] });
  await reader("discrete", { papers: 5, classes: ["cs.DM", "cs.CL"] });
  await reader("physics", { classes: ["physics"] });
  await reader("told", { classes: ["physics", "hep-th"], emptyDay: "explain" });
  await room.sweep();
  const ranks = Object.fromEntries(
    (await mails()).map(({ name, mail }) => [
      name,
      [...(mail.text ?? "").matchAll(/^(\d+)\. /gm)].map(([, rank]) => Number(rank)),
    ]),
  );
  expect(ranks).toEqual({
    five: [1, 2, 3, 4, 5],
    fifty: Array.from({ length: 50 }, (_, index) => index + 1),
    maths: [2, 4, 6, 8, 10],
    discrete: [1, 2, 3, 4, 5],
    told: [],
  });
  const told = (await mails()).find(({ name }) => name === "told")?.mail;
  expect(told?.text).toContain("Thursday, 20 August 2026 has 60 papers, and none in physics or hep-th.");
  expect(told?.subject).toBe("20 August 2026, physics hep-th: no papers");
  expect(await db.digest.findFirst()).toMatchObject({ candidates: 6, excluded: 1 });
});

test("plain text is one part, whole, and signed off like the others", async () => {
  await freezeEdition("2026-08-20", [{ title: "On Slow Reading" }]);
  await reader("plain", { plainText: true });
  await room.sweep();
  const [{ mail } = { mail: undefined }] = await mails();
  expect(mail?.html).toBe(false);
  expect(room.sink.mails[0]?.raw.toString()).toContain("Content-Type: text/plain; charset=utf-8");
  expect(mail?.text).toContain("1. On Slow Reading");
  expect(mail?.text).toMatch(/Change what you get: http:\/\/localhost:3000\/preferences\/\S+\nUnsubscribe: http/);
  expect(mail?.headers.get("list")).toMatchObject({ unsubscribe: expect.anything() });
});

test("an empty day is explained to who asked for it and to nobody else, and only when the sources were read after it", async () => {
  await reader("told", { emptyDay: "explain" });
  await reader("quiet");
  await gatherAt("2026-11-26T23:50:00Z");
  await room.sweep({ now: at("2026-11-27T06:00:00Z") });
  expect(await db.digest.count(), "nobody looked since").toBe(0);
  await gatherAt("2026-11-27T05:50:00Z");
  await room.sweep({ now: at("2026-11-27T06:01:00Z") });
  const [{ name, mail } = { name: "", mail: undefined }] = await mails();
  expect([name, room.sink.mails.length]).toEqual(["told", 1]);
  expect(mail?.subject).toBe("26 November 2026: no papers");
  expect(mail?.text).toContain("arXiv announced nothing on Thursday, 26 November 2026: Thanksgiving.");
  expect(mail?.html).toContain("Thanksgiving");
  expect(await db.digest.findFirst()).toMatchObject({ candidates: 2, excluded: 1 });
  expect(await listBrokenInvariants()).toEqual([]);
});

test("where nobody wants to hear of it, an empty day is no digest", async () => {
  await reader("quiet");
  await gatherAt("2026-11-27T05:50:00Z");
  await room.sweep({ now: at("2026-11-27T06:00:00Z") });
  expect(await db.digest.count()).toBe(0);
});

test("a pause holds until its day by the reader's clock, for mail that is being sent as well, but not for the button", async () => {
  await freezeEdition("2026-08-19", [{}]);
  await freezeEdition("2026-08-20", [{}]);
  await reader("away", { pausedUntil: new Date("2026-08-22") });
  await reader("back", { pausedUntil: new Date("2026-08-21") });
  const leaving = await reader("leaving");
  const slow: Mailer = {
    ...room.mailer,
    handOver: async (mail) => {
      if (mail.envelope.to === "leaving@example.org") {
        await pauseMail({ token: preferencesToken(leaving), until: Temporal.PlainDate.from("2026-09-01") });
      }
      return room.mailer.handOver(mail);
    },
  };
  expect(await room.sweep({ by: slow })).toMatchObject({ accepted: 1, fenced: 1 });
  expect(Object.keys(await subjects())).toEqual(["back"]);
  expect(await stateOf("leaving@example.org")).toBe("excluded");
  expect(await stateOf("away@example.org")).toBeUndefined();

  const away = await db.subscriber.findFirstOrThrow({ where: { email: "away@example.org" } });
  await requestLatestDigest({ subscriberId: away.id, now: mailHour.add({ hours: 1 }) });
  await room.sweep({ now: mailHour.add({ hours: 1 }) });
  expect(Object.keys(await subjects())).toEqual(["back", "away"]);
});

test("a mark is refused to a claim whose reader has paused, and to one that ended all mail", async () => {
  await freezeEdition("2026-08-20", [{}]);
  const id = await reader("one");
  await prepareDueDigests({ now: mailHour });
  await db.delivery.updateMany({ data: { state: "sending", attempt: 1, claimedAt: new Date() } });
  const delivery = await db.delivery.findFirstOrThrow();
  const claim = { id: delivery.id, attempt: 1, dueOn: Temporal.PlainDate.from("2026-08-21") };
  await pauseMail({ token: preferencesToken(id), until: Temporal.PlainDate.from("2026-08-22") });
  expect(await markDeliveryHanded(claim)).toBe(false);
  await pauseMail({ token: preferencesToken(id), until: null });
  await endAllMail({ token: preferencesToken(id), now: mailHour });
  expect(await markDeliveryHanded(claim)).toBe(false);
});

test("the link of one subscription shows and changes all of its address, and nothing of another's", async () => {
  const id = await reader("ada");
  const other = await reader("ben");
  const asked = { formVersion: "search-page-1", requestedAt: new Date(0), confirmedAt: new Date(0), status: "active" };
  const { emailKey, emailHash } = await db.subscriber.findUniqueOrThrow({ where: { id } });
  const search = await db.subscriber.create({
    data: { ...asked, email: "ada@example.org", emailKey, emailHash, query: "slow reading" },
  });
  const token = preferencesToken(id);
  const found = await findAddressPreferences(token);
  expect(found?.subscriptions.map((one) => one.search)).toEqual(["", "slow reading"]);

  const kept = found?.subscriptions[0];
  if (!kept) throw new Error("no subscription");
  const typed: TypedPreferences = { ...typePreferences(kept.preferences), rhythm: "weekly", classes: "cs.CL" };
  const save = (subscriptionId: string, changed: Partial<TypedPreferences> = {}) =>
    savePreferences({ token, subscriptionId, typed: { ...typed, ...changed } });
  expect(await save(id)).toEqual({ status: "saved" });
  expect(await save(search.id)).toEqual({ status: "saved" });
  expect(await save(other)).toEqual({ status: "unknown" });
  expect(await save("no id")).toEqual({ status: "unknown" });
  expect(await save(id, { papers: "0" })).toEqual({ status: "problems" });
  expect(
    await db.subscriber.findMany({
      select: { rhythm: true, classes: true },
      orderBy: [{ email: "asc" }, { query: "asc" }],
    }),
  ).toEqual([
    { rhythm: "weekly", classes: ["cs.CL"] },
    { rhythm: "weekly", classes: [] },
    { rhythm: "daily", classes: [] },
  ]);
  expect(await findAddressPreferences(`${token}x`)).toBeNull();
  expect(await endAllMail({ token, now: mailHour })).toEqual({ status: "ended" });
  expect((await findAddressPreferences(token))?.subscriptions).toEqual([]);
  expect((await db.subscriber.findUniqueOrThrow({ where: { id: other } })).status).toBe("active");
  await db.subscriber.deleteMany({ where: { emailKey } });
  expect(await findAddressPreferences(token)).toBeNull();
});

test("the operator sends a week to those who have weeks, once, and a day to nobody who has not asked for days", async () => {
  for (const day of week) await freezeEdition(day, [{}]);
  await reader("weekly", { rhythm: "weekly" });
  await reader("daily");
  const now = at("2026-09-20T12:00:00Z");
  const send = (name: string) => sendDigestNow({ period: of(name), now, dryRun: false, mailer: room.mailer });
  expect(await send("2026-W34")).toMatchObject({ status: "done", recipients: 1 });
  expect(await send("2026-W34")).toMatchObject({ status: "done", recipients: 0 });
  expect(await send("2026-08-20")).toMatchObject({ status: "done", recipients: 1 });
  expect(await send("2026-W30")).toEqual({ status: "empty" });
  expect(await send("2026-W38")).toEqual({ status: "not-frozen" });
  expect((await mails()).map(({ name }) => name)).toEqual(["weekly", "daily"]);
});

test("who confirms after a digest was due gets the next one, and does not begin one by coming", async () => {
  for (const day of week) await freezeEdition(day, [{}]);
  const id = await reader("late", { rhythm: "weekly" });
  await db.subscriber.update({ where: { id }, data: { confirmedAt: new Date("2026-08-25T09:00:00Z") } });
  await room.sweep({ now: at("2026-08-25T09:00:05Z") });
  expect([room.sink.mails.length, await db.digest.count()]).toEqual([0, 0]);
  await freezeEdition("2026-08-27", [{ title: "The next" }]);
  await room.sweep({ now: at("2026-08-31T06:00:00Z") });
  expect(await subjects()).toEqual({ late: "24 to 30 August 2026: The next" });
});
