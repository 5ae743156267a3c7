import fc from "fast-check";
import { expect, test } from "vitest";
import { closeOverdueDeliveries } from "#lib/digest/commands.ts";
import { listBrokenInvariants } from "#lib/digest/invariants/queries.ts";
import { dueOf, expiryOf, rhythmsOf } from "#lib/digest/mailing-time.ts";
import { nameOf, type Period, periodOf } from "#lib/digest/period.ts";
import { db } from "#lib/platform/db.ts";
import { patience } from "#lib/platform/sending-protocol.ts";
import { site } from "#lib/platform/site-config.ts";
import type { Rhythm } from "#lib/subscribers/types.ts";
import { confirmSubscribers, freezeEdition } from "#tests/frozen-edition.ts";
import { gatherAt, openMailRoom, readers } from "#tests/mail-room.ts";

const room = openMailRoom();
const at = (time: string) => Temporal.Instant.from(time);

const zones = ["", "Asia/Kathmandu", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"];
const anyReader = fc.record({
  rhythm: fc.constantFrom<Rhythm>("daily", "weekdays", "weekly", "monthly"),
  hour: fc.option(fc.integer({ min: 0, max: 23 })),
  timeZone: fc.constantFrom(...zones),
  papers: fc.integer({ min: 5, max: 50 }),
  classes: fc.subarray(["cs.CL", "math", "physics.optics"]),
  plainText: fc.boolean(),
  emptyDay: fc.constantFrom<"skip" | "explain">("skip", "explain"),
  pausedUntil: fc.option(fc.integer({ min: 0, max: 9 }).map((days) => new Date(Date.UTC(2026, 9, 28 + days)))),
});

// Seven days over the end of a month, and over the change of clocks in New York; the papers of each day by their class.
const anyWeek = fc.array(fc.array(fc.constantFrom("cs.CL", "math.CO"), { maxLength: 3 }), {
  minLength: 7,
  maxLength: 7,
});

test("whatever is asked for, on whatever days: everyone gets exactly that, at most once, and the counts add up", async () => {
  const first = Temporal.PlainDate.from("2026-10-26");
  const last = first.add({ days: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(anyReader, { minLength: 1, maxLength: 8 }), anyWeek, async (asked, days) => {
      await room.empty();
      await gatherAt("2026-11-20T00:00:00Z");
      for (const [index, classes] of days.entries()) {
        if (classes.length > 0) {
          await freezeEdition(
            first.add({ days: index }).toString(),
            classes.map((name) => ({ categories: [name] })),
          );
        }
      }
      const names = readers(asked.length);
      await confirmSubscribers(names);
      for (const [index, { pausedUntil, ...data }] of asked.entries()) {
        await db.subscriber.updateMany({ where: { email: names[index] }, data: { ...data, pausedUntil } });
      }
      const began = at("2026-10-26T12:00:00Z");
      for (let hours = 0; hours < 9 * 24; hours += 6) await room.sweep({ now: began.add({ hours }) });

      // What was begun after these days, and waits for its hour: its time is over by the database's clock.
      await closeOverdueDeliveries({ now: at("2026-11-20T00:00:00Z"), ...patience });

      const got = (await db.delivery.findMany({ include: { digest: true, subscriber: true } })).map(
        ({ digest: { kind, day }, subscriber, state, dueAt }) => ({
          what: `${subscriber.email} ${nameOf({ kind: kind as Period["kind"], day: Temporal.PlainDate.from(day.toISOString().slice(0, 10)) })}`,
          state,
          due: dueAt.toISOString(),
        }),
      );
      const expected = asked.flatMap((reader, index) =>
        periodsBetween(first, last).flatMap((period) => {
          const due = dueOf(period, reader, site);
          const dueOn = due
            .toZonedDateTimeISO(reader.timeZone || site.timeZone)
            .toPlainDate()
            .toString();
          const papers = days.flatMap((classes, day) => (isWithin(period, first.add({ days: day })) ? classes : []));
          const mine = papers.filter(
            (name) =>
              reader.classes.length === 0 || reader.classes.some((one) => name === one || name.startsWith(`${one}.`)),
          );
          const isAsked = rhythmsOf(period).includes(reader.rhythm);
          const isPaused = reader.pausedUntil !== null && dueOn < reader.pausedUntil.toISOString().slice(0, 10);
          const says = mine.length > 0 || reader.emptyDay === "explain";
          const isTold =
            papers.length > 0 ||
            asked.some((one) => one.emptyDay === "explain" && rhythmsOf(period).includes(one.rhythm));
          const isInTime = Temporal.Instant.compare(expiryOf(period, reader, site), began.add({ hours: 1 })) > 0;
          return isAsked && !isPaused && says && isTold && isInTime ? [`${names[index]} ${nameOf(period)}`] : [];
        }),
      );
      const inWindow = got.filter(({ what }) =>
        periodsBetween(first, last).some((period) => what.endsWith(` ${nameOf(period)}`)),
      );
      expect(
        inWindow
          .filter(({ state }) => state === "sent")
          .map(({ what }) => what)
          .toSorted(),
      ).toEqual(expected.toSorted());
      expect(inWindow.filter(({ state }) => state !== "sent")).toEqual([]);
      expect([...room.sink.copies().values()].every((copies) => copies === 1)).toBe(true);
      expect(room.sink.copies().size).toBe(got.filter(({ state }) => state === "sent").length);
      for (const digest of await db.digest.findMany({ include: { deliveries: true } })) {
        expect(digest.candidates).toBe((digest.excluded ?? 0) + digest.deliveries.length);
      }
      expect(await listBrokenInvariants()).toEqual([]);
    }),
    { numRuns: Number(process.env.PREFERENCE_RUNS ?? 8) },
  );
}, 600_000);

/** The days, the week and the month that end between these days. */
function periodsBetween(first: Temporal.PlainDate, last: Temporal.PlainDate): Period[] {
  const days = Array.from({ length: 7 }, (_, index): Period => ({ kind: "day", day: first.add({ days: index }) }));
  return [...days, periodOf("week", last), periodOf("month", first)];
}

function isWithin(period: Period, day: Temporal.PlainDate): boolean {
  return nameOf(periodOf(period.kind, day)) === nameOf(period);
}
