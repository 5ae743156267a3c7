import { describe, expect, test } from "vitest";
import {
  closingOf,
  dayAt,
  monthOf,
  parseEditionDay,
  parseEditionMonth,
  parseEditionWeek,
  weekOf,
} from "#lib/editions/edition-date.ts";

describe("what is written in an address", () => {
  test.each(["2026-08-20", "2024-02-29", "0999-01-01"])("%s is a day", (text) => {
    expect(parseEditionDay(text)?.toString()).toBe(text);
  });

  test.each(["2026-02-29", "2026-13-01", "2026-8-2", "20260820", "2026-08-20T00:00", "today", "", "2026-08-20 "])(
    "%j is no day",
    (text) => {
      expect(parseEditionDay(text)).toBeNull();
    },
  );

  test.each([
    ["2026-W34", "2026-08-17"],
    ["2026-W53", "2026-12-28"],
    ["2020-W53", "2020-12-28"],
    ["2025-W01", "2024-12-30"],
    ["2027-W01", "2027-01-04"],
  ])("week %s begins on %s", (text, monday) => {
    expect(parseEditionWeek(text)?.toString()).toBe(monday);
  });

  test.each(["0000-01-01", "9999-12-31"])("%s is no day: its neighbours cannot be written", (text) => {
    expect(parseEditionDay(text)).toBeNull();
    expect(parseEditionMonth(text.slice(0, 7))).toBeNull();
    expect(parseEditionWeek(`${text.slice(0, 4)}-W10`)).toBeNull();
  });

  test.each(["2025-W53", "2026-W00", "2026-W54", "2026-34", "2026-W1", "W34"])("%s is no week", (text) => {
    expect(parseEditionWeek(text)).toBeNull();
  });

  test("a month is a month", () => {
    expect(parseEditionMonth("2026-08")?.toString()).toBe("2026-08-01");
    expect(parseEditionMonth("2026-13")).toBeNull();
    expect(parseEditionMonth("2026-8")).toBeNull();
  });
});

test("around New Year a day's week belongs to the week's year", () => {
  expect(weekOf(Temporal.PlainDate.from("2027-01-01"))).toBe("2026-W53");
  expect(weekOf(Temporal.PlainDate.from("2024-12-30"))).toBe("2025-W01");
  expect(monthOf(Temporal.PlainDate.from("2027-01-01"))).toBe("2027-01");
});

describe("when a day closes", () => {
  const close = (day: string, timeZone: string, closesAt = "00:00") =>
    closingOf(Temporal.PlainDate.from(day), { timeZone, closesAt }).toString();

  test.each([
    ["2026-08-20", "UTC", "2026-08-21T00:00:00Z"],
    ["2026-08-20", "Asia/Kathmandu", "2026-08-20T18:15:00Z"],
    ["2026-03-28", "Europe/Paris", "2026-03-28T23:00:00Z"],
    ["2026-03-29", "Europe/Paris", "2026-03-29T22:00:00Z"],
    ["2026-10-25", "Europe/Paris", "2026-10-25T23:00:00Z"],
    ["2024-02-29", "America/New_York", "2024-03-01T05:00:00Z"],
    ["2026-12-31", "Pacific/Kiritimati", "2026-12-31T10:00:00Z"],
    // Cuba's clocks jump from 00:00 to 01:00: the day closes at the first moment there is.
    ["2026-03-07", "America/Havana", "2026-03-08T05:00:00Z"],
  ])("%s in %s at %s", (day, zone, instant) => {
    expect(close(day, zone)).toBe(instant);
  });

  test("a closing hour later in the night belongs to the day before", () => {
    expect(close("2026-08-20", "UTC", "02:30")).toBe("2026-08-21T02:30:00Z");
  });
});

test("the day is that of the site's zone, not of the machine", () => {
  const moment = Temporal.Instant.from("2026-08-20T23:30Z");
  expect(dayAt(moment, { timeZone: "UTC" }).toString()).toBe("2026-08-20");
  expect(dayAt(moment, { timeZone: "Europe/Paris" }).toString()).toBe("2026-08-21");
  expect(dayAt(moment, { timeZone: "America/Los_Angeles" }).toString()).toBe("2026-08-20");
});
