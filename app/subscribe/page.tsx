import type { Metadata } from "next";
import { SubscribeForm } from "#components/subscribers/subscribe-form.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

export const metadata: Metadata = { title: "Subscribe", alternates: { canonical: routes.subscribe() } };

export default function SubscribePage() {
  return (
    <PageFrame title={`${site.name} by mail`}>
      <p>
        One mail a day, at {site.mailedAt} {site.timeZone}: the papers of the day before by rank, what each is about,
        and why it stands there. Or one a week or a month, with the best of it. No pictures, no tracking, nothing from
        anybody else. Hour, classes and length can be chosen once you are subscribed.
      </p>
      <SubscribeForm form="subscribe-page-2" />
    </PageFrame>
  );
}
