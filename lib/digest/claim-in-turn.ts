import { setTimeout as wait } from "node:timers/promises";
import { type ClaimedDelivery, claimDeliveries, releaseDeliveries } from "#lib/digest/commands.ts";
import { countPendingAt } from "#lib/digest/queries.ts";
import { takeTurns } from "#lib/mailing/pace/commands.ts";
import { listPausedDomains } from "#lib/mailing/pace/queries.ts";
import { domainOf } from "#lib/platform/email-address.ts";
import type { Patience } from "#lib/platform/sending-protocol.ts";

/** Claims what may go at this moment: nothing for a domain that is paused, and of one that is counted no more than its turns. */
export async function claimInTurn({
  avoid,
  clock,
  ...wanted
}: { limit: number; avoid: readonly string[]; digestId: string | undefined; clock: () => Temporal.Instant } & Pick<
  Patience,
  "lease"
>): Promise<ClaimedDelivery[]> {
  for (;;) {
    const now = clock();
    const paused = (await listPausedDomains({ now })).map(({ domain }) => domain);
    const claims = await claimDeliveries({ ...wanted, now, avoid: [...avoid, ...paused] });
    const turns: ClaimedDelivery[] = [];
    for (const [domain, group] of Map.groupBy(claims, ({ email }) => domainOf(email))) {
      turns.push(...group.slice(0, await takeTurns(domain, { wanted: group.length, now })));
    }
    if (turns.length < claims.length) await releaseDeliveries(claims.filter((claim) => !turns.includes(claim)));
    // Where nothing was granted the domains are paused by now: there may be others behind them.
    if (turns.length > 0 || claims.length === 0) return turns;
  }
}

/** Waits until a domain of which only so many mails a minute are sent may have its next; not for one that asked for a long pause. */
export async function waitForTurns(digestId: string, clock: () => Temporal.Instant): Promise<boolean> {
  const now = clock();
  const soon = (await listPausedDomains({ now })).filter(({ opensAt }) => now.until(opensAt).total("seconds") <= 60);
  const domains = soon.map(({ domain }) => domain);
  if ((await countPendingAt(domains, { digestId })) === 0) return false;
  // A little longer than to the first: what may go by then is sent together.
  await wait(250 + Math.min(...soon.map(({ opensAt }) => now.until(opensAt).total("milliseconds"))));
  return true;
}
