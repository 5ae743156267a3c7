import { describe, expect, test } from "vitest";
import { describePreferences } from "#lib/subscribers/preferences/describe-preferences.ts";
import { readPause, readPreferences, typePreferences } from "#lib/subscribers/preferences/read-preferences.ts";
import type { Preferences, TypedPreferences } from "#lib/subscribers/types.ts";

const usual: TypedPreferences = {
  rhythm: "daily",
  hour: "",
  zone: "",
  papers: "20",
  classes: "",
  plain: "",
  empty: "skip",
};
const read = (typed: Partial<TypedPreferences>) => readPreferences({ ...usual, ...typed });
const kept = (typed: Partial<TypedPreferences>): Preferences => {
  const result = read(typed);
  if (result.status !== "read") throw new Error(JSON.stringify(result.problems));
  return result.preferences;
};

describe("what was typed", () => {
  test("is read as it is meant: letters of any size, commas or spaces, a class twice", () => {
    expect(
      kept({
        rhythm: "weekdays",
        hour: "7",
        zone: " asia/kathmandu ",
        papers: " 35 ",
        classes: "cs.cl; MATH cs.CL,cond-mat.str-el",
      }),
    ).toEqual({
      rhythm: "weekdays",
      hour: 7,
      timeZone: "Asia/Kathmandu",
      papers: 35,
      classes: ["cs.CL", "math", "cond-mat.str-el"],
      plainText: false,
      emptyDay: "skip",
    });
  });

  test("comes back to the form as it was kept", () => {
    const all = {
      rhythm: "monthly",
      hour: "0",
      zone: "UTC",
      papers: "5",
      classes: "cs, math.CO",
      plain: "1",
      empty: "explain",
    };
    expect(typePreferences(kept(all))).toEqual(all);
    expect(typePreferences(kept(usual))).toEqual(usual);
  });

  test.each([
    ["rhythm", "hourly", /Choose how often/],
    ["hour", "24", /Choose an hour/],
    ["hour", "7:30", /Choose an hour/],
    ["zone", "Kathmandu", /no such time zone/],
    ["zone", "+05:45", /no such time zone/],
    ["papers", "4", /5 to 50/],
    ["papers", "51", /5 to 50/],
    ["papers", "many", /5 to 50/],
    ["classes", "cs.CL, gardening", /gardening is no arXiv class/],
    ["classes", Array.from({ length: 21 }, (_, at) => `cs.${String.fromCharCode(65 + at)}A`).join(), /At most 20/],
  ] as const)("%s: %s is told what is wrong, beside its field", (field, value, sentence) => {
    const result = read({ [field]: value });
    expect(result.status === "problems" && result.problems[field]).toMatch(sentence);
    expect(result.status === "problems" && Object.keys(result.problems)).toEqual([field]);
  });
});

describe("a pause", () => {
  const today = Temporal.PlainDate.from("2026-11-25");
  const until = (typed: string) => readPause(typed, { today });

  test("lasts until a day to come", () => {
    expect(until("2026-12-24")).toMatchObject({ status: "read" });
    expect(until("2026-11-26")).toMatchObject({ status: "read" });
  });

  test.each([
    ["", /Write a day like 2026-12-09/],
    ["24.12.2026", /Write a day/],
    ["2026-02-30", /Write a day/],
    ["2026-11-25", /after today/],
    ["1999-01-01", /after today/],
    ["2027-11-26", /within a year/],
  ])("until %j is refused in a sentence", (typed, sentence) => {
    const result = until(typed);
    expect(result.status === "problem" && result.sentence).toMatch(sentence);
  });
});

test.each([
  [{}, "Every day at 6:00 UTC, up to 20 papers"],
  [
    { rhythm: "weekdays", hour: "7", zone: "Asia/Kathmandu", classes: "cs.CL" },
    "Every weekday at 7:00 in Kathmandu, up to 20 papers of cs.CL",
  ],
  [
    { rhythm: "weekly", zone: "America/New_York", plain: "1", empty: "explain" },
    "Every week at 6:00 in New York, up to 20 papers, as plain text, and a line that says why when there are none",
  ],
])("%j is said as %s", (typed, words) => {
  expect(describePreferences(kept(typed), { timeZone: "UTC", mailedAt: "06:00" })).toBe(words);
});
