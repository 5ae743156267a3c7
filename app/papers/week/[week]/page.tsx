import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { WeekPage } from "#app/papers/week-page.tsx";
import { parseEditionWeek } from "#lib/editions/edition-date.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";

export async function generateMetadata({ params }: PageProps<"/papers/week/[week]">): Promise<Metadata> {
  const monday = parseEditionWeek((await params).week);
  return monday ? { title: `Week ${monday.weekOfYear} of ${monday.yearOfWeek}` } : {};
}

export default async function OneWeekPage({ params, searchParams }: PageProps<"/papers/week/[week]">) {
  const monday = parseEditionWeek((await params).week) ?? notFound();
  return <WeekPage monday={monday} view={parseListView(await searchParams)} now={now()} />;
}
