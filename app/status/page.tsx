import type { Metadata } from "next";
import { AlarmList } from "#components/digest/alarm-list.tsx";
import { LastDigestLine } from "#components/digest/last-digest.tsx";
import { SourceTable } from "#components/editions/source-table.tsx";
import { WorkTable } from "#components/editions/work-table.tsx";
import { PageFrame } from "#components/ui/page-frame.tsx";
import { listAlarms } from "#lib/digest/invariants/queries.ts";
import { findLastDigest } from "#lib/digest/queries.ts";
import { formatMoment } from "#lib/editions/format-day.ts";
import { now } from "#lib/platform/clock.ts";
import { routes } from "#lib/platform/routes.ts";
import { site } from "#lib/platform/site-config.ts";
import { ageOf, describeRun, statusWords } from "#lib/sources/describe-run.ts";
import { findLastRuns, findSourceStatus } from "#lib/sources/queries.ts";

export const metadata: Metadata = { title: "Status", alternates: { canonical: routes.status() } };

export default async function StatusPage() {
  const at = now();
  const [sources, runs, digest, alarms] = await Promise.all([
    findSourceStatus({ now: at }),
    findLastRuns(),
    findLastDigest(),
    listAlarms(),
  ]);
  const others = runs.filter(({ job }) => job !== "gather").map((run) => describeRun(run, at));
  const moment = (time: string) => formatMoment(time, site.timeZone);
  return (
    <PageFrame title="Status">
      <p>How the sources of this site are doing. They are asked every ten minutes.</p>
      <SourceTable
        rows={sources.map(({ label, status, lastSuccess, nextAttempt, message }) => ({
          label,
          status: status ? statusWords[status] : "not asked yet",
          lastSuccess: lastSuccess ? `${moment(lastSuccess)} (${ageOf(lastSuccess, at)})` : "never",
          nextAttempt: moment(nextAttempt),
          message: message ?? "",
        }))}
      />
      {alarms.length > 0 && <AlarmList alarms={alarms.map((alarm) => ({ ...alarm, since: moment(alarm.since) }))} />}
      {others.length > 0 && (
        <>
          <h2 className="text-xl font-semibold">Back-fills, harvests and imports</h2>
          <WorkTable runs={others} />
        </>
      )}
      {digest ? (
        <LastDigestLine title={digest.title} moment={moment(digest.wentOutAt)} counts={digest} />
      ) : (
        <p>No digest has gone out yet.</p>
      )}
    </PageFrame>
  );
}
