import type { Metadata } from "next";
import { headers } from "next/headers";
import { KeptMailNote } from "#components/outbox/kept-mail-note.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { env } from "#lib/platform/env.ts";
import { outboxIsOpen } from "#lib/platform/outbox.ts";

export const metadata: Metadata = { title: "Check your mail", robots: { index: false } };

export default async function CheckYourMailPage() {
  return (
    <PageFrame title="Check your mail">
      <p>
        A letter with a link is on its way. Open it and press the button there: only then are you subscribed. The link
        works for seven days.
      </p>
      {env.smtpUrl === undefined && <KeptMailNote open={outboxIsOpen(await headers())} />}
      <p className="text-muted">
        Nothing came after a few minutes? Look among the unwanted mail. We send one such letter to an address in 24
        hours, however often it is asked for.
      </p>
    </PageFrame>
  );
}
