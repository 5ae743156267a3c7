import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { listHead } from "#app/page-head.ts";
import { MonthPage } from "#app/papers/month-page.tsx";
import { monthOf, parseEditionMonth } from "#lib/editions/edition-date.ts";
import { formatMonth } from "#lib/editions/format-day.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";

export async function generateMetadata({
  params,
  searchParams,
}: PageProps<"/papers/month/[month]">): Promise<Metadata> {
  const first = parseEditionMonth((await params).month);
  if (!first) return {};
  return listHead({ list: routes.month(monthOf(first)), query: await searchParams, title: formatMonth(first) });
}

export default async function OneMonthPage({ params, searchParams }: PageProps<"/papers/month/[month]">) {
  const first = parseEditionMonth((await params).month) ?? notFound();
  return <MonthPage first={first} view={parseListView(await searchParams)} now={now()} />;
}
