import { expect, test } from "vitest";
import { pauseSeconds, retryAfterSeconds } from "#lib/sources/retry-after.ts";

const now = Temporal.Instant.from("2026-08-19T12:00:00Z");

test.each([
  ["seconds", { "retry-after": "120" }, 120],
  ["nothing at all is a second at least", { "retry-after": "0" }, 1],
  ["next year is a day at most", { "retry-after": "99999999" }, 86_400],
  ["a date", { "retry-after": "Wed, 19 Aug 2026 12:05:00 GMT" }, 300],
  [
    "a date by the source's own clock",
    { "retry-after": "Wed, 19 Aug 2026 15:05:00 GMT", date: "Wed, 19 Aug 2026 15:04:00 GMT" },
    60,
  ],
  ["a date that is past", { "retry-after": "Wed, 19 Aug 2026 11:00:00 GMT" }, 1],
  ["Hugging Face's window", { ratelimit: '"api";r=0;t=55' }, 55],
  ["no word, as from arXiv", {}, 60],
  ["nonsense", { "retry-after": "soon" }, 60],
])("a refusal's pause: %s", (_, headers, seconds) => {
  expect(retryAfterSeconds(new Headers(Object.entries(headers)), now)).toBe(seconds);
});

test("after a good answer there is a pause only where nothing is left", () => {
  const pause = (ratelimit: string) => pauseSeconds(new Headers(ratelimit ? { ratelimit } : {}));
  expect([pause('"api";r=12;t=200'), pause('"api";r=0;t=200'), pause("")]).toEqual([0, 200, 0]);
});
