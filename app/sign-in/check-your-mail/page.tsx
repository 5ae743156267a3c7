import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { KeptMailNote } from "#components/outbox/kept-mail-note.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { codeOf } from "#lib/accounts/asking-browser.ts";
import { markCookieName } from "#lib/accounts/cookies.ts";
import { linkMinutes } from "#lib/accounts/lifetimes.ts";
import { env } from "#lib/platform/env.ts";
import { outboxIsOpen } from "#lib/platform/outbox.ts";
import { routes } from "#lib/platform/routes.ts";

export const metadata: Metadata = { title: "Check your mail", robots: { index: false } };

export default async function CheckYourMailPage() {
  const mark = (await cookies()).get(markCookieName)?.value;
  const code = mark && codeOf(mark);
  return (
    <PageFrame title="Check your mail">
      <p>
        If the address was right, a link is on its way to it. It works once, for {linkMinutes} minutes. Open it in this
        browser and you are signed in with one press.
      </p>
      {code && (
        <p>
          If you open it anywhere else, it asks for this number:{" "}
          <strong className="font-sans whitespace-nowrap lining-nums tabular-nums">
            {code.slice(0, 3)} {code.slice(3)}
          </strong>
        </p>
      )}
      {env.smtpUrl === undefined && <KeptMailNote open={outboxIsOpen(await headers())} />}
      <p className="text-muted">
        Nothing came after a few minutes? Look among the unwanted mail, then <a href={routes.signIn()}>ask again</a>. We
        send at most five links an hour to one address.
      </p>
    </PageFrame>
  );
}
