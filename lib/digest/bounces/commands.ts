import { parseReport, statusIn, weighStatus } from "#lib/digest/bounces/parse-report.ts";
import { readReturnPath } from "#lib/digest/bounces/return-path.ts";
import { toSqlTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";

/** What became of a report. Whoever sends one learns nothing from it: the door answers all of them alike. */
export type BounceOutcome = "no-report" | "unknown-delivery" | "noted" | "suppressed";

// A mailbox that is full for a week is not gone: three digests in two months that came back are one that nobody reads.
const failuresThatCount = 3;
const withinDays = 60;

/** A delivery report as it came by mail. The same report twice counts once; a forged one counts for nothing. */
export async function receiveReport(
  raw: Buffer,
  { to, now }: { to?: string; now: Temporal.Instant },
): Promise<BounceOutcome> {
  const report = await parseReport(raw);
  if (!report) return "no-report";
  const addresses = [...(to ? [to] : []), ...report.to];
  const deliveryId = addresses.map(readReturnPath).find((id) => id !== null);
  if (!deliveryId) return "unknown-delivery";
  const failed = report.recipients.find(({ action }) => action === "failed");
  if (!failed) return "noted";
  return recordBounce({ deliveryId, status: failed.status, now });
}

/** What a mail server said against a mail at once, where it says why: the same rules as for a report that comes later. */
export async function recordRefusal(
  deliveryId: string,
  { reply, now }: { reply: string; now: Temporal.Instant },
): Promise<void> {
  const status = statusIn(reply);
  if (status) await recordBounce({ deliveryId, status, now });
}

async function recordBounce({
  deliveryId,
  status,
  now,
}: {
  deliveryId: string;
  status: string;
  now: Temporal.Instant;
}): Promise<BounceOutcome> {
  const weight = weighStatus(status);
  if (weight === "nothing") return "noted";
  return db.$transaction(async (tx) => {
    // Raw SQL because a report is news once. Who reports on an uncertain mail has had it: it did go out.
    const [bounced] = await tx.$queryRaw<{ subscriber_id: string; email_hash: string }[]>`
      UPDATE deliveries AS d SET bounced_at = ${toSqlTime(now)}::timestamptz, bounce_status = ${status},
        state = CASE WHEN d.state = 'uncertain' THEN 'sent' ELSE d.state END
      FROM subscribers AS s WHERE s.id = d.subscriber_id AND d.id = ${deliveryId}::uuid AND d.bounced_at IS NULL
        AND d.state IN ('sent', 'uncertain', 'failed')
      RETURNING d.subscriber_id, s.email_hash`;
    if (!bounced) return "unknown-delivery";
    const since = toSqlTime(now.subtract({ hours: 24 * withinDays }));
    const [failures] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM deliveries
      WHERE subscriber_id = ${bounced.subscriber_id}::uuid AND bounced_at >= ${since}::timestamptz`;
    if (weight !== "gone" && (failures?.count ?? 0) < failuresThatCount) return "noted";
    await tx.suppression.createMany({
      data: [{ emailHash: bounced.email_hash, reason: "bounced", since: new Date(now.epochMilliseconds) }],
      skipDuplicates: true,
    });
    return "suppressed";
  });
}
