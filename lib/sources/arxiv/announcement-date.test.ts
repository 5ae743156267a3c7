import { expect, test } from "vitest";
import {
  announcementDate,
  listingDays,
  newestListing,
  submissionWindow,
} from "#lib/sources/arxiv/announcement-date.ts";

const instant = (text: string) => Temporal.Instant.from(text);
const day = (text: string) => Temporal.PlainDate.from(text);

// Submitted by the Eastern clock (14:00 is 18:00 UTC in summer, 19:00 UTC in winter), listed on.
test.each([
  ["Monday before 14:00", "2026-08-17T17:59:59Z", "2026-08-18"],
  ["Monday at 14:00", "2026-08-17T18:00:00Z", "2026-08-19"],
  ["Wednesday morning", "2026-08-19T09:00:00Z", "2026-08-20"],
  ["Thursday before 14:00", "2026-08-20T17:00:00Z", "2026-08-21"],
  ["Thursday after 14:00: announced on Sunday", "2026-08-20T18:00:01Z", "2026-08-24"],
  ["Friday before 14:00: announced on Sunday", "2026-08-21T17:59:00Z", "2026-08-24"],
  ["Friday after 14:00: announced on Monday", "2026-08-21T18:30:00Z", "2026-08-25"],
  ["Saturday", "2026-08-22T12:00:00Z", "2026-08-25"],
  ["Sunday night, UTC already Monday", "2026-08-24T03:00:00Z", "2026-08-25"],
  ["winter: an hour later by UTC", "2026-01-13T18:30:00Z", "2026-01-14"],
  ["winter, after the deadline", "2026-01-13T19:00:00Z", "2026-01-15"],
  ["the day on which clocks go forward (8 March 2026)", "2026-03-08T12:00:00Z", "2026-03-10"],
  ["the Monday after: the deadline is at 18:00 UTC again", "2026-03-09T18:00:00Z", "2026-03-11"],
  ["the Friday before: it is still at 19:00 UTC", "2026-03-06T18:30:00Z", "2026-03-09"],
  ["the Monday after clocks went back (1 November 2026)", "2026-11-02T18:30:00Z", "2026-11-03"],
  ["before Thanksgiving: Thursday's listing is put off to Friday", "2026-11-25T15:00:00Z", "2026-11-27"],
  ["before New Year's Day: put off to Friday", "2025-12-31T15:00:00Z", "2026-01-02"],
  ["29 February", "2024-02-29T15:00:00Z", "2024-03-01"],
])("%s", (_, submitted, listed) => {
  expect(announcementDate(instant(submitted)).toString()).toBe(listed);
});

test("each moment of a year belongs to exactly the window of the listing that announces it", () => {
  for (const listing of listingDays(day("2026-01-02"), day("2026-12-31"))) {
    const { from, until } = submissionWindow(listing);
    expect(announcementDate(from).toString()).toBe(listing.toString());
    expect(announcementDate(until.subtract({ seconds: 1 })).toString()).toBe(listing.toString());
    expect(announcementDate(until).toString()).not.toBe(listing.toString());
  }
});

test.each([
  ["in the afternoon it is today's", "2026-08-19T18:00:00Z", "2026-08-19"],
  ["at 20:00 Eastern tomorrow's appears", "2026-08-20T00:00:00Z", "2026-08-20"],
  ["on Friday evening nothing new appears", "2026-08-22T01:00:00Z", "2026-08-21"],
  ["on Sunday before 20:00 it is still Friday's", "2026-08-23T23:59:00Z", "2026-08-21"],
  ["on Sunday at 20:00 it is Monday's", "2026-08-24T00:00:00Z", "2026-08-24"],
])("the newest listing: %s", (_, now, listing) => {
  expect(newestListing(instant(now)).toString()).toBe(listing);
});
