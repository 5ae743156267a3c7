import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { formatMoment } from "#lib/editions/format-day.ts";
import { outboxFolder } from "#lib/platform/mailer.ts";
import { listOutbox, outboxIsOpen } from "#lib/platform/outbox.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";

export const metadata: Metadata = { title: "Outbox", robots: { index: false } };

/** The mail that this site would have sent if it had a mail server. Only on one's own machine. */
export default async function OutboxPage() {
  if (!outboxIsOpen(await headers())) notFound();
  const mails = await listOutbox(outboxFolder, { limit: 100 });
  return (
    <PageFrame title="Outbox">
      <p className="text-muted">
        Without SMTP_URL no mail leaves this machine. It is kept here, the newest first. A letter takes a moment to be
        written: reload the page.
      </p>
      {mails.length === 0 && <p>There is no mail yet.</p>}
      <ol className="grid gap-4">
        {mails.map(({ id, subject, to, keptAt }) => (
          <li key={id}>
            <a href={routes.outboxMessage(id)}>{subject}</a>
            <span className="text-muted block font-sans text-sm">
              to {to}, <time dateTime={keptAt.toString()}>{formatMoment(keptAt, site.timeZone)}</time>
            </span>
          </li>
        ))}
      </ol>
    </PageFrame>
  );
}
