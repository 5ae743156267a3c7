import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DigestSheet } from "#components/digest/digest-sheet.tsx";
import { findArchivedDigest } from "#lib/digest/contents/queries.ts";
import { pageOfPeriod, parsePeriod, titleOf } from "#lib/digest/period.ts";
import { now } from "#lib/platform/clock.ts";

export async function generateMetadata({ params }: PageProps<"/digest/[date]">): Promise<Metadata> {
  const period = parsePeriod((await params).date);
  // The edition is the original, this is its letter form.
  return period ? { title: `Digest of ${titleOf(period)}`, alternates: { canonical: pageOfPeriod(period) } } : {};
}

/** The digest of a day, a week or a month as it was mailed. */
export default async function DigestPage({ params }: PageProps<"/digest/[date]">) {
  const period = parsePeriod((await params).date) ?? notFound();
  const digest = (await findArchivedDigest(period, { now: now() })) ?? notFound();
  return <DigestSheet digest={digest} />;
}
