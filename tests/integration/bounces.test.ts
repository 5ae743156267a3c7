import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { receiveReport } from "#lib/digest/bounces/commands.ts";
import { readReturnPath } from "#lib/digest/bounces/return-path.ts";
import { db } from "#lib/platform/db.ts";
import { deliveryReport, type ReportStyle } from "#tests/fakes/delivery-report.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { mailHour, openMailRoom, stateOf } from "#tests/mail-room.ts";

// Before the modules that read the environment are loaded.
vi.hoisted(() => {
  process.env.BOUNCE_ADDRESS = "bounce@papers.example.org";
});
const room = openMailRoom();
const now = mailHour.add({ minutes: 5 });

/** A digest that was sent, and the return path that its mail had. */
async function sendOne(email = "ada@example.org"): Promise<string> {
  await freezeEdition("2026-08-20", [{ title: "On Slow Reading" }]);
  await confirmSubscribers([email]);
  await room.sweep();
  return room.sink.mails.at(-1)?.from ?? "";
}

const suppressions = () => db.suppression.findMany({ select: { reason: true } });

test("each digest has a return path of its own, which no mail server can make up", async () => {
  const returnPath = await sendOne();
  expect(returnPath).toMatch(/^bounce\+[0-9a-f]{44}@papers\.example\.org$/);
  expect((returnPath.split("@")[0] ?? "").length).toBeLessThanOrEqual(64);
  const { id } = await db.delivery.findFirstOrThrow();
  expect(readReturnPath(returnPath.toUpperCase())).toBe(id);
  expect(readReturnPath(returnPath.replace(/.@/, (end) => (end === "0@" ? "1@" : "0@")))).toBeNull();
});

test.each<[ReportStyle]>([["plain"], ["folded"], ["diagnostic"], ["global"], ["delivered-to"]])(
  "an address that does not exist is not mailed again: a report written %s",
  async (style) => {
    const to = await sendOne();
    expect(await receiveReport(deliveryReport({ to, style }), { now })).toBe("suppressed");
    expect(await db.delivery.findFirst()).toMatchObject({ state: "sent", bounceStatus: "5.1.1" });
    expect(await suppressions()).toEqual([{ reason: "bounced" }]);
  },
);

test.each([
  ["4.2.2", "a mailbox that is full today"],
  ["5.4.4", "a route that could not be found"],
  ["5.7.1", "a policy, or our reputation"],
])("%s (%s) says nothing of the reader", async (status) => {
  const to = await sendOne();
  expect(await receiveReport(deliveryReport({ to, status }), { now })).toBe("noted");
  expect([await suppressions(), (await db.delivery.findFirst())?.bouncedAt]).toEqual([[], null]);
});

test("a delay and a success are no failure", async () => {
  const to = await sendOne();
  for (const action of ["delayed", "delivered", "relayed", "expanded"]) {
    expect(await receiveReport(deliveryReport({ to, action }), { now })).toBe("noted");
  }
  expect(await suppressions()).toEqual([]);
});

test("another failure counts when it comes back three times, each for another digest", async () => {
  await confirmSubscribers(["ada@example.org"]);
  for (const [index, day] of ["2026-08-20", "2026-08-21", "2026-08-22"].entries()) {
    await freezeEdition(day, [{ title: "On Slow Reading" }]);
    const at = mailHour.add({ hours: 24 * index });
    await room.sweep({ now: at });
    const to = room.sink.mails.at(-1)?.from ?? "";
    const report = deliveryReport({ to, status: "5.2.2" });
    expect(await receiveReport(report, { now: at })).toBe(index < 2 ? "noted" : "suppressed");
    expect(await receiveReport(report, { now: at })).toBe("unknown-delivery");
  }
  expect(await suppressions()).toHaveLength(1);
});

test("a server that refuses the address at once is believed as well", async () => {
  room.script = ({ at }) => (at === "rcpt" ? 550 : undefined);
  await sendOne();
  expect(await stateOf("ada@example.org")).toBe("failed");
});

test("a report on a mail whose end was unknown says that it went out", async () => {
  const to = await sendOne();
  await db.delivery.updateMany({ data: { state: "uncertain" } });
  await receiveReport(deliveryReport({ to, status: "5.2.2" }), { now });
  expect(await stateOf("ada@example.org")).toBe("sent");
});

test("a suppression outlives the erasure of its subscriber, and holds no address", async () => {
  const to = await sendOne();
  await receiveReport(deliveryReport({ to }), { now });
  await db.subscriber.deleteMany();
  const kept = await db.suppression.findMany();
  expect(kept).toHaveLength(1);
  expect(JSON.stringify(kept)).not.toMatch(/ada|example/);
});

test("a thousand copies of one report are one report", async () => {
  const to = await sendOne();
  const report = deliveryReport({ to, status: "5.2.2" });
  const outcomes = [];
  for (let copy = 0; copy < 50; copy++) {
    outcomes.push(...(await Promise.all(Array.from({ length: 20 }, () => receiveReport(report, { now })))));
  }
  expect(outcomes.filter((outcome) => outcome === "noted")).toHaveLength(1);
  expect(await suppressions()).toEqual([]);
}, 120_000);

test("whatever is changed in a report, it never throws, and never reaches another reader", async () => {
  const to = await sendOne("ada@example.org");
  await db.delivery.updateMany({ data: { state: "sent" } });
  const whole = deliveryReport({ to, style: "folded" });
  const forged = deliveryReport({ to: to.replace(/[0-9a-f]{12}@/, "000000000000@") });
  expect(await receiveReport(forged, { now })).toBe("unknown-delivery");
  const mutation = fc.record({
    at: fc.nat({ max: whole.length - 1 }),
    remove: fc.nat({ max: 60 }),
    put: fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom("\r\n\r\n", "--between", "\0", "Status: 5.1.1\r\n", `+${"a".repeat(44)}@x.test`),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 5 }), async (mutations) => {
      let text = whole.toString("latin1");
      for (const { at, remove, put } of mutations) text = text.slice(0, at) + put + text.slice(at + remove);
      const outcome = await receiveReport(Buffer.from(text, "latin1"), { now });
      expect(["no-report", "unknown-delivery", "noted", "suppressed"]).toContain(outcome);
      expect(await db.suppression.count()).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
  for (const junk of [Buffer.alloc(0), Buffer.from("hello"), Buffer.alloc(100_000, 0xff)]) {
    expect(await receiveReport(junk, { now })).toBe("no-report");
  }
}, 120_000);
