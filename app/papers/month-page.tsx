import { PeriodSheet } from "#components/editions/period-sheet.tsx";
import { dayAt, monthOf } from "#lib/editions/edition-date.ts";
import { formatMonth } from "#lib/editions/format-day.ts";
import { toPaperView } from "#lib/editions/paper-view.ts";
import { findPeriod } from "#lib/editions/queries.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

type Props = { first: Temporal.PlainDate; page: number; now: Temporal.Instant };

/** A calendar month, for its own address and for "this month". */
export async function MonthPage({ first, page, now }: Props) {
  const days = Array.from({ length: first.daysInMonth }, (_, index) => first.add({ days: index }));
  const list = await findPeriod(days, { now, page });
  const [earlier, later] = [first.subtract({ months: 1 }), first.add({ months: 1 })];
  const isPast = Temporal.PlainDate.compare(later, dayAt(now, site)) <= 0;
  return (
    <PeriodSheet
      {...list}
      papers={list.papers.map(toPaperView)}
      title={formatMonth(first)}
      order="each once, by its best day"
      empty="No papers are listed for this month."
      hrefOf={(number) => routes.month(monthOf(first), number)}
      earlier={{ href: routes.month(monthOf(earlier)), label: formatMonth(earlier) }}
      later={isPast ? { href: routes.month(monthOf(later)), label: formatMonth(later) } : null}
    />
  );
}
