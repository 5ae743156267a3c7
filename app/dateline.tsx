import { Dateline } from "#components/ui/dateline.tsx";
import { listDayCounts } from "#lib/editions/calendar/queries.ts";
import { formatShortDay } from "#lib/editions/format-day.ts";
import { findLatestDay } from "#lib/editions/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { site } from "#lib/platform/site-config.ts";
import { describeFreshness } from "#lib/sources/describe-freshness.ts";
import { findSourceStatus } from "#lib/sources/queries.ts";

/** Where and when the reader is: the latest edition, how many papers it has, and when the sources were read. */
export async function SiteDateline() {
  const known = await readDateline();
  return known && <Dateline {...known} />;
}

async function readDateline() {
  const time = now();
  try {
    const [day, sources] = await Promise.all([findLatestDay({ now: time }), findSourceStatus({ now: time })]);
    const [count] = day ? await listDayCounts(day, day) : [];
    return {
      edition: day && { day: formatShortDay(day), papers: count?.papers ?? 0 },
      freshness: describeFreshness(sources, { now: time, timeZone: site.timeZone }),
    };
  } catch {
    // The head of a page must not take the page down: what needs the database says so itself.
    return null;
  }
}
