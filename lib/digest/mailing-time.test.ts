import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dueOf,
  expiryOf,
  mailableFrom,
  nextDue,
  periodsToMail,
  rhythmsOf,
  siteReader,
} from "#lib/digest/mailing-time.ts";
import { nameOf, type Period, parsePeriod } from "#lib/digest/period.ts";

const utc = { timeZone: "UTC", closesAt: "00:00", mailedAt: "06:00" };
const paris = { timeZone: "Europe/Paris", closesAt: "00:00", mailedAt: "02:30" };
const instant = (text: string) => Temporal.Instant.from(text);
const of = (name: string): Period => {
  const period = parsePeriod(name);
  if (!period) throw new Error(`${name} is no period`);
  return period;
};
const due = (
  name: string,
  { hour = null, timeZone = "" }: { hour?: number | null; timeZone?: string } = {},
  on = utc,
) => dueOf(of(name), { hour, timeZone }, on).toString();

describe("the site's own hour", () => {
  test("an edition is mailed on the morning after its day", () => {
    expect(due("2026-08-20")).toBe("2026-08-21T06:00:00Z");
  });

  test("a day that closes after the mail hour is mailed the next morning", () => {
    expect(due("2026-08-20", {}, { ...utc, closesAt: "20:00" })).toBe("2026-08-22T06:00:00Z");
  });

  test("a week on the Monday after it, a month on the first of the next", () => {
    expect(due("2026-W34")).toBe("2026-08-24T06:00:00Z");
    expect(due("2026-08")).toBe("2026-09-01T06:00:00Z");
    expect(due("2026-12")).toBe("2027-01-01T06:00:00Z");
  });

  test("an hour that the clock skips or repeats mails each day once, in order", () => {
    expect(due("2026-03-28", {}, paris)).toBe("2026-03-29T01:30:00Z");
    expect(due("2026-10-24", {}, paris)).toBe("2026-10-25T00:30:00Z");
  });
});

describe("a reader's own hour and zone: the first such hour at or after the closing", () => {
  test.each([
    ["Kathmandu, a quarter to", "2026-08-20", 7, "Asia/Kathmandu", "2026-08-21T01:15:00Z"],
    ["Kathmandu, at 05:00 the day is not closed there yet", "2026-08-20", 5, "Asia/Kathmandu", "2026-08-21T23:15:00Z"],
    [
      "Apia: it is one in the afternoon of the next day when UTC closes",
      "2026-08-20",
      13,
      "Pacific/Apia",
      "2026-08-21T00:00:00Z",
    ],
    ["Apia, in the morning: the morning after that", "2026-08-20", 7, "Pacific/Apia", "2026-08-21T18:00:00Z"],
    ["Apia, over the day that it left out", "2011-12-29", 7, "Pacific/Apia", "2011-12-30T17:00:00Z"],
    ["New York: still the evening of the day itself", "2026-08-20", 20, "America/New_York", "2026-08-21T00:00:00Z"],
    ["New York before clocks go forward", "2026-03-07", 7, "America/New_York", "2026-03-08T11:00:00Z"],
    ["New York the day before that", "2026-03-06", 7, "America/New_York", "2026-03-07T12:00:00Z"],
    [
      "New York, an hour that is left out, comes an hour later",
      "2026-03-07",
      2,
      "America/New_York",
      "2026-03-08T07:00:00Z",
    ],
    ["New York after clocks went back", "2026-10-31", 7, "America/New_York", "2026-11-01T12:00:00Z"],
    ["New York, an hour that comes twice, comes first", "2026-10-31", 1, "America/New_York", "2026-11-01T05:00:00Z"],
    ["Lord Howe, half an hour forward", "2026-10-03", 7, "Australia/Lord_Howe", "2026-10-04T20:00:00Z"],
    ["Lord Howe, an hour of which half is left out", "2026-10-03", 2, "Australia/Lord_Howe", "2026-10-04T15:00:00Z"],
    ["Lord Howe, half an hour back", "2026-04-04", 7, "Australia/Lord_Howe", "2026-04-05T20:30:00Z"],
    ["a week in Apia comes on Tuesday morning", "2026-W34", 7, "Pacific/Apia", "2026-08-24T18:00:00Z"],
    ["a month in New York comes in its last evening", "2026-08", 20, "America/New_York", "2026-09-01T00:00:00Z"],
  ])("%s", (_, name, hour, timeZone, expected) => {
    expect(due(name, { hour, timeZone })).toBe(expected);
  });

  test("closed between the two showings of an hour: the second one counts, not the next night", () => {
    const closes = { ...utc, closesAt: "05:30" };
    expect(due("2026-10-31", { hour: 1, timeZone: "America/New_York" }, closes)).toBe("2026-11-01T06:00:00Z");
  });

  test("the site's hour in a reader's zone", () => {
    expect(due("2026-08-20", { timeZone: "Asia/Kathmandu" })).toBe("2026-08-21T00:15:00Z");
  });
});

