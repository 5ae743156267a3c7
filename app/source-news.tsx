import { SourceTrouble } from "#components/editions/source-trouble.tsx";
import { now } from "#lib/platform/clock.ts";
import { site } from "#lib/platform/site-config.ts";
import { describeTrouble } from "#lib/sources/describe-trouble.ts";
import { findSourceStatus, isSampleShown } from "#lib/sources/queries.ts";

/** What readers of a list must know of the sources; nothing when all is well. */
export async function SourceNews() {
  const time = now();
  const [sources, sample] = await Promise.all([findSourceStatus({ now: time }), isSampleShown()]);
  return <SourceTrouble sentences={describeTrouble(sources, { now: time, timeZone: site.timeZone, sample })} />;
}
