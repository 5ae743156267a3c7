import type { Metadata } from "next";
import { listHead } from "#app/page-head.ts";
import { LatestEdition } from "#app/papers/edition-page.tsx";
import { SourceNews } from "#app/source-news.tsx";
import { SubscribeForm } from "#components/subscribers/subscribe-form.tsx";
import { parseListView } from "#lib/editions/list-view.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";

export async function generateMetadata({ searchParams }: PageProps<"/">): Promise<Metadata> {
  return listHead({ list: routes.home(), query: await searchParams });
}

export default async function HomePage({ searchParams }: PageProps<"/">) {
  return (
    <>
      <SourceNews />
      <LatestEdition view={parseListView(await searchParams)} now={now()} />
      <div className="py-10">
        <SubscribeForm />
      </div>
    </>
  );
}