describe("when it is of no use any more", () => {
  const expiry = (name: string, reader = siteReader) => expiryOf(of(name), reader, utc).toString();

  test("a day's when the reader's next one is due, a week's and a month's after three days", () => {
    expect(expiry("2026-08-20")).toBe("2026-08-22T06:00:00Z");
    expect(expiry("2026-08-20", { hour: 20, timeZone: "America/New_York" })).toBe("2026-08-22T00:00:00Z");
    expect(expiry("2026-W34")).toBe("2026-08-27T06:00:00Z");
    expect(expiry("2026-08")).toBe("2026-09-04T06:00:00Z");
  });

  test("two days that a clock change makes due at once are both mailed", () => {
    const evening = { hour: 19, timeZone: "America/New_York" };
    expect(due("2026-10-31", evening)).toBe(due("2026-11-01", evening));
    expect(expiry("2026-10-31", evening)).toBe("2026-11-03T00:00:00Z");
    expect(expiry("2026-11-01", evening)).toBe("2026-11-03T00:00:00Z");
  });
});

test("until its closing a period is not there for the timetable, and for some days it is", () => {
  const names = (now: string) => periodsToMail(instant(now), utc).map(nameOf);
  expect(names("2026-08-23T23:59:59Z")).toEqual(["2026-08-20", "2026-08-21", "2026-08-22", "2026-W33", "2026-07"]);
  expect(names("2026-08-24T00:00:00Z")).toEqual(["2026-08-21", "2026-08-22", "2026-08-23", "2026-W34", "2026-07"]);
});

test("weekdays are the editions of Monday to Friday", () => {
  const rhythms = (name: string) => rhythmsOf(of(name)).join();
  expect(["2026-08-21", "2026-08-22", "2026-08-23", "2026-08-24"].map(rhythms)).toEqual([
    "daily,weekdays",
    "daily",
    "daily",
    "daily,weekdays",
  ]);
  expect([rhythms("2026-W34"), rhythms("2026-08")]).toEqual(["weekly", "monthly"]);
});

test.each([
  ["daily", "2026-08-21T05:59:59Z", "2026-08-20", "2026-08-21T06:00:00Z"],
  ["daily", "2026-08-21T06:00:00Z", "2026-08-21", "2026-08-22T06:00:00Z"],
  ["weekdays", "2026-08-22T06:00:00Z", "2026-08-24", "2026-08-25T06:00:00Z"],
  ["weekly", "2026-08-21T06:00:00Z", "2026-W34", "2026-08-24T06:00:00Z"],
  ["weekly", "2026-08-24T06:00:00Z", "2026-W35", "2026-08-31T06:00:00Z"],
  ["monthly", "2026-08-31T06:00:00Z", "2026-08", "2026-09-01T06:00:00Z"],
] as const)("the next %s mail after %s is that of %s", (rhythm, now, name, at) => {
  const next = nextDue(instant(now), { rhythm, ...siteReader }, utc);
  expect([nameOf(next.period), next.at.toString()]).toEqual([name, at]);
});

test("in any zone, at any hour: due within 25 hours of the closing, not before it, at that hour of the reader's day, and never after its expiry", () => {
  const zones = fc.constantFrom(
    "UTC",
    "Europe/Paris",
    "Asia/Kathmandu",
    "America/New_York",
    "America/St_Johns",
    "Pacific/Apia",
    "Australia/Lord_Howe",
  );
  const times = fc.constantFrom("00:00", "02:30", "06:00", "20:00", "23:59");
  const names = fc
    .tuple(fc.integer({ min: 0, max: 4000 }), fc.constantFrom("day", "week", "month"))
    .map(([days, kind]) => {
      const day = Temporal.PlainDate.from("2018-01-01").add({ days });
      return kind === "day"
        ? day.toString()
        : kind === "week"
          ? nameOf({ kind, day: day.subtract({ days: day.dayOfWeek - 1 }) })
          : day.toString().slice(0, 7);
    });
  fc.assert(
    fc.property(
      zones,
      zones,
      times,
      times,
      fc.integer({ min: 0, max: 23 }),
      names,
      (siteZone, timeZone, closesAt, mailedAt, hour, name) => {
        const site = { timeZone: siteZone, closesAt, mailedAt };
        const period = of(name);
        const at = dueOf(period, { hour, timeZone }, site);
        const late = at.since(mailableFrom(period, site)).total("hours");
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThanOrEqual(25);
        const shown = at.toZonedDateTimeISO(timeZone);
        // Where clocks skip the hour they show one that is later.
        const isSkipped = shown.hoursInDay !== 24 && (shown.hour === hour + 1 || shown.minute === 30);
        if (!isSkipped) expect([shown.hour, shown.minute]).toEqual([hour, 0]);
        expect(expiryOf(period, { hour, timeZone }, site).since(at).total("hours")).toBeGreaterThanOrEqual(23);
      },
    ),
  );
});
