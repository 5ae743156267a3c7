import type { Metadata } from "next";
import { headers } from "next/headers";
import { KeptMailNote } from "#components/outbox/kept-mail-note.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { formatMoment } from "#lib/editions/format-day.ts";
import { now } from "#lib/platform/clock.ts";
import { env } from "#lib/platform/env.ts";
import { outboxIsOpen } from "#lib/platform/outbox.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

export const metadata: Metadata = { title: "Check your mail", robots: { index: false } };

/** The same for every address: whether a letter is on its way, or was within the day, is for its reader alone to know. */
export default async function CheckYourMailPage() {
  const again = formatMoment(now().add({ hours: 24 }), site.timeZone);
  return (
    <PageFrame title="Check your mail">
      <p>
        A letter with a link is on its way. Open it and press the button there: only then are you subscribed. The link
        works for seven days.
      </p>
      {env.smtpUrl === undefined && <KeptMailNote open={outboxIsOpen(await headers())} />}
      <p className="text-muted">
        Nothing came after a few minutes? Look among the unwanted mail. We send one such letter to an address in 24
        hours, however often it is asked for. If yours was lost, <a href={routes.subscribe()}>ask for another</a>: it is
        sent on {again} at the latest, and earlier if the first was asked for earlier.
      </p>
    </PageFrame>
  );
}
