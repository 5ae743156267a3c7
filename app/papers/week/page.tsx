import type { Metadata } from "next";
import { WeekPage } from "#app/papers/week-page.tsx";
import { dayAt } from "#lib/editions/edition-date.ts";
import { findLatestDay } from "#lib/editions/queries.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";
import { site } from "#lib/platform/site-config.ts";

export const metadata: Metadata = { title: "This week" };

export default async function ThisWeekPage({ searchParams }: PageProps<"/papers/week">) {
  const time = now();
  const day = (await findLatestDay({ now: time })) ?? dayAt(time, site);
  return (
    <WeekPage monday={day.subtract({ days: day.dayOfWeek - 1 })} view={parseListView(await searchParams)} now={time} />
  );
}
