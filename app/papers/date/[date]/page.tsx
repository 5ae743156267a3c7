import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { listHead } from "#app/page-head.ts";
import { EditionPage } from "#app/papers/edition-page.tsx";
import { parseEditionDay } from "#lib/editions/edition-date.ts";
import { formatDay } from "#lib/editions/format-day.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";

export async function generateMetadata({ params, searchParams }: PageProps<"/papers/date/[date]">): Promise<Metadata> {
  const day = parseEditionDay((await params).date);
  if (!day) return {};
  const date = day.toString();
  return listHead({
    list: routes.edition(date),
    query: await searchParams,
    title: formatDay(day),
    card: routes.editionCard(date),
  });
}

export default async function DatePage({ params, searchParams }: PageProps<"/papers/date/[date]">) {
  const day = parseEditionDay((await params).date) ?? notFound();
  return <EditionPage day={day} view={parseListView(await searchParams)} now={now()} />;
}
