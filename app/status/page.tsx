import type { Metadata } from "next";
import { LastDigestLine } from "#components/digest/last-digest.tsx";
import { SourceTable } from "#components/editions/source-table.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { findLastDigest } from "#lib/digest/queries.ts";
import { formatDay, formatMoment } from "#lib/editions/format-day.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { findSourceStatus } from "#lib/sources/queries.ts";
import type { RunStatus } from "#lib/sources/types.ts";

export const metadata: Metadata = { title: "Status", alternates: { canonical: routes.status() } };

const words: Record<RunStatus, string> = {
  running: "being asked",
  ok: "ok",
  // The message below it says that nothing was new.
  "not-modified": "ok",
  suspect: "doubtful",
  failed: "failed",
  interrupted: "interrupted",
};

export default async function StatusPage() {
  const [sources, digest] = await Promise.all([findSourceStatus({ now: now() }), findLastDigest()]);
  const moment = (time: string | null) => (time ? formatMoment(time, site.timeZone) : "never");
  return (
    <PageFrame title="Status">
      <p>How the sources of this site are doing. They are asked every ten minutes.</p>
      <SourceTable
        rows={sources.map(({ label, status, lastSuccess, nextAttempt, message }) => ({
          label,
          status: status ? words[status] : "not asked yet",
          lastSuccess: moment(lastSuccess),
          nextAttempt: moment(nextAttempt),
          message: message ?? "",
        }))}
      />
      {digest ? (
        <LastDigestLine day={formatDay(digest.day)} moment={moment(digest.wentOutAt)} counts={digest} />
      ) : (
        <p>No digest has gone out yet.</p>
      )}
    </PageFrame>
  );
}
