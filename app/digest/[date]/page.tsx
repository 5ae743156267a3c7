import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DigestSheet } from "#components/digest/digest-sheet.tsx";
import { findArchivedDigest } from "#lib/digest/queries.ts";
import { parseEditionDay } from "#lib/editions/edition-date.ts";
import { formatDay } from "#lib/editions/format-day.ts";
import { routes } from "#lib/platform/routes.ts";

export async function generateMetadata({ params }: PageProps<"/digest/[date]">): Promise<Metadata> {
  const { date } = await params;
  const day = parseEditionDay(date);
  // The edition is the original, this is its letter form.
  return day ? { title: `Digest of ${formatDay(day)}`, alternates: { canonical: routes.edition(date) } } : {};
}

/** The digest of a day as it was mailed. */
export default async function DigestPage({ params }: PageProps<"/digest/[date]">) {
  const day = parseEditionDay((await params).date) ?? notFound();
  const digest = (await findArchivedDigest(day)) ?? notFound();
  return <DigestSheet digest={digest} />;
}
