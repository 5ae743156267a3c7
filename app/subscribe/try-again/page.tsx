import type { Metadata } from "next";
import { SubscribeForm } from "#components/subscribers/subscribe-form.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";

export const metadata: Metadata = { title: "Subscribe", robots: { index: false } };

export default function TryAgainPage() {
  return (
    <PageFrame title="One more try">
      <SubscribeForm form="subscribe-page-1" error="That address looks incomplete. Try name@example.com" />
    </PageFrame>
  );
}
