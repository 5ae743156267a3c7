import type { Alarm } from "#lib/digest/invariants/queries.ts";
import { listBrokenInvariants } from "#lib/digest/invariants/queries.ts";
import { MOST_UNPROVEN } from "#lib/digest/queries.ts";
import { findDomainCheck } from "#lib/mailing/dns/queries.ts";
import { toDbTime } from "#lib/platform/clock.ts";
import { db } from "#lib/platform/db.ts";
import { log } from "#lib/platform/log.ts";
import { findSourceStatus } from "#lib/sources/queries.ts";

/** A source that was not read for so long is late. */
const LATE_HOURS = 24;

/**
 * Looks whether all is well: what must always hold of editions and mails, whether each source was read within a day, whether the sender's
 * domain can prove itself. What is not is an alarm: in the log when it begins and ends, on `/status` as long as it lasts. A sweep.
 */
export async function raiseAlarms({ now }: { now: Temporal.Instant }): Promise<{ raised: number; ended: number }> {
  const found = [...(await brokenPromises()), ...(await lateSources(now)), ...(await unprovenDomain())];
  const known = await db.alarm.findMany({ select: { name: true } });
  const fresh = found.filter(({ name }) => !known.some((alarm) => alarm.name === name));
  const ended = known.filter(({ name }) => !found.some((alarm) => alarm.name === name));
  await db.$transaction([
    db.alarm.deleteMany({ where: { name: { in: ended.map(({ name }) => name) } } }),
    ...found.map(({ name, sentence }) =>
      db.alarm.upsert({ where: { name }, create: { name, sentence, since: toDbTime(now) }, update: { sentence } }),
    ),
  ]);
  for (const { name, sentence } of fresh) log.error("alarm", { name, sentence });
  for (const { name } of ended) log.info("alarm-ended", { name });
  return { raised: fresh.length, ended: ended.length };
}

type Found = Omit<Alarm, "since">;

async function brokenPromises(): Promise<Found[]> {
  const broken = await listBrokenInvariants();
  return broken.map(({ name, count, broken: what }) => ({ name: `promise “${name}”`, sentence: `${count} ${what}.` }));
}

/** One that has never answered is not late: a new site says elsewhere that it waits for its first papers. */
async function lateSources(now: Temporal.Instant): Promise<Found[]> {
  return (await findSourceStatus({ now })).flatMap(({ label, lastSuccess }) => {
    const hours = lastSuccess ? Math.floor(Temporal.Instant.from(lastSuccess).until(now).total("hours")) : 0;
    return hours < LATE_HOURS
      ? []
      : [{ name: `source ${label}`, sentence: `${label} was not read for ${hours} hours.` }];
  });
}

async function unprovenDomain(): Promise<Found[]> {
  const missing = (await findDomainCheck())?.missing ?? [];
  if (missing.length === 0) return [];
  const limited = missing.some((about) => about !== "PTR" && about !== "MX");
  const limit = limited ? ` No more than ${MOST_UNPROVEN.toLocaleString("en")} digests a day go out until then.` : "";
  const sentence = `${missing.join(", ")} of the sender's domain must be put right; npm run doctor says what to publish.${limit}`;
  return [{ name: "sender's domain", sentence }];
}
