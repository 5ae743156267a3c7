import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, test } from "vitest";
import { POST as askToSubscribe } from "#app/subscribe/request/route.ts";
import { POST as confirm } from "#app/subscribe/[token]/confirm/route.ts";
import ConfirmationPage from "#app/subscribe/[token]/page.tsx";
import { POST as sendLatest } from "#app/subscribe/[token]/send-latest/route.ts";
import { POST as unsubscribe } from "#app/unsubscribe/[token]/confirm/route.ts";
import { GET as openOneClick, POST as oneClick } from "#app/unsubscribe/[token]/one-click/route.ts";
import UnsubscribePage from "#app/unsubscribe/[token]/page.tsx";
import { POST as subscribeAgain } from "#app/unsubscribe/[token]/subscribe-again/route.ts";
import { now } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { requestSubscription } from "#lib/subscribers/commands.ts";
import { confirmationToken, unsubscribeToken } from "#lib/subscribers/tokens.ts";
import { freezeEdition } from "#tests/frozen-edition.ts";

let confirmation: string;
let leaving: string;

beforeEach(async () => {
  await db.delivery.deleteMany();
  await db.digest.deleteMany();
  await db.subscriber.deleteMany();
  await db.letterRequest.deleteMany();
  await db.edition.deleteMany();
  await db.paper.deleteMany();
  await freezeEdition("2026-08-20", [{}]);
  await requestSubscription({ email: "ada@example.org", formVersion: "subscribe-page-1", now: now() });
  const { id } = await db.subscriber.findFirstOrThrow();
  confirmation = confirmationToken({ subscriberId: id, requestedAt: now().subtract({ seconds: 1 }) });
  leaving = unsubscribeToken(id);
});

const at = (token: string) => ({ params: Promise.resolve({ token }), searchParams: Promise.resolve({}) });
const open = async (Page: typeof ConfirmationPage | typeof UnsubscribePage, token: string) =>
  renderToStaticMarkup(await Page(at(token)));
const request = (body?: BodyInit, headers?: HeadersInit) =>
  new Request("http://localhost:3000/", { method: "POST", body, headers });

/** Every row that mail is made of. */
async function ledger() {
  return JSON.stringify([
    await db.subscriber.findMany(),
    await db.letterRequest.findMany(),
    await db.digest.findMany(),
    await db.delivery.findMany(),
    await db.suppression.findMany(),
  ]);
}

test("a scanner that opens every link twice changes no row, and the reader's press still works", async () => {
  const before = await ledger();
  for (let round = 0; round < 2; round++) {
    expect(await open(ConfirmationPage, confirmation)).toContain("Confirm my subscription</button>");
    expect(await open(UnsubscribePage, leaving)).toContain("Unsubscribe</button>");
    const opened = await openOneClick(new Request("http://localhost:3000/"), at(leaving));
    expect([opened.status, opened.headers.get("location")]).toEqual([303, `/unsubscribe/${leaving}`]);
  }
  expect(await ledger()).toBe(before);

  const pressed = await confirm(request(), at(confirmation));
  expect([pressed.status, pressed.headers.get("location")]).toEqual([303, `/subscribe/${confirmation}`]);
  expect(await open(ConfirmationPage, confirmation)).toMatch(/You are subscribed.*The next edition arrives \d/);
});

test("after confirming, one press sends the latest edition, and the page then says so", async () => {
  await confirm(request(), at(confirmation));
  expect(await open(ConfirmationPage, confirmation)).toContain("Send me the latest edition now</button>");
  await sendLatest(request(), at(confirmation));
  await sendLatest(request(), at(confirmation));
  expect(await open(ConfirmationPage, confirmation)).toMatch(/Thursday,? 20 August 2026<\/a> is on its way to you/);
  expect(await db.delivery.count()).toBe(1);
});

test.each([
  ["urlencoded", () => request("List-Unsubscribe=One-Click", { "content-type": "application/x-www-form-urlencoded" })],
  [
    "multipart",
    () => {
      const form = new FormData();
      form.set("List-Unsubscribe", "One-Click");
      return request(form);
    },
  ],
  ["without a body", () => request()],
])("one click %s: 200, no redirect, at once, and again", async (_, post) => {
  await confirm(request(), at(confirmation));
  for (let round = 0; round < 2; round++) {
    const answer = await oneClick(post(), at(leaving));
    expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
    expect((await db.subscriber.findFirst())?.status).toBe("unsubscribed");
  }
  expect((await oneClick(post(), at(`${leaving}x`))).status).toBe(404);
});

test("the reader's own press leads to a page that says it is done, with a way back", async () => {
  await confirm(request(), at(confirmation));
  const pressed = await unsubscribe(request(), at(leaving));
  expect([pressed.status, pressed.headers.get("location")]).toEqual([303, `/unsubscribe/${leaving}`]);
  expect(await open(UnsubscribePage, leaving)).toMatch(/You are unsubscribed.*Subscribe again<\/button>/);
  await subscribeAgain(request(), at(leaving));
  expect((await db.subscriber.findFirst())?.status).toBe("active");
});

test.each(["", "nonsense", "YWJj.ZGVm", "a".repeat(5000)])("the token %j says so in a sentence", async (token) => {
  expect(await open(ConfirmationPage, token)).toContain("We do not know this link");
  expect(await open(UnsubscribePage, token)).toContain("We do not know this link");
  expect((await confirm(request(), at(token))).status).toBe(303);
});

test("the form answers alike for new, known and limited addresses, and kindly where there is none", async () => {
  const ask = async (email: string, client = "192.0.2.1") => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "x-broadsheet-client": client };
    const body = new URLSearchParams({ email, form: "front-page-1" });
    const answer = await askToSubscribe(request(body, headers));
    return `${answer.status} ${answer.headers.get("location")}`;
  };
  expect(await ask("new@example.org")).toBe("303 /subscribe/check-your-mail");
  expect(await ask("ada@example.org")).toBe("303 /subscribe/check-your-mail");
  expect(await ask("nobody at all")).toBe("303 /subscribe/try-again");
  for (let count = 0; count < 60; count++) await ask(`reader${count}@example.org`, "192.0.2.2");
  const rows = await db.subscriber.count();
  expect(await ask("sixty-first@example.org", "192.0.2.2")).toBe("303 /subscribe/check-your-mail");
  expect(await db.subscriber.count()).toBe(rows);
  expect((await askToSubscribe(request("not a form", { "content-type": "text/plain" }))).status).toBe(303);
});
