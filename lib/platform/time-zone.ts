// What ICU calls by names of old is called so in its lists; people look for the names of today. Both are known.
const namesOfToday = ["Asia/Kathmandu", "Asia/Kolkata", "Asia/Ho_Chi_Minh", "Asia/Yangon", "Europe/Kyiv", "UTC"];

/** The name of a zone of the IANA database as it is written (`asia/kathmandu` gives `Asia/Kathmandu`), or null. An offset is no name. */
export function readTimeZone(typed: string): string | null {
  const name = typed.trim();
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return null;
  }
}

/** Names to choose from, in order. */
export function listTimeZones(): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), ...namesOfToday])].toSorted();
}

/** The place in a zone's name: "Kathmandu", "New York". */
export function placeOf(timeZone: string): string {
  return timeZone.slice(timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
}
