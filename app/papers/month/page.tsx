import type { Metadata } from "next";
import { listHead } from "#app/page-head.ts";
import { MonthPage } from "#app/papers/month-page.tsx";
import { dayAt } from "#lib/editions/edition-date.ts";
import { findLatestDay } from "#lib/editions/queries.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

export async function generateMetadata({ searchParams }: PageProps<"/papers/month">): Promise<Metadata> {
  return listHead({ list: routes.thisMonth(), query: await searchParams, title: "This month" });
}

export default async function ThisMonthPage({ searchParams }: PageProps<"/papers/month">) {
  const time = now();
  const day = (await findLatestDay({ now: time })) ?? dayAt(time, site);
  return <MonthPage first={day.with({ day: 1 })} view={parseListView(await searchParams)} now={time} />;
}
