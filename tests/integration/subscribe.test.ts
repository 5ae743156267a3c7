import { beforeEach, expect, test } from "vitest";
import { sendDueLetters } from "#lib/letters/send-letters.ts";
import { db } from "#lib/platform/db.ts";
import { smtpMailer } from "#lib/platform/smtp.ts";
import {
  confirmSubscription,
  expirePending,
  requestSubscription,
  subscribeAgain,
  unsubscribe,
} from "#lib/subscribers/commands.ts";
import { findSubscription, findSubscriptionRequest } from "#lib/subscribers/queries.ts";
import { writeConfirmation } from "#lib/subscribers/send-confirmation.ts";
import { confirmationToken, unsubscribeToken } from "#lib/subscribers/tokens.ts";
import { type SmtpSink, startSmtpSink } from "#tests/fakes/smtp-sink.ts";

const now = Temporal.Instant.from("2026-08-21T08:00:00Z");
const later = (duration: Temporal.DurationLike) => now.add(duration);

beforeEach(async () => {
  await db.letterRequest.deleteMany();
  await db.subscriber.deleteMany();
  await db.suppression.deleteMany();
});

function ask(email = "ada@example.org", at = now) {
  return requestSubscription({ email, formVersion: "subscribe-page-1", now: at });
}

/** Asks, and gives the token that stands in the letter. */
async function askForToken(email = "ada@example.org", at = now) {
  await ask(email, at);
  const { id } = await db.subscriber.findFirstOrThrow({ where: { emailKey: email.toLowerCase() } });
  return { id, token: confirmationToken({ subscriberId: id, requestedAt: at }) };
}

async function collectLetters(at = now): Promise<SmtpSink["mails"]> {
  const sink = await startSmtpSink();
  const mailer = smtpMailer(sink.url);
  const never = () => Promise.reject(new Error("no such letter"));
  await sendDueLetters({
    now: at,
    limit: 100,
    mailer,
    writers: { "confirm-subscription": writeConfirmation, "sign-in": never },
  });
  mailer.close();
  await sink.stop();
  return sink.mails;
}

test("asked, mailed, confirmed: the row is proof of who agreed to what, and when", async () => {
  await ask("Ada@Example.org");
  const [letter] = await collectLetters();
  const body = letter?.raw.toString("latin1").replace(/=\r\n/g, "").replace(/=3D/g, "=") ?? "";
  const token = /\/subscribe\/([\w.-]+)/.exec(body)?.[1] ?? "";
  expect(letter?.to).toEqual(["Ada@example.org"]);

  expect(await findSubscriptionRequest(token, { now })).toEqual({ status: "waiting", search: "" });
  expect(await confirmSubscription({ token, now: later({ minutes: 5 }) })).toEqual({ status: "confirmed" });
  expect(await confirmSubscription({ token, now: later({ minutes: 6 }) })).toEqual({ status: "already-confirmed" });
  expect(await db.subscriber.findFirst()).toMatchObject({
    emailKey: "ada@example.org",
    status: "active",
    formVersion: "subscribe-page-1",
    requestedAt: new Date("2026-08-21T08:00:00Z"),
    confirmedAt: new Date("2026-08-21T08:05:00Z"),
  });
});

test("two hundred requests at once for one address, however spelled, are one letter", async () => {
  const spellings = ["ada@exämple.org", "ADA@EXÄMPLE.ORG", " ada@xn--exmple-cua.org "];
  await Promise.all(Array.from({ length: 200 }, (_, index) => ask(spellings[index % 3])));
  expect(await db.letterRequest.count()).toBe(1);
  expect(await collectLetters()).toHaveLength(1);
  await ask("ada@exämple.org", later({ hours: 23 }));
  expect(await db.letterRequest.count()).toBe(1);
  await ask("ada@exämple.org", later({ hours: 25 }));
  expect(await db.letterRequest.count()).toBe(2);
});

