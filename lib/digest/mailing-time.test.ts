import fc from "fast-check";
import { expect, test } from "vitest";
import { dayToMail, mailingOf, nextMailing } from "#lib/digest/mailing-time.ts";

const utc = { timeZone: "UTC", closesAt: "00:00", mailedAt: "06:00" };
const paris = { timeZone: "Europe/Paris", closesAt: "00:00", mailedAt: "02:30" };
const day = (text: string) => Temporal.PlainDate.from(text);
const instant = (text: string) => Temporal.Instant.from(text);

test("an edition is mailed on the morning after its day", () => {
  expect(mailingOf(day("2026-08-20"), utc).toString()).toBe("2026-08-21T06:00:00Z");
});

test("a day that closes after the mail hour is mailed the next morning", () => {
  expect(mailingOf(day("2026-08-20"), { ...utc, closesAt: "20:00" }).toString()).toBe("2026-08-22T06:00:00Z");
});

test("until the mail hour the timetable still has the day before", () => {
  expect(dayToMail(instant("2026-08-21T05:59:59Z"), utc)?.toString()).toBe("2026-08-19");
  expect(dayToMail(instant("2026-08-21T06:00:00Z"), utc)?.toString()).toBe("2026-08-20");
});

test("the next mailing is the first one after now", () => {
  expect(nextMailing(instant("2026-08-21T05:59:59Z"), utc).toString()).toBe("2026-08-21T06:00:00Z");
  expect(nextMailing(instant("2026-08-21T06:00:00Z"), utc).toString()).toBe("2026-08-22T06:00:00Z");
});

test("an hour that the clock skips or repeats mails each day once, in order", () => {
  expect(mailingOf(day("2026-03-28"), paris).toString()).toBe("2026-03-29T01:30:00Z");
  expect(mailingOf(day("2026-10-24"), paris).toString()).toBe("2026-10-25T00:30:00Z");
});

test("at any moment in any zone the day to mail is one that was due within the last 24 hours", () => {
  const zones = fc.constantFrom(
    "UTC",
    "Europe/Paris",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Pacific/Apia",
    "Australia/Lord_Howe",
  );
  const hours = fc.constantFrom("00:00", "02:30", "06:00", "20:00", "23:59");
  fc.assert(
    fc.property(zones, hours, hours, fc.integer({ min: 0, max: 4e8 }), (timeZone, closesAt, mailedAt, seconds) => {
      const clock = { timeZone, closesAt, mailedAt };
      const now = instant("2020-01-01T00:00:00Z").add({ seconds });
      const found = dayToMail(now, clock);
      const late = found ? now.since(mailingOf(found, clock)).total("hours") : 0;
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(24);
      const next = nextMailing(now, clock);
      expect(next.since(now).total("hours")).toBeGreaterThan(0);
      expect(next.since(now).total("hours")).toBeLessThanOrEqual(50);
    }),
  );
});
