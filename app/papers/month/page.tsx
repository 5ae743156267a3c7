import type { Metadata } from "next";
import { MonthPage } from "#app/papers/month-page.tsx";
import { dayAt } from "#lib/editions/edition-date.ts";
import { findLatestDay } from "#lib/editions/queries.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";
import { site } from "#lib/platform/site-config.ts";

export const metadata: Metadata = { title: "This month" };

export default async function ThisMonthPage({ searchParams }: PageProps<"/papers/month">) {
  const time = now();
  const day = (await findLatestDay({ now: time })) ?? dayAt(time, site);
  return <MonthPage first={day.with({ day: 1 })} view={parseListView(await searchParams)} now={time} />;
}
