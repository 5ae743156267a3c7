import type { Metadata } from "next";
import { listHead } from "#app/page-head.ts";
import { WeekPage } from "#app/papers/week-page.tsx";
import { dayAt } from "#lib/editions/edition-date.ts";
import { findLatestDay } from "#lib/editions/queries.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

export async function generateMetadata({ searchParams }: PageProps<"/papers/week">): Promise<Metadata> {
  return listHead({ list: routes.thisWeek(), query: await searchParams, title: "This week" });
}

export default async function ThisWeekPage({ searchParams }: PageProps<"/papers/week">) {
  const time = now();
  const day = (await findLatestDay({ now: time })) ?? dayAt(time, site);
  return (
    <WeekPage monday={day.subtract({ days: day.dayOfWeek - 1 })} view={parseListView(await searchParams)} now={time} />
  );
}
