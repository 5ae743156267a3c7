import { openDns } from "#lib/mailing/dns/ask-dns.ts";
import { judgeDomain } from "#lib/mailing/dns/judge-domain.ts";
import type { DomainFinding, SendingSetup } from "#lib/mailing/dns/types.ts";
import { findDomainCheck } from "#lib/mailing/dns/queries.ts";
import { toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { dkimRecord } from "#lib/platform/dkim.ts";
import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";
import { domainOf } from "#lib/platform/email-address.ts";
import { sender } from "#lib/platform/sender.ts";

/**
 * Looks at what the DNS says of the sender's domain, and writes down when, and what is wrong. Null where there is nothing to
 * look at: no mail server, or a sender without a domain of the internet.
 */
export async function checkDomain({ now }: { now: Temporal.Instant }): Promise<DomainFinding[] | null> {
  const setup = readSetup();
  if (!setup) return null;
  const findings = await judgeDomain(setup, openDns());
  const missing = findings.filter(({ verdict }) => verdict === "wrong").map(({ about }) => about);
  const data = { checkedAt: toDbTime(now), missing };
  await db.mailCheck.upsert({ where: { id: 1 }, create: { id: 1, ...data }, update: data });
  return findings;
}

/** Looks once a day. A sweep. */
export async function checkDomainDaily({ now }: { now: Temporal.Instant }): Promise<{ checked: boolean }> {
  const last = await findDomainCheck();
  if (last && last.checkedAt.until(now).total("hours") < 23) return { checked: false };
  const findings = await checkDomain({ now });
  const missing = findings?.filter(({ verdict }) => verdict === "wrong").map(({ about }) => about) ?? [];
  if (missing.length > 0) log.warn("mail-domain-incomplete", { missing: missing.join(" "), todo: "npm run doctor" });
  return { checked: findings !== null };
}

function readSetup(): SendingSetup | null {
  const fromDomain = domainOf(sender.address);
  if (!env.smtpUrl || !fromDomain.includes(".")) return null;
  return {
    fromDomain,
    returnDomain: domainOf(env.bounceAddress ?? sender.address),
    mailServer: new URL(env.smtpUrl).hostname.replace(/[[\]]/g, ""),
    dkim: dkimRecord(),
  };
}
