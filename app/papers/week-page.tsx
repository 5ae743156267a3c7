import { PeriodSheet } from "#components/editions/period-sheet.tsx";
import { dayAt, weekOf } from "#lib/editions/edition-date.ts";
import { formatShortDay } from "#lib/editions/format-day.ts";
import { toListSheet } from "#lib/editions/list-sheet.ts";
import { toListQuery } from "#lib/editions/list-view.ts";
import { findPeriod } from "#lib/editions/queries.ts";
import type { ListView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

type Props = { monday: Temporal.PlainDate; view: ListView; now: Temporal.Instant };

/** An ISO week, for its own address and for "this week". */
export async function WeekPage({ monday, view, now }: Props) {
  const days = Array.from({ length: 7 }, (_, index) => monday.add({ days: index }));
  const list = await findPeriod(days, { now, ...view });
  const earlier = weekOf(monday.subtract({ weeks: 1 }));
  const later = weekOf(monday.add({ weeks: 1 }));
  const isPast = Temporal.PlainDate.compare(monday.add({ weeks: 1 }), dayAt(now, site)) <= 0;
  const query = toListQuery({ ...view, page: 1 });
  return (
    <PeriodSheet
      title={`Week ${monday.weekOfYear} of ${monday.yearOfWeek}, ${formatShortDay(monday)} to ${formatShortDay(monday.add({ days: 6 }))}`}
      order="by the best day each had"
      empty="No papers are listed for this week."
      list={toListSheet(list, { view, hrefOf: (to) => routes.week(weekOf(monday), to) })}
      earlier={{ href: routes.week(earlier, query), label: earlier }}
      later={isPast ? { href: routes.week(later, query), label: later } : null}
    />
  );
}
