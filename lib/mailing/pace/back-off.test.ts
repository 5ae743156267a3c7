import { expect, test } from "vitest";
import { grantTurns, mailsPerMinute, pauseAfter } from "#lib/mailing/pace/back-off.ts";

const now = Temporal.Instant.from("2026-08-21T06:00:00Z");
const later = (duration: Temporal.DurationLike) => now.add(duration);

test("a domain that goes on asking waits twice as long each time, an hour at most", () => {
  let known: ReturnType<typeof pauseAfter> = null;
  const pauses = Array.from({ length: 9 }, () => {
    const asked: Temporal.Instant = known?.pausedUntil ?? now;
    known = pauseAfter(known, asked);
    return known && asked.until(known.pausedUntil).total("minutes");
  });
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("what is said to several connections at once is one request; after an hour of peace all is forgotten", () => {
  const first = pauseAfter(null, now);
  expect(pauseAfter(first, later({ seconds: 30 }))).toBeNull();
  expect(pauseAfter(first, later({ minutes: 61 }))).toMatchObject({ strikes: 2 });
  expect(pauseAfter(first, later({ minutes: 62 }))).toMatchObject({ strikes: 1 });
});

test("after a pause a domain begins with thirty a minute, and has no limit eight minutes later but the operator's", () => {
  const rates = (most: number | null) =>
    [0, 1, 2, 5, 7, 8, 500].map((minutes) => mailsPerMinute(now, { most, now: later({ minutes }) }));
  expect(rates(null)).toEqual([30, 60, 120, 960, 3840, null, null]);
  expect(rates(100)).toEqual([30, 60, 100, 100, 100, 100, 100]);
  expect(mailsPerMinute(null, { most: null, now })).toBeNull();
});

test.each([30, 60, 600, 7000])(
  "at %i a minute an hour of greedy sweeps sends an hour's mails, and no ten seconds' more",
  (perMinute) => {
    let nextAt = now;
    let sent = 0;
    for (let second = 0; second < 3600; second += 5) {
      for (let granted = 1; granted > 0; ) {
        const turns = grantTurns(nextAt, { wanted: 20, perMinute, now: later({ seconds: second }) });
        ({ granted, nextAt } = turns);
        sent += granted;
      }
    }
    expect(sent).toBeGreaterThan(perMinute * 60 * 0.99 - 2);
    expect(sent).toBeLessThanOrEqual(perMinute * 60 + perMinute / 6 + 1);
  },
);

test("who has waited long has no more credit than ten seconds", () => {
  const { granted } = grantTurns(now, { wanted: 1000, perMinute: 60, now: later({ hours: 9 }) });
  expect(granted).toBe(11);
});
