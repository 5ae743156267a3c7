import type { Metadata } from "next";
import { SubscribeForm } from "#components/subscribers/subscribe-form.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { readableLine } from "#lib/search/query-terms.ts";

export const metadata: Metadata = { title: "Subscribe", robots: { index: false } };

export default async function TryAgainPage({ searchParams }: PageProps<"/subscribe/try-again">) {
  const [search = ""] = [(await searchParams).q].flat();
  const form = search ? "search-page-1" : "subscribe-page-2";
  return (
    <PageFrame title="One more try">
      <SubscribeForm
        form={form}
        search={readableLine(search)}
        error="That address looks incomplete. Try name@example.com"
      />
    </PageFrame>
  );
}
