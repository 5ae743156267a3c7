// A process that takes turns at a host when it is told to, and tells when it had each.
import { waitForTurn } from "#lib/sources/hosts/commands.ts";

export type TurnJob = { host: string; spacingMs: number; patienceMs: number; turns: number };
/** Times of the machine's clock, in milliseconds; or until when the host is to be left in peace. */
export type TurnReport = { taken: number[]; pausedUntil: string | null };

process.on("message", async ({ host, spacingMs, patienceMs, turns }: TurnJob) => {
  const report: TurnReport = { taken: [], pausedUntil: null };
  while (report.taken.length < turns && !report.pausedUntil) {
    const turn = await waitForTurn(host, { spacingMs, patienceMs });
    if (turn.status === "yours") report.taken.push(Date.now());
    else report.pausedUntil = turn.until.toString();
  }
  process.send?.(report);
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
