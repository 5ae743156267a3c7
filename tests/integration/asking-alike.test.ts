import { beforeEach, expect, test } from "vitest";
import { POST as askToSubscribe } from "#app/subscribe/request/route.ts";
import { askToSignIn } from "#lib/accounts/commands.ts";
import { newBrowserMark } from "#lib/accounts/asking-browser.ts";
import { clientAddressHeader } from "#lib/platform/client-address.ts";
import { now } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { keyedHash } from "#lib/platform/secret.ts";
import { confirmSubscribers } from "#tests/frozen-edition.ts";

beforeEach(async () => {
  await db.letterRequest.deleteMany();
  await db.subscriber.deleteMany();
  await db.suppression.deleteMany();
  await db.rateLimit.deleteMany();
});

/** Presses the button of the form, from a client of its own. */
function subscribe(email: string, client: number): Promise<Response> {
  const address = `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}`;
  const body = new URLSearchParams({ email, form: "subscribe-page-2", q: "", rhythm: "daily" });
  const request = new Request("http://localhost/subscribe/request", {
    method: "POST",
    headers: { [clientAddressHeader]: address },
    body,
  });
  return askToSubscribe(request);
}

async function everythingOf(response: Response): Promise<string> {
  return JSON.stringify([response.status, [...response.headers], await response.text()]);
}

test("ten thousand presses for one address, from a thousand places, are one letter", async () => {
  const answers = new Set<string>();
  let pressed = 0;
  const press = async () => {
    while (pressed < 10_000) {
      const client = pressed++ % 1000;
      answers.add(await everythingOf(await subscribe("ada@example.org", client)));
    }
  };
  await Promise.all(Array.from({ length: 20 }, press));
  expect(answers.size, "all were answered alike").toBe(1);
  expect(await db.letterRequest.count()).toBe(1);
  expect(await db.subscriber.findMany()).toEqual([
    expect.objectContaining({
      email: "ada@example.org",
      emailKey: "ada@example.org",
      status: "pending",
      formVersion: "subscribe-page-2",
      requestedAt: expect.any(Date),
      confirmedAt: null,
    }),
  ]);
}, 600_000);

test("known, new, suppressed and limited addresses are answered alike, in as much time", async () => {
  await confirmSubscribers(["known@example.org"]);
  const emailHash = keyedHash("suppression", "bounced@example.org");
  await db.suppression.create({ data: { emailHash, reason: "bounced", since: new Date() } });
  const at = { requestedAt: new Date(), dueAt: new Date(), expiresAt: new Date(Date.now() + 86_400_000) };
  const limited = {
    kind: "confirm-subscription",
    email: "limited@example.org",
    emailKey: "limited@example.org",
    ...at,
  };
  await db.letterRequest.createMany({
    data: Array.from({ length: 5 }, (_, index) => ({ ...limited, details: { about: `search ${index}` } })),
  });
  const medians = await timeEach(
    {
      known: () => "known@example.org",
      new: (round) => `new${round}@example.org`,
      suppressed: () => "bounced@example.org",
      limited: () => "limited@example.org",
    },
    async (email, client) => everythingOf(await subscribe(email, client)),
  );
  expectAlike(medians);
}, 600_000);

test("a sign-in takes as much time for who has an account as for who has none, and past the limit", async () => {
  await db.account.create({ data: { id: "known", name: "", email: "known@example.org" } });
  const medians = await timeEach(
    { known: (round) => `known@example.org${" ".repeat(round % 2)}`.trim(), new: (round) => `new${round}@example.org` },
    async (email, client) => {
      const mark = newBrowserMark();
      await askToSignIn({ email, next: "/", mark, client: `192.0.2.${client % 200}:${client}`, now: now() });
      return "";
    },
  );
  // `known` was past its limit of five an hour after the fifth.
  expect(await db.letterRequest.count({ where: { email: "known@example.org" } })).toBe(5);
  expectAlike(medians);
}, 600_000);

const rounds = 300;

/** Asks in turn, so that what slows the machine slows all; gives the median time of each kind in milliseconds. */
async function timeEach(
  kinds: Record<string, (round: number) => string>,
  ask: (email: string, client: number) => Promise<string>,
): Promise<Record<string, number>> {
  const times = new Map(Object.keys(kinds).map((kind) => [kind, [] as number[]]));
  const answers = new Set<string>();
  let client = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [kind, emailOf] of Object.entries(kinds)) {
      const began = performance.now();
      answers.add(await ask(emailOf(round), client++));
      times.get(kind)?.push(performance.now() - began);
    }
  }
  expect(answers.size).toBe(1);
  return Object.fromEntries([...times].map(([kind, list]) => [kind, list.sort((a, b) => a - b)[rounds / 2] ?? 0]));
}

/** A ratio, because a busy machine takes longer for all of them. */
function expectAlike(medians: Record<string, number>): void {
  const sorted = Object.values(medians).sort((a, b) => a - b);
  process.stderr.write(`${JSON.stringify(medians)}\n`);
  expect((sorted.at(-1) ?? 0) / (sorted[0] ?? 1), JSON.stringify(medians)).toBeLessThan(1.5);
}
