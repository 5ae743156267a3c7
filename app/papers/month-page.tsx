import { PeriodSheet } from "#components/editions/period-sheet.tsx";
import { dayAt, monthOf } from "#lib/editions/edition-date.ts";
import { formatMonth } from "#lib/editions/format-day.ts";
import { toListSheet } from "#lib/editions/list-sheet.ts";
import { toListQuery } from "#lib/editions/list-view.ts";
import { findPeriod } from "#lib/editions/queries.ts";
import type { ListView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

type Props = { first: Temporal.PlainDate; view: ListView; now: Temporal.Instant };

/** A calendar month, for its own address and for "this month". */
export async function MonthPage({ first, view, now }: Props) {
  const days = Array.from({ length: first.daysInMonth }, (_, index) => first.add({ days: index }));
  const list = await findPeriod(days, { now, ...view });
  const [earlier, later] = [first.subtract({ months: 1 }), first.add({ months: 1 })];
  const isPast = Temporal.PlainDate.compare(later, dayAt(now, site)) <= 0;
  const query = toListQuery({ ...view, page: 1 });
  return (
    <PeriodSheet
      title={formatMonth(first)}
      order="by the best day each had"
      empty="No papers are listed for this month."
      list={toListSheet(list, { view, hrefOf: (to) => routes.month(monthOf(first), to) })}
      earlier={{ href: routes.month(monthOf(earlier), query), label: formatMonth(earlier) }}
      later={isPast ? { href: routes.month(monthOf(later), query), label: formatMonth(later) } : null}
    />
  );
}
