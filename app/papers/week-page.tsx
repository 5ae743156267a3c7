import { PeriodSheet } from "#components/editions/period-sheet.tsx";
import { dayAt, weekOf } from "#lib/editions/edition-date.ts";
import { formatShortDay } from "#lib/editions/format-day.ts";
import { toPaperView } from "#lib/editions/paper-view.ts";
import { findPeriod } from "#lib/editions/queries.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

type Props = { monday: Temporal.PlainDate; page: number; now: Temporal.Instant };

/** An ISO week, for its own address and for "this week". */
export async function WeekPage({ monday, page, now }: Props) {
  const days = Array.from({ length: 7 }, (_, index) => monday.add({ days: index }));
  const list = await findPeriod(days, { now, page });
  const earlier = weekOf(monday.subtract({ weeks: 1 }));
  const later = weekOf(monday.add({ weeks: 1 }));
  const isPast = Temporal.PlainDate.compare(monday.add({ weeks: 1 }), dayAt(now, site)) <= 0;
  return (
    <PeriodSheet
      {...list}
      papers={list.papers.map(toPaperView)}
      title={`Week ${monday.weekOfYear} of ${monday.yearOfWeek}, ${formatShortDay(monday)} to ${formatShortDay(monday.add({ days: 6 }))}`}
      order="each once, by its best day"
      empty="No papers are listed for this week."
      hrefOf={(number) => routes.week(weekOf(monday), number)}
      earlier={{ href: routes.week(earlier), label: earlier }}
      later={isPast ? { href: routes.week(later), label: later } : null}
    />
  );
}
