import type { Metadata } from "next";
import { headers } from "next/headers";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { outboxIsOpen } from "#lib/platform/outbox.ts";
import { routes } from "#lib/platform/routes.ts";

export const metadata: Metadata = { title: "Check your mail", robots: { index: false } };

export default async function CheckYourMailPage() {
  return (
    <PageFrame title="Check your mail">
      <p>
        A letter with a link is on its way. Open it and press the button there: only then are you subscribed. The link
        works for seven days.
      </p>
      {outboxIsOpen(await headers()) && (
        <p>
          This site has no mail server, so the letter is kept here:{" "}
          <a href={routes.outbox()} className="font-semibold">
            read it in the outbox
          </a>
          .
        </p>
      )}
      <p className="text-muted">
        Nothing came after a few minutes? Look among the unwanted mail. We send one such letter to an address in 24
        hours, however often it is asked for.
      </p>
    </PageFrame>
  );
}