test("new, waiting, subscribed, unsubscribed and suppressed addresses get the same answer", async () => {
  const first = await ask();
  const waiting = await ask();
  const { token, id } = await askForToken();
  await confirmSubscription({ token, now });
  const active = await ask("ada@example.org", later({ hours: 30 }));
  await unsubscribe({ token: unsubscribeToken(id), now: later({ hours: 31 }) });
  const gone = await ask("ada@example.org", later({ hours: 60 }));
  const { emailHash } = await db.subscriber.findFirstOrThrow();
  await db.suppression.create({ data: { emailHash, reason: "bounced", since: new Date() } });
  const letters = await db.letterRequest.count();
  const suppressed = await ask("ada@example.org", later({ hours: 90 }));

  expect([waiting, active, gone, suppressed]).toEqual([first, first, first, first]);
  expect(await db.letterRequest.count(), "nothing goes to an address that bounced").toBe(letters);
});

test("a request for an active subscriber changes nothing of the proof", async () => {
  const { token } = await askForToken();
  await confirmSubscription({ token, now });
  const before = await db.subscriber.findFirst();
  await requestSubscription({
    email: "ada@example.org",
    formVersion: "front-page-1",
    now: later({ days: 0, hours: 48 }),
  });
  expect(await db.subscriber.findFirst()).toEqual(before);
});

test("what is no address is said to be none, and leaves no trace", async () => {
  expect(await ask("ada at example")).toEqual({ status: "no-address" });
  expect(await db.subscriber.count()).toBe(0);
});

test("a link that is older than seven days, torn or made for something else confirms nothing", async () => {
  const { token, id } = await askForToken();
  expect(await confirmSubscription({ token, now: later({ hours: 7 * 24 }) })).toEqual({ status: "expired" });
  expect(await confirmSubscription({ token: token.slice(0, -1), now })).toEqual({ status: "unknown" });
  expect(await confirmSubscription({ token: unsubscribeToken(id), now })).toEqual({ status: "unknown" });
  expect(await confirmSubscription({ token: "", now })).toEqual({ status: "unknown" });
  expect(await unsubscribe({ token, now })).toEqual({ status: "unknown" });
  expect(await findSubscription("nonsense")).toMatchObject({ status: "unknown" });
});

test("fifty presses at once confirm once", async () => {
  const { token } = await askForToken();
  const answers = await Promise.all(Array.from({ length: 50 }, () => confirmSubscription({ token, now })));
  expect(answers.filter(({ status }) => status === "confirmed")).toHaveLength(1);
  expect(answers.filter(({ status }) => status === "already-confirmed")).toHaveLength(49);
});

test("unsubscribing works twice, for ever, and has a way back; an old confirmation link is none", async () => {
  const { token, id } = await askForToken();
  await confirmSubscription({ token, now });
  const away = unsubscribeToken(id);
  expect(await unsubscribe({ token: away, now: later({ hours: 1 }) })).toEqual({ status: "unsubscribed" });
  expect(await unsubscribe({ token: away, now: later({ hours: 90_000 }) })).toEqual({ status: "already-unsubscribed" });
  expect(await confirmSubscription({ token, now: later({ hours: 2 }) })).toEqual({ status: "expired" });
  expect(await findSubscription(away)).toEqual({ status: "unsubscribed", confirmed: true, search: "" });

  expect(await subscribeAgain({ token: away, now: later({ hours: 3 }) })).toEqual({ status: "subscribed" });
  expect(await findSubscription(away)).toEqual({ status: "active", confirmed: true, search: "" });
});

test("who never confirmed cannot come back by the unsubscription page", async () => {
  const { id } = await askForToken();
  await unsubscribe({ token: unsubscribeToken(id), now });
  expect(await subscribeAgain({ token: unsubscribeToken(id), now })).toEqual({ status: "unknown" });
});

test("a new opt-in ends a suppression, since only the owner of the mailbox can press", async () => {
  const { token } = await askForToken();
  const { emailHash } = await db.subscriber.findFirstOrThrow();
  await db.suppression.create({ data: { emailHash, reason: "erased", since: new Date() } });
  await confirmSubscription({ token, now });
  expect(await db.suppression.count()).toBe(0);
});

test("an address that was never confirmed is forgotten after seven days, others stay", async () => {
  await ask("never@example.org");
  const { token } = await askForToken("ada@example.org");
  await confirmSubscription({ token, now });
  expect(await expirePending({ now: later({ hours: 7 * 24 - 1 }), days: 7 })).toEqual({ expired: 0 });
  expect(await expirePending({ now: later({ hours: 7 * 24 }), days: 7 })).toEqual({ expired: 1 });
  expect((await db.subscriber.findMany()).map(({ emailKey }) => emailKey)).toEqual(["ada@example.org"]);
});
