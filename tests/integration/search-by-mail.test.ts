import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { POST as askByForm } from "#app/subscribe/request/route.ts";
import { countDeliveries } from "#lib/digest/queries.ts";
import { sendDigestNow } from "#lib/digest/send-digest.ts";
import { db } from "#lib/platform/db.ts";
import { updateSearchIndex } from "#lib/search/commands.ts";
import { findPapersFor } from "#lib/search/queries.ts";
import { confirmSubscription, requestSubscription, unsubscribe } from "#lib/subscribers/commands.ts";
import { findSubscription, findSubscriptionRequest } from "#lib/subscribers/queries.ts";
import { confirmationToken, unsubscribeToken } from "#lib/subscribers/tokens.ts";
import { freezeEdition } from "#tests/frozen-edition.ts";
import { mailHour, openMailRoom, period } from "#tests/mail-room.ts";

const room = openMailRoom();
const before = mailHour.subtract({ hours: 72 });

const edition = [
  { title: "On slow gardens", abstract: "Nothing grows." },
  { title: "Sparse attention", abstract: "We attend sparsely to letters." },
  { title: "Letters", abstract: "Attention to letters that are sparse.", categories: ["math.CO"] },
  { title: "Kites", abstract: "Kites need attention." },
];

/** Asks and confirms, as the form and the letter's button do. */
async function subscribeTo(search: string, email = "ada@example.org"): Promise<string> {
  const { status } = await requestSubscription({ email, search, formVersion: "search-page-1", now: before });
  expect(status).toBe("asked");
  const { id } = await db.subscriber.findFirstOrThrow({ where: { email, query: search } });
  const token = confirmationToken({ subscriberId: id, requestedAt: before });
  expect(await confirmSubscription({ token, now: before.add({ seconds: 1 }) })).toEqual({ status: "confirmed" });
  return id;
}

async function mails() {
  const parsed = await Promise.all(
    room.sink.mails.map(async ({ to, raw }) => ({ to: to[0], mail: await simpleParser(raw) })),
  );
  return parsed.toSorted((a, b) => (a.mail.subject ?? "").localeCompare(b.mail.subject ?? ""));
}

const printed = async () => {
  await freezeEdition("2026-08-20", edition);
  await updateSearchIndex();
};

test("a search by mail holds the papers of the edition that its page finds, with their ranks, and says whose search it is", async () => {
  await printed();
  await subscribeTo("sparse attention");
  await room.sweep();
  const [{ mail } = { mail: undefined }] = await mails();
  expect(room.sink.mails).toHaveLength(1);
  expect(mail?.subject).toBe("20 August 2026, sparse attention: Sparse attention");
  const text = mail?.text ?? "";
  expect(text).toContain("The papers of “sparse attention”");
  expect([...text.matchAll(/^(\d+)\. (.*)$/gm)].map(([, rank, title]) => [rank, title])).toEqual([
    ["2", "Sparse attention"],
    ["3", "Letters"],
  ]);
  const { ids } = await findPapersFor({ text: "sparse attention", sort: "newest" }, { now: mailHour });
  const titlesOnPage = await db.paper.findMany({ where: { id: { in: ids } }, select: { title: true } });
  expect(titlesOnPage.map(({ title }) => title).toSorted()).toEqual(["Letters", "Sparse attention"]);
  expect(mail?.html).toContain("/papers?q=sparse+attention&amp;sort=newest");
});

test("an edition in which a search finds nothing sends nothing, and is counted as excluded", async () => {
  await printed();
  await subscribeTo("volcanoes");
  await subscribeTo("", "ben@example.org");
  await room.sweep();
  expect((await mails()).map(({ to }) => to)).toEqual(["ben@example.org"]);
  expect(await db.digest.findFirst()).toMatchObject({ candidates: 2, excluded: 1 });
  expect(await countDeliveries(period)).toMatchObject({ sent: 1, pending: 0, finished: true });
});

