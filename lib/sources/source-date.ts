/** arXiv's first paper is of August 1991: no date of ours lies before. */
const FIRST = Temporal.Instant.from("1991-08-01T00:00:00Z");

const DAY_MS = 24 * 3_600_000;

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const rfc822 =
  /^(?:[a-z]{3},\s+)?(?<day>\d{1,2})\s+(?<month>[a-z]{3})[a-z]*\s+(?<year>\d{4})\s+(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s*(?<zone>[+-]\d{4}|gmt|ut|utc|z|est|edt)$/i;
const zones: Record<string, string> = { gmt: "Z", ut: "Z", utc: "Z", z: "Z", est: "-05:00", edt: "-04:00" };

/**
 * A time with its zone as sources write it (ISO 8601; RFC 822 as in RSS and OAI), or a bare date, which is midnight UTC.
 * Null for anything else, and for a time without a zone: we do not guess one.
 */
export function parseTime(text: string | null | undefined): Temporal.Instant | null {
  const trimmed = text?.trim() ?? "";
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(trimmed) ? `${trimmed}T00:00Z` : (fromRfc822(trimmed) ?? trimmed);
  try {
    return Temporal.Instant.from(iso);
  } catch {
    return null;
  }
}

/** The date as it is written in the source's own zone: `Thu, 24 Sep 2026 00:00:00 -0400` is 24 September. */
export function parseWrittenDay(text: string | null | undefined): Temporal.PlainDate | null {
  const iso = fromRfc822(text?.trim() ?? "") ?? text?.trim() ?? "";
  try {
    return Temporal.PlainDate.from(iso.slice(0, 10), { overflow: "reject" });
  } catch {
    return null;
  }
}

/** False for 1970, for next year and for whatever else cannot be: such a date is left out, and said so. */
export function isPlausible(time: Temporal.Instant, now: Temporal.Instant): boolean {
  const { epochMilliseconds } = time;
  return epochMilliseconds >= FIRST.epochMilliseconds && epochMilliseconds <= now.epochMilliseconds + DAY_MS;
}

function fromRfc822(text: string): string | null {
  const parts = rfc822.exec(text)?.groups;
  const month = months.indexOf(parts?.month?.toLowerCase() ?? "");
  if (!parts || month < 0) return null;
  const zone = zones[parts.zone?.toLowerCase() ?? ""] ?? parts.zone?.replace(/(\d\d)$/, ":$1");
  const date = `${parts.year}-${String(month + 1).padStart(2, "0")}-${parts.day?.padStart(2, "0")}`;
  return `${date}T${parts.hour}:${parts.minute}:${parts.second ?? "00"}${zone}`;
}
