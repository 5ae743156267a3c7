import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MonthPage } from "#app/papers/month-page.tsx";
import { parseEditionMonth } from "#lib/editions/edition-date.ts";
import { formatMonth } from "#lib/editions/format-day.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";

export async function generateMetadata({ params }: PageProps<"/papers/month/[month]">): Promise<Metadata> {
  const first = parseEditionMonth((await params).month);
  return first ? { title: formatMonth(first) } : {};
}

export default async function OneMonthPage({ params, searchParams }: PageProps<"/papers/month/[month]">) {
  const first = parseEditionMonth((await params).month) ?? notFound();
  return <MonthPage first={first} view={parseListView(await searchParams)} now={now()} />;
}
