import type { Metadata } from "next";
import { EditionPage } from "#app/papers/edition-page.tsx";
import { SourceNews } from "#app/source-news.tsx";
import { FirstPress } from "#components/editions/first-press.tsx";
import { SubscribeForm } from "#components/subscribers/subscribe-form.tsx";
import { findLatestDay } from "#lib/editions/queries.ts";
import { now } from "#lib/platform/clock.ts";
import { parsePage } from "#lib/platform/page-number.ts";
import { routes } from "#lib/platform/routes.ts";

export const metadata: Metadata = { alternates: { canonical: routes.home() } };

export default async function HomePage({ searchParams }: PageProps<"/">) {
  const time = now();
  const day = await findLatestDay({ now: time });
  const page = parsePage((await searchParams).page);
  return (
    <>
      <SourceNews />
      {day ? <EditionPage day={day} page={page} now={time} /> : <FirstPress />}
      <SubscribeForm />
    </>
  );
}
