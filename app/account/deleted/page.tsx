import type { Metadata } from "next";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { routes } from "#lib/platform/routes.ts";

export const metadata: Metadata = { title: "Account deleted", robots: { index: false } };

export default function AccountDeletedPage() {
  return (
    <PageFrame title="Your account is deleted">
      <p>
        Your address and your upvotes are gone, and every browser is signed out. You can still read everything:{" "}
        <a href={routes.home()}>the latest edition</a>.
      </p>
    </PageFrame>
  );
}