test("one address has the edition and several searches, each asked for, confirmed and ended by itself", async () => {
  await printed();
  const [whole, sparse, kites] = [await subscribeTo(""), await subscribeTo("sparse"), await subscribeTo("ti:kites")];
  expect(new Set([whole, sparse, kites]).size).toBe(3);
  await room.sweep();
  expect((await mails()).map(({ mail }) => mail.subject)).toEqual([
    "20 August 2026, sparse: Sparse attention",
    "20 August 2026, ti:kites: Kites",
    "20 August 2026: On slow gardens",
  ]);

  await unsubscribe({ token: unsubscribeToken(sparse), now: mailHour });
  expect(await findSubscription(unsubscribeToken(sparse))).toMatchObject({ status: "unsubscribed", search: "sparse" });
  expect(await findSubscription(unsubscribeToken(kites))).toMatchObject({ status: "active", search: "ti:kites" });
  expect(await findSubscription(unsubscribeToken(whole))).toMatchObject({ status: "active", search: "" });
});

test("an address that bounced gets none of its lists", async () => {
  await printed();
  await subscribeTo("");
  await subscribeTo("sparse");
  const { emailHash } = await db.subscriber.findFirstOrThrow();
  await db.suppression.create({ data: { emailHash, reason: "bounced", since: new Date(before.epochMilliseconds) } });
  await room.sweep();
  expect(room.sink.mails).toEqual([]);
});

test("the same search in another writing is the same subscription; a line with nothing to look for is none", async () => {
  await subscribeTo("cat:cs.LG sparse");
  await requestSubscription({
    email: "Ada@example.org",
    search: " CAT:cs.lg   sparse ",
    formVersion: "search-page-1",
    now: before,
  });
  expect(await db.subscriber.count()).toBe(1);
  for (const search of ["the", "-vision", "?!"]) {
    const { status } = await requestSubscription({
      email: "ada@example.org",
      search,
      formVersion: "search-page-1",
      now: before,
    });
    expect(status, search).toBe("no-search");
  }
});

test("each list gets its letter, but an address no more than five of them in a day", async () => {
  const asked = async (search: string, minutes: number) =>
    requestSubscription({
      email: "eve@example.org",
      search,
      formVersion: "search-page-1",
      now: before.add({ minutes }),
    });
  await asked("", 0);
  await asked("sparse", 1);
  await asked("sparse", 2);
  expect(await db.letterRequest.count({ where: { email: "eve@example.org" } })).toBe(2);
  for (const number of [3, 4, 5, 6, 7, 8]) await asked(`kites ${number}`, number);
  expect(await db.letterRequest.count({ where: { email: "eve@example.org" } })).toBe(5);
});

test("the letter's page names the search before and after the press", async () => {
  await requestSubscription({ email: "fay@example.org", search: "sparse", formVersion: "search-page-1", now: before });
  const { id } = await db.subscriber.findFirstOrThrow({ where: { email: "fay@example.org" } });
  const token = confirmationToken({ subscriberId: id, requestedAt: before });
  expect(await findSubscriptionRequest(token, { now: before })).toEqual({ status: "waiting", search: "sparse" });
  await confirmSubscription({ token, now: before });
  expect(await findSubscriptionRequest(token, { now: before })).toMatchObject({ status: "active", search: "sparse" });
});

test("the form on the search's page carries its line", async () => {
  const body = new URLSearchParams({ email: "gus@example.org", q: "sparse attention", form: "search-page-1" });
  const answer = await askByForm(new Request("http://localhost/subscribe/request", { method: "POST", body }));
  expect(answer.headers.get("location")).toMatch(/\/subscribe\/check-your-mail$/);
  expect(await db.subscriber.findFirst({ where: { email: "gus@example.org" } })).toMatchObject({
    query: "sparse attention",
    formVersion: "search-page-1",
  });
});

test("the operator's command sends searches too, and once", async () => {
  await printed();
  await subscribeTo("sparse");
  await subscribeTo("volcanoes");
  const dry = await sendDigestNow({ period, dryRun: true, now: mailHour, mailer: room.mailer });
  expect(dry).toMatchObject({ status: "dry-run", recipients: 1 });
  await sendDigestNow({ period, dryRun: false, now: mailHour, mailer: room.mailer });
  await room.sweep();
  expect((await mails()).map(({ mail }) => mail.subject)).toEqual(["20 August 2026, sparse: Sparse attention"]);
});
