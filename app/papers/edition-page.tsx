import { EditionSheet } from "#components/editions/edition-sheet.tsx";
import { EmptyDay } from "#components/editions/empty-day.tsx";
import { FirstPress } from "#components/editions/first-press.tsx";
import { calendarSpan, calendarWeeks } from "#lib/editions/calendar/calendar-weeks.ts";
import { listDayCounts } from "#lib/editions/calendar/queries.ts";
import { dayAt } from "#lib/editions/edition-date.ts";
import { formatDay, formatMoment, formatShortDay } from "#lib/editions/format-day.ts";
import { toListSheet } from "#lib/editions/list-sheet.ts";
import { toListQuery } from "#lib/editions/list-view.ts";
import { findEdition, findLatestDay } from "#lib/editions/queries.ts";
import type { Edition, ListView } from "#lib/editions/types.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

type Props = { day: Temporal.PlainDate; view: ListView; now: Temporal.Instant };

/** The newest edition that has papers, or word that the first is being printed. */
export async function LatestEdition({ view, now }: Omit<Props, "day">) {
  const day = await findLatestDay({ now });
  return day ? <EditionPage day={day} view={view} now={now} /> : <FirstPress />;
}

/** The edition of a day, for the front page and for the day's own address. */
export async function EditionPage({ day, view, now }: Props) {
  const today = dayAt(now, site);
  const { first, last } = calendarSpan({ day, today });
  const [edition, counts] = await Promise.all([findEdition(day, { now, ...view }), listDayCounts(first, last)]);
  const when = whenIs(day, today);
  const state = edition.total > 0 || when === "today" ? stateOf(edition, now) : null;
  const query = toListQuery({ ...view, page: 1 });
  const wayTo = (date: string | null) => date && { href: routes.edition(date, query), label: formatShortDay(date) };
  return (
    <EditionSheet
      words={{ day: formatDay(day), state, isOpen: !edition.frozen }}
      list={toListSheet(edition, { view, hrefOf: (to) => routes.edition(edition.day, to) })}
      earlier={wayTo(edition.previousDay) || null}
      later={wayTo(edition.nextDay) || null}
      calendar={{ weeks: calendarWeeks(counts, { day, today }), query }}
    >
      {edition.total === 0 && (
        <EmptyDay day={formatDay(day)} when={when} nearest={edition.previousDay ?? edition.nextDay} />
      )}
    </EditionSheet>
  );
}

function whenIs(day: Temporal.PlainDate, today: Temporal.PlainDate): "past" | "today" | "future" {
  const order = Temporal.PlainDate.compare(day, today);
  if (order === 0) return "today";
  return order > 0 ? "future" : "past";
}

function stateOf({ frozen, closesAt }: Edition, now: Temporal.Instant): string {
  const moment = formatMoment(closesAt, site.timeZone);
  if (frozen) return `closed ${moment}`;
  // Past its hour a day waits for a source that has not answered.
  return Temporal.Instant.compare(closesAt, now) > 0
    ? `open until ${moment}`
    : "closes when all sources have been read";
}
