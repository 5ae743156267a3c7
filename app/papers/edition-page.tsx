import { EditionSheet } from "#components/editions/edition-sheet.tsx";
import { EmptyDay } from "#components/editions/empty-day.tsx";
import { FirstPress } from "#components/editions/first-press.tsx";
import { dayAt } from "#lib/editions/edition-date.ts";
import { formatDay, formatMoment, formatShortDay } from "#lib/editions/format-day.ts";
import { toPaperView } from "#lib/editions/paper-view.ts";
import { findEdition, findLatestDay } from "#lib/editions/queries.ts";
import type { Edition } from "#lib/editions/types.ts";
import { site } from "#lib/platform/site-config.ts";

type Props = { day: Temporal.PlainDate; page: number; now: Temporal.Instant };

/** The newest edition that has papers, or word that the first is being printed. */
export async function LatestEdition({ page, now }: Omit<Props, "day">) {
  const day = await findLatestDay({ now });
  return day ? <EditionPage day={day} page={page} now={now} /> : <FirstPress />;
}

/** The edition of a day, for the front page and for the day's own address. */
export async function EditionPage({ day, page, now }: Props) {
  const edition = await findEdition(day, { now, page });
  const when = whenIs(day, dayAt(now, site));
  const words = {
    day: formatDay(day),
    previous: edition.previousDay ? formatShortDay(edition.previousDay) : "",
    next: edition.nextDay ? formatShortDay(edition.nextDay) : "",
    state: edition.total > 0 || when === "today" ? stateOf(edition, now) : null,
  };
  return (
    <EditionSheet edition={edition} papers={edition.papers.map(toPaperView)} words={words}>
      {edition.total === 0 && <EmptyDay day={words.day} when={when} nearest={edition.previousDay ?? edition.nextDay} />}
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
