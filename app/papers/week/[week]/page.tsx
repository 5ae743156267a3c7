import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { listHead } from "#app/page-head.ts";
import { WeekPage } from "#app/papers/week-page.tsx";
import { parseEditionWeek, weekOf } from "#lib/editions/edition-date.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";

export async function generateMetadata({ params, searchParams }: PageProps<"/papers/week/[week]">): Promise<Metadata> {
  const monday = parseEditionWeek((await params).week);
  if (!monday) return {};
  const title = `Week ${monday.weekOfYear} of ${monday.yearOfWeek}`;
  return listHead({ list: routes.week(weekOf(monday)), query: await searchParams, title });
}

export default async function OneWeekPage({ params, searchParams }: PageProps<"/papers/week/[week]">) {
  const monday = parseEditionWeek((await params).week) ?? notFound();
  return <WeekPage monday={monday} view={parseListView(await searchParams)} now={now()} />;
}
