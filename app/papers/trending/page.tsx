import type { Metadata } from "next";
import { PeriodSheet } from "#components/editions/period-sheet.tsx";
import { toPaperView } from "#lib/editions/paper-view.ts";
import { findTrending } from "#lib/editions/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { parsePage } from "#lib/platform/page-number.ts";
import { routes } from "#lib/platform/routes.ts";

export const metadata: Metadata = { title: "Trending", alternates: { canonical: routes.trending() } };

export default async function TrendingPage({ searchParams }: PageProps<"/papers/trending">) {
  const list = await findTrending({ now: now(), page: parsePage((await searchParams).page) });
  return (
    <PeriodSheet
      {...list}
      papers={list.papers.map(toPaperView)}
      title="Trending"
      order="by what is said of them now, whatever their day"
      empty="Nothing is trending: no paper had an upvote, a comment or a star in the last two weeks."
      hrefOf={routes.trending}
    />
  );
}
