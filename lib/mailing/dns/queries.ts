import type { DomainFinding } from "#lib/mailing/dns/types.ts";
import { fromDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";

/** When the sender's domain was looked at last, and what large receivers would not like. Null: never. */
export async function findDomainCheck(): Promise<{
  checkedAt: Temporal.Instant;
  missing: DomainFinding["about"][];
} | null> {
  const row = await db.mailCheck.findUnique({ where: { id: 1 } });
  const known = new Set(["SPF", "DKIM", "DMARC", "PTR", "MX"] satisfies DomainFinding["about"][]);
  return (
    row && {
      checkedAt: fromDbTime(row.checkedAt),
      missing: [...known].filter((about) => row.missing.includes(about)),
    }
  );
}
