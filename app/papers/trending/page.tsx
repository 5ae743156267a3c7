import type { Metadata } from "next";
import { listHead } from "#app/page-head.ts";
import { PeriodSheet } from "#components/editions/period-sheet.tsx";
import { toListSheet } from "#lib/editions/list-sheet.ts";
import { parseListView } from "#lib/editions/list-view.ts";
import { findTrending } from "#lib/editions/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";

export async function generateMetadata({ searchParams }: PageProps<"/papers/trending">): Promise<Metadata> {
  return listHead({ list: routes.trending(), query: await searchParams, title: "Trending" });
}

export default async function TrendingPage({ searchParams }: PageProps<"/papers/trending">) {
  const view = parseListView(await searchParams);
  const list = await findTrending({ now: now(), ...view });
  return (
    <PeriodSheet
      title="Trending"
      order="by what is said of them now, whatever their day"
      empty="Nothing is trending: no paper had an upvote, a comment or a star in the last two weeks."
      list={toListSheet(list, { view, hrefOf: routes.trending })}
    />
  );
}
