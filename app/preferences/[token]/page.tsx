import type { Metadata } from "next";
import { AddressPage } from "#app/preferences/address-page.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { findAddressPreferences } from "#lib/subscribers/preferences/queries.ts";

// The address of this page is the key: it must not travel on.
export const metadata: Metadata = { title: "What you get", robots: { index: false }, referrer: "strict-origin" };

/** What the link in a digest opens. Looking at it changes nothing: mail scanners open every link. */
export default async function PreferencesPage({ params, searchParams }: PageProps<"/preferences/[token]">) {
  const { token } = await params;
  const found = await findAddressPreferences(token);
  if (!found) {
    return (
      <PageFrame title="This link does not work">
        <p>
          We do not know this link, or the address that it was for is erased. Copy the whole address from the email, or{" "}
          <a href={routes.subscribe()}>subscribe again</a>.
        </p>
      </PageFrame>
    );
  }
  return <AddressPage token={token} found={found} query={await searchParams} now={now()} />;
}
