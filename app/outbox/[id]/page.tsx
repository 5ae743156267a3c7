import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { KeptLetter } from "#components/outbox/kept-letter.tsx";
import { outboxFolder } from "#lib/platform/mailer.ts";
import { findOutboxMail, outboxIsOpen } from "#lib/platform/outbox.ts";

// A kept mail has keys in it: its address must not travel on.
export const metadata: Metadata = { title: "Outbox", robots: { index: false }, referrer: "strict-origin" };

export default async function OutboxMailPage({ params }: PageProps<"/outbox/[id]">) {
  if (!outboxIsOpen(await headers())) notFound();
  const mail = (await findOutboxMail(outboxFolder, (await params).id)) ?? notFound();
  return <KeptLetter {...mail} />;
}
