/** What we wait at least and at most when a source asks us to: 0 and next year are both mistakes. */
const LEAST_SECONDS = 1;
const MOST_SECONDS = 86_400;
/** A source that refuses without saying for how long, as arXiv does. */
const UNSAID_SECONDS = 60;

/**
 * Seconds until a source that answered 429 or 503 may be asked again: `Retry-After` in seconds or as a date (against the
 * answer's own `Date`, since our clock may differ), else the reset of the `RateLimit` header, else a minute.
 */
export function retryAfterSeconds(headers: Headers, now: Temporal.Instant): number {
  const said = readRetryAfter(headers, now) ?? readRateLimit(headers)?.resetSeconds ?? UNSAID_SECONDS;
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, said));
}

/** Seconds to wait after a good answer: only where the source says that nothing is left in its window. */
export function pauseSeconds(headers: Headers): number {
  const limit = readRateLimit(headers);
  return limit?.left === 0 ? Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, limit.resetSeconds)) : 0;
}

function readRetryAfter(headers: Headers, now: Temporal.Instant): number | null {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const until = Date.parse(text);
  const answered = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(until)) return null;
  return Math.ceil((until - (Number.isNaN(answered) ? now.epochMilliseconds : answered)) / 1000);
}

/** `RateLimit: "api";r=12;t=180` (draft-ietf-httpapi-ratelimit-headers-09): what is left, and the seconds to the reset. */
function readRateLimit(headers: Headers): { left: number; resetSeconds: number } | null {
  const text = headers.get("ratelimit") ?? "";
  const left = /;\s*r=(\d{1,9})/.exec(text)?.[1];
  const reset = /;\s*t=(\d{1,9})/.exec(text)?.[1];
  return left && reset ? { left: Number(left), resetSeconds: Number(reset) } : null;
}
